"""What zip and tar archives have in common: the names of their members."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Any

from pipeline.read._entry import STEP, Entry, Trouble

_DRIVE = re.compile(r"^[A-Za-z]:")


class _Guarded(io.RawIOBase):
    """A member's stream whose foreign errors are Trouble: they come when whoever reads the member asks for bytes."""

    def __init__(self, stream: IO[bytes], trouble_of: Callable[[Exception], Trouble | None]) -> None:
        self._stream = stream
        self._trouble_of = trouble_of

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:
            if trouble := self._trouble_of(error):
                raise trouble from error
            raise
        buffer[: len(data)] = data
        return len(data)


def member(
    entry: Entry,
    name: str,
    stream: IO[bytes],
    *,
    trouble_of: Callable[[Exception], Trouble | None],
    packed: int | None = None,
) -> Entry:
    """Make the entry of an archive's member; `trouble_of` reads the errors of the archive's library."""
    return replace(
        entry,
        source=replace(entry.source, member=name),
        name=PurePosixPath(name).name,
        stream=io.BufferedReader(_Guarded(stream, trouble_of), STEP),
        packed=packed,
        unpacked=False,
    )


def unsafe(name: str) -> str | None:
    """Say why a member's name is not one of a file inside the archive.

    >>> unsafe("../../etc/passwd")
    'the path climbs out of the archive'
    >>> unsafe("news/page.html")
    """
    parts = name.replace("\\", "/").split("/")
    if not parts[0] or _DRIVE.match(name):
        return "the path is absolute"
    if ".." in parts:
        return "the path climbs out of the archive"
    if "\0" in name:
        return "the path has a zero byte in it"
    return None


def furniture(name: str) -> bool:
    """Tell the hidden files and the notes of the file system that archivers pack with the pages.

    >>> furniture("__MACOSX/news/._page.html"), furniture("news/page.html"), furniture("../page.html")
    (True, False, False)
    """
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)
