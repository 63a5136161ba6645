"""Saved HTML pages: one page a file. Knows the notes that browsers leave in what they save, not the page itself."""

import re
from collections.abc import Iterator

from pipeline.model import Media, Page
from pipeline.read._entry import Entry, content

SUFFIXES = (".html", ".htm", ".xhtml")

_HEAD = 4096
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)", re.IGNORECASE
)


def read(entry: Entry) -> Iterator[Page]:
    """Give the page, with the address it was saved from where the browser noted it."""
    html = content(entry)
    saved = _SAVED_FROM.search(html, 0, _HEAD)
    yield Page(entry.source, Media.HTML, html, saved[1].decode("ascii", "replace") if saved else None)
