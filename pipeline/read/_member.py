"""What zip and tar archives have in common: the names of their members."""

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from pipeline.read._entry import Entry

_DRIVE = re.compile(r"^[A-Za-z]:")


def member(entry: Entry, name: str, stream: IO[bytes], packed: int | None = None) -> Entry:
    """Make the entry of an archive's member."""
    return replace(
        entry,
        source=replace(entry.source, member=name),
        name=PurePosixPath(name).name,
        stream=cast("BinaryIO", stream),
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
