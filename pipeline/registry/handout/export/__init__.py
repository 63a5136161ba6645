"""The registry out, as files: one module a format, found beside this one. Adding a public module adds a format.

A format's module has `NAME`, what stands after `--format`; `FILES`, the names it writes; and `open_writer(folder,
about) -> Writer`. A writer gets the parts of `stream` in their order and writes into the folder it is given, always the
same files, with headers even when they stay empty. It knows nothing of databases, renames and earlier files.
"""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import mkdtemp
from typing import NamedTuple, Protocol

from pipeline.errors import OutputError
from pipeline.registry.database import Database, reading
from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.stream import Part, Wanted, stream

MANIFEST = "export.json"


class Writer(Protocol):
    """Open files of one format. OSError may leave any of its methods."""

    def write(self, part: Part) -> None:
        """Take one part of the registry."""

    def close(self) -> dict[str, int]:
        """Complete the files and count what there is to tell: rows by table, things left out. Nothing comes after."""


class Format(NamedTuple):
    """A format's module, as far as others need it."""

    name: str
    files: tuple[str, ...]
    open_writer: Callable[[Path, About], Writer]


@cache
def formats() -> dict[str, Format]:
    """Find the formats, by name, in alphabetical order of their names."""
    modules = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found = [import_module(f"{__name__}.{name}") for name in modules]
    return {m.NAME: Format(m.NAME, m.FILES, m.open_writer) for m in sorted(found, key=lambda m: str(m.NAME))}


def export(
    database: Database, folder: Path, names: tuple[str, ...], wanted: Wanted, *, now: str
) -> dict[str, dict[str, int]]:
    """Write one state of the registry into a folder in the formats named; give what each format counted.

    Files appear under their names when all of them are complete, each in one step, the manifest last; before that
    nothing in the folder changes. Raises OutputError where it cannot be written.
    """
    about = About(database.name, now, wanted)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=".svodka-export-", dir=folder))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    try:
        counts = _grow(database, stage, names, about)
        _publish(stage, folder, _manifest(stage, about, counts))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return counts


def _grow(database: Database, stage: Path, names: tuple[str, ...], about: About) -> dict[str, dict[str, int]]:
    writers: dict[str, Writer] = {}
    try:
        for name in names:
            writers[name] = formats()[name].open_writer(stage, about)
        with reading(database) as connection, closing(stream(connection, about.wanted)) as parts:
            for part in parts:
                for writer in writers.values():
                    writer.write(part)
    except BaseException:
        for writer in writers.values():
            with suppress(Exception):  # the files are dropped, only their handles are to be given back
                writer.close()
        raise
    return {name: writer.close() for name, writer in writers.items()}


def _manifest(stage: Path, about: About, counts: dict[str, dict[str, int]]) -> str:
    told = {
        "registry": about.registry,
        "made_at": about.made_at,
        "as_of": about.wanted.as_of,
        "accepted": about.wanted.accepted,
        "kinds": [kind.value for kind in about.wanted.kinds],
        "files": {file.name: file.stat().st_size for file in sorted(stage.iterdir())},
        "counts": counts,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _publish(stage: Path, folder: Path, manifest: str) -> None:
    grown = sorted(stage.iterdir())
    (stage / MANIFEST).write_text(manifest, encoding="utf-8")
    for file in (*grown, stage / MANIFEST):
        with file.open("rb") as data:
            os.fsync(data.fileno())
        file.replace(folder / file.name)
