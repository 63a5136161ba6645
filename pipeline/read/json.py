"""A ready article, one JSON object a file, or a JSON list of them; whether it is one, the stripper judges."""

import json
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Media, Page, Reason, Rejected
from pipeline.read._entry import BOM, Entry, content

SUFFIXES = (".json",)


def read(entry: Entry) -> Iterator[Page | Rejected]:
    """Give the object as a page, or each element of a list."""
    whole = content(entry).removeprefix(BOM)
    if not whole.lstrip().startswith(b"["):
        yield Page(entry.source, Media.ARTICLE, whole)
        return
    try:
        elements = json.loads(whole)
    except (ValueError, RecursionError) as error:
        yield entry.rejected(Reason.NOT_AN_ARTICLE, f"not JSON: {error}")
        return
    for number, element in enumerate(elements, 1):
        article = json.dumps(element, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield Page(replace(entry.source, offset=number), Media.ARTICLE, article)
    if not elements:
        yield entry.rejected(Reason.EMPTY, "an empty list")
