"""Records out: one module a format, found beside this one. Adding a public module adds a format to `--format`.

A sink's module has `NAME`, what stands after `--format`; `FILES`, the names it writes (for the help); and
`open_sink(folder) -> Sink`. A sink writes its files straight into the folder it is given, under their final names,
and no folders in it; they may be incomplete until `close`. It knows nothing of resuming, atomic renames or earlier
results: the engine hands it a folder of its own, in the order of the input, and moves what lies there to its
destination once every sink is closed. A sink that got nothing still writes its files, empty.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.sinks import _rejected


class Sink(Protocol):
    """An open destination. OSError may leave any of its methods."""

    def write(self, outcome: Record | Rejected) -> None:
        """Take one page's outcome; a sink ignores the kind it has no place for."""

    def close(self) -> None:
        """Complete the files. Nothing is written after this."""


class Format(NamedTuple):
    """A sink's module, as far as others need it."""

    name: str
    files: tuple[str, ...]
    open_sink: Callable[[Path], Sink]


@cache
def formats() -> dict[str, Format]:
    """Find the formats, by name, in alphabetical order of their names."""
    modules = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found = [import_module(f"{__name__}.{name}") for name in modules]
    return {m.NAME: Format(m.NAME, m.FILES, m.open_sink) for m in sorted(found, key=lambda m: str(m.NAME))}


def open_sinks(names: tuple[str, ...], folder: Path) -> list[Sink]:
    """Open the sinks of the named formats in a folder, and the list of rejected pages that every run has."""
    return [_rejected.open_sink(folder), *(formats()[name].open_sink(folder) for name in names)]
