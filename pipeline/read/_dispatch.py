"""Which reader takes an entry, and what becomes of the trouble it has."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

from pipeline.model import Page, Reason, Rejected
from pipeline.read._entry import Entry, Found, Trouble, peek


class Reader(NamedTuple):
    """A reader's module, as far as this one needs it."""

    read: Callable[[Entry], Iterator[Found]]
    archive: bool


@cache
def _readers() -> dict[str, Reader]:
    """Find the readers, by suffix."""
    found: dict[str, Reader] = {}
    for info in iter_modules([str(Path(__file__).parent)]):
        if not info.name.startswith("_"):
            module = import_module(f"pipeline.read.{info.name}")
            reader = Reader(module.read, getattr(module, "ARCHIVE", False))
            found |= dict.fromkeys(module.SUFFIXES, reader)
    return found


def suffixes() -> tuple[str, ...]:
    """Name the ends of names that are read, in alphabetical order."""
    return tuple(sorted(_readers()))


def reader_of(name: str) -> Reader | None:
    """Pick the reader by the longest suffix that fits."""
    parts = name.lower().split(".")
    return next((r for i in range(1, len(parts)) if (r := _readers().get("." + ".".join(parts[i:])))), None)


def expand(entry: Entry) -> Iterator[Page | Rejected]:
    """Read an entry and what it holds, to pages; whatever is wrong with it becomes a Rejected."""
    try:
        for found in _reader(entry).read(entry):
            if isinstance(found, Entry):
                yield from expand(found)
            else:
                yield found
    except Trouble as trouble:
        yield entry.rejected(trouble.reason, trouble.detail)
    except OSError as error:
        yield entry.rejected(Reason.UNREADABLE, error.strerror or str(error))


def _reader(entry: Entry) -> Reader:
    reader = reader_of(entry.name) or _by_content(entry)
    if reader.archive and (entry.source.member is not None or entry.unpacked):
        raise Trouble(Reason.NESTED, "an archive in an archive; unpack the outer one first")
    return reader


def _by_content(entry: Entry) -> Reader:
    """Mirrored sites have pages without a telling name (`news/12345`, `index.php@id=7`): take what begins as HTML."""
    head = peek(entry.stream).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return _readers()[".html"]
    raise Trouble(Reason.UNSUPPORTED, f"no reader for this kind of file; there are {' '.join(suffixes())}")
