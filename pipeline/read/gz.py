"""A gzip-packed file of any other kind: `page.html.gz` is read as `page.html`."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Reason
from pipeline.read._entry import Entry, Trouble, gunzip

SUFFIXES = (".gz",)


def read(entry: Entry) -> Iterator[Entry]:
    """Give what is packed, under the name without `.gz`."""
    if entry.unpacked:
        raise Trouble(Reason.NESTED, "a gzip file in a gzip file")
    packed = gunzip(entry.stream, entry.limits)
    yield replace(entry, name=entry.name[: -len(".gz")], stream=packed, packed=None, unpacked=True)
