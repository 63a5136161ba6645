"""A WARC file that grows by whole captures, and the next one when it is full. OSError leaves; the file stays whole."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.crawl.archive._records import warcinfo


class Place(NamedTuple):
    """Where a record begins, counted in packed bytes."""

    file: str
    offset: int


class Tape:
    """Writes the files `STEM-20261124T020000Z-0001.warc.gz` of a folder. None is gone on with after a restart."""

    def __init__(self, folder: Path, stem: str, now: Callable[[], datetime], about: Mapping[str, str]) -> None:
        self._folder, self._stem, self._now, self._about = folder, stem, now, about
        self._file: int | None = None
        self._name = ""
        self._size = 0
        self._number = 0
        self._lengths: dict[str, int] = {}

    def write(self, members: Sequence[bytes], full: int) -> Place:
        """Append the records of a capture; give the place of the last. A file is left for the next at `full` bytes."""
        if self._size >= full:
            self.seal()
        file = self._open() if self._file is None else self._file
        start = self._size
        self._append(file, b"".join(members))
        return Place(self._name, start + sum(map(len, members[:-1])))

    def sync(self) -> dict[str, int]:
        """Make all that was written last; give the lengths of the files that grew since."""
        if self._file is not None and self._name in self._lengths:
            os.fsync(self._file)
        lengths, self._lengths = self._lengths, {}
        return lengths

    def seal(self) -> None:
        """Close the file; the next capture goes to a new one."""
        if self._file is not None:
            os.fsync(self._file)
            os.close(self._file)
        self._file, self._size = None, 0

    def _open(self) -> int:
        at = self._now()
        while self._file is None:
            self._number += 1
            self._name = f"{self._stem}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{self._number:04}.warc.gz"
            with suppress(FileExistsError):
                self._file = os.open(self._folder / self._name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        self._append(self._file, warcinfo(self._name, at, self._about))
        sync_folder(self._folder)
        return self._file

    def _append(self, file: int, data: bytes) -> None:
        """Write all of it or nothing."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(file, rest) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, self._size)
                os.lseek(file, self._size, os.SEEK_SET)
            raise
        self._size += len(data)
        self._lengths[self._name] = self._size


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
