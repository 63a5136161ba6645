"""Pages in a .zip. Members are read one after another, never written anywhere."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Reason, Rejected
from pipeline.read._entry import Entry, Trouble, check_ratio
from pipeline.read._member import furniture, member, unsafe

SUFFIXES = (".zip",)
ARCHIVE = True

_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError)


def read(entry: Entry) -> Iterator[Entry | Rejected]:
    """Give each member; one that cannot be read is rejected by itself."""
    try:
        archive = zipfile.ZipFile(entry.stream)
    except _BROKEN as error:
        raise Trouble(Reason.CORRUPT, f"not a zip archive: {error}") from error
    with archive:
        packed = expanded = 0
        for info in archive.infolist():
            if info.is_dir():
                continue
            yield from _open(entry, archive, info)
            packed, expanded = packed + info.compress_size, expanded + info.file_size
            check_ratio(expanded, min(packed, _size(archive)), entry.limits)


def _open(entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Entry | Rejected]:
    source = replace(entry.source, member=info.filename)
    if detail := unsafe(info.filename):
        yield Rejected(source, Reason.UNSAFE_PATH, detail)
        return
    if furniture(info.filename):
        return
    if info.flag_bits & _ENCRYPTED:
        yield Rejected(source, Reason.UNREADABLE, "encrypted")
        return
    try:
        stream = archive.open(info)
    except _BROKEN as error:
        yield Rejected(source, Reason.CORRUPT, f"damaged in the archive: {error}")
        return
    with stream:
        yield member(entry, info.filename, stream, trouble_of=_trouble_of, packed=info.compress_size)


def _trouble_of(error: Exception) -> Trouble | None:
    return Trouble(Reason.CORRUPT, f"damaged in the archive: {error}") if isinstance(error, _BROKEN) else None


def _size(archive: zipfile.ZipFile) -> int:
    """Members that lie over one another claim more packed bytes than the archive has."""
    return archive.start_dir
