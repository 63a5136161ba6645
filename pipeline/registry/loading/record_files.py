"""The files that records are loaded from, line by line: plain or gzip, in folders, by patterns, from standard input.

Knows nothing of what a line means. No more than a line is held at a time; what cannot be read of a file is a line with
its trouble, so that the other files are read all the same.
"""

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from pipeline.errors import InputError

STDIN = "-"

_NAMES = ("records.jsonl", "records.jsonl.gz")  # what a folder is searched for
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_LONGEST = 1 << 26  # bytes of a line; a long article's record has some 10**6


class Line(NamedTuple):
    """A line of a file, counted from 1; `trouble` says why there is no text."""

    file: str
    number: int
    text: bytes
    trouble: str | None = None


class RecordFiles:
    """The files behind the paths that a user gives; `read` of `total` bytes are read, standard input apart.

    Raises InputError where a path is not there, a pattern fits nothing, or a folder has no records in it.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        found = (file for path in paths for file in ([STDIN] if path == STDIN else _files(path)))
        self._files = list({file if file == STDIN else os.path.realpath(file): file for file in found}.values())
        self._done = 0
        self._open: BufferedReader | None = None
        self.total = sum(Path(file).stat().st_size for file in self._files if file != STDIN and Path(file).is_file())

    @property
    def read(self) -> int:
        """Tell how many bytes of the files are read."""
        return self._done + (self._open.tell() if self._open and self._open.seekable() else 0)

    def __iter__(self) -> Iterator[Line]:
        """Go through the lines that are not blank, in the order of the paths."""
        for file in self._files:
            if file == STDIN:
                yield from _lines(file, cast("BufferedReader", sys.stdin.buffer))
            else:
                yield from self._lines_of(file)

    def _lines_of(self, file: str) -> Iterator[Line]:
        try:
            with Path(file).open("rb") as stream:
                self._open = stream
                yield from _lines(file, stream)
                self._done = self.read
                self._open = None
        except OSError as error:
            yield Line(file, 0, b"", error.strerror or str(error))


def _files(path: str) -> list[str]:
    if os.path.lexists(path):
        return _inside(path) if Path(path).is_dir() else [path]
    if not (matches := sorted(glob.glob(path, recursive=True))):  # noqa: PTH207 - Path.glob takes no absolute pattern
        raise InputError(f"{path}: fits no file" if glob.has_magic(path) else f"{path}: no such file or folder")
    return [file for match in matches for file in (_inside(match) if Path(match).is_dir() else [match])]


def _inside(folder: str) -> list[str]:
    found = sorted(str(file) for name in _NAMES for file in Path(folder).rglob(name))
    if not found:
        raise InputError(f"{folder}: no {_NAMES[0]} in it; `svodka run … --to DIR --format jsonl` writes one")
    return found


def _lines(file: str, stream: BufferedReader) -> Iterator[Line]:
    number = 0
    try:
        packed = stream.peek(len(_GZIP)).startswith(_GZIP)
        source = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream
        while text := source.readline(_LONGEST):
            number += 1
            if len(text) == _LONGEST and not text.endswith(b"\n"):
                _pass_over(source)
                yield Line(file, number, b"", f"a line of more than {_LONGEST >> 20} MiB")
            elif article := text.removeprefix(_BOM).strip():
                yield Line(file, number, article)
    except (OSError, EOFError, zlib.error) as error:
        yield Line(file, number + 1, b"", f"cannot be read on: {error}")


def _pass_over(source: BinaryIO) -> None:
    """Go on to the end of a line."""
    while (piece := source.readline(_LONGEST)) and not piece.endswith(b"\n"):
        pass
