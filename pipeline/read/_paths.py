"""The files behind the paths a user gives: files, folders, glob patterns, `-` for standard input."""

import glob
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Page, Reason, Rejected, Source
from pipeline.read._dispatch import expand, reader_of
from pipeline.read._entry import STEP, Entry
from pipeline.read._stream import expand_stream
from pipeline.settings import Limits

STDIN = "-"
_SAVED_WITH = "_files"  # what browsers append to a page's name for the folder of its images, scripts and frames


class Meter:
    """How far the reading is: files opened, bytes read of the bytes that the given paths hold, standard input apart."""

    def __init__(self) -> None:
        self.files = 0
        self.read = 0
        self.total = 0


class _MeteredFile(io.FileIO):
    """A file that tells a meter what is read of it."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: Any) -> int:
        number = super().readinto(buffer) or 0
        self._meter.read += number
        return number


def check_paths(paths: Iterable[str]) -> None:
    """InputError when a path is not there or a pattern fits nothing."""
    for path in paths:
        if path != STDIN and not _matches(path):
            raise InputError(f"{path}: no such file or folder" if not glob.has_magic(path) else f"{path}: fits no file")


def measure(paths: Iterable[str], leave_out: Path | None = None) -> int:
    """Add up the bytes of the files that `read` would read; standard input counts as none."""
    seen = _seen(leave_out)
    matches = (Path(match) for path in paths if path != STDIN for match in _matches(path))
    files = (found for match in matches for found in _files(match, seen) if isinstance(found, Path))
    return sum(file.stat().st_size for file in files if file.is_file())


def read(
    paths: Iterable[str], limits: Limits, *, leave_out: Path | None = None, meter: Meter | None = None
) -> Iterator[Page | Rejected]:
    """Read every page of the paths, in their order, folders in the order of names; a file reached twice is read once.

    `leave_out` is a folder that is not entered: the destination, when it lies in a folder that is read.
    """
    meter = meter or Meter()
    seen = _seen(leave_out)
    for path in paths:
        if path == STDIN:
            yield from expand_stream(Entry(Source(STDIN), STDIN, sys.stdin.buffer, limits))
        elif Path(path).is_fifo():
            with Path(path).open("rb") as stream:
                yield from expand_stream(Entry(Source(path), STDIN, stream, limits))
        else:
            for match in _matches(path):
                for found in _files(Path(match), seen):
                    yield from [found] if isinstance(found, Rejected) else _file(found, limits, meter)


def _seen(leave_out: Path | None) -> set[str]:
    return {os.path.realpath(leave_out)} if leave_out else set()


def _matches(path: str) -> list[str]:
    """Take a path that is there as itself, whatever signs its name has; any other is a pattern."""
    return [path] if os.path.lexists(path) else sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern


def _files(path: Path, seen: set[str]) -> Iterator[Path | Rejected]:
    """Walk down from a path; hidden names are passed over, except the path itself."""
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    if not path.is_dir():
        yield path
        return
    try:
        names = sorted(inner.name for inner in path.iterdir())
    except OSError as error:
        yield Rejected(Source(str(path)), Reason.UNREADABLE, error.strerror or str(error))
        return
    pages = {name.rpartition(".")[0] for name in names if reader_of(name)}
    for name in names:
        if name.endswith(_SAVED_WITH) and name.removesuffix(_SAVED_WITH) in pages:
            yield Rejected(Source(str(path / name)), Reason.UNSUPPORTED, "what a browser saved along with the page")
        elif not name.startswith("."):
            yield from _files(path / name, seen)


def _file(path: Path, limits: Limits, meter: Meter) -> Iterator[Page | Rejected]:
    source = Source(str(path))
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            yield Rejected(source, Reason.UNREADABLE, "not a regular file")
            return
        stream = io.BufferedReader(_MeteredFile(path, meter), STEP)
    except OSError as error:
        yield Rejected(source, Reason.UNREADABLE, error.strerror or str(error))
        return
    meter.files += 1
    with closing(stream):
        yield from expand(Entry(source, path.name, stream, limits))
