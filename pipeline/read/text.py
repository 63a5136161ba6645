"""Plain-text copies of pages: one page a file."""

from collections.abc import Iterator

from pipeline.model import Media, Page
from pipeline.read._entry import Entry, content

SUFFIXES = (".txt",)


def read(entry: Entry) -> Iterator[Page]:
    """Give the page."""
    yield Page(entry.source, Media.TEXT, content(entry))
