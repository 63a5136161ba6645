"""Ready articles, one JSON object a line; whether a line is an article, the stripper judges."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Media, Page, Reason, Rejected
from pipeline.read._entry import BOM, Entry, Trouble, lines

SUFFIXES = (".jsonl", ".ndjson")


def read(entry: Entry) -> Iterator[Page | Rejected]:
    """Give a page a line; blank lines are none. A stream without one is empty."""
    empty = True
    for number, line in lines(entry):
        source = replace(entry.source, offset=number)
        if isinstance(line, Trouble):
            yield Rejected(source, line.reason, line.detail)
        elif article := line.removeprefix(BOM).strip():
            yield Page(source, Media.ARTICLE, article)
        else:
            continue
        empty = False
    if empty:
        yield entry.rejected(Reason.EMPTY, "no line in it")
