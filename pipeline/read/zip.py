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
_UTF8 = 0x800
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
            yield from _open(entry, archive, info, _name(info))
            packed, expanded = packed + info.compress_size, expanded + info.file_size
            check_ratio(expanded, min(packed, _size(archive)), entry.limits)


def _open(entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Entry | Rejected]:
    source = replace(entry.source, member=name)
    if detail := unsafe(name) or unsafe(info.orig_filename):
        yield Rejected(source, Reason.UNSAFE_PATH, detail)
        return
    if furniture(name):
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
        yield member(entry, name, stream, trouble_of=_trouble_of, packed=info.compress_size)


def _name(info: zipfile.ZipInfo) -> str:
    """Read a name as it was meant: without the flag of UTF-8, macOS writes it all the same, Russian Windows cp866."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    printed = info.filename.encode("cp437", "replace")
    try:
        return printed.decode("utf-8")
    except UnicodeDecodeError:
        return printed.decode("cp866")


def _trouble_of(error: Exception) -> Trouble | None:
    return Trouble(Reason.CORRUPT, f"damaged in the archive: {error}") if isinstance(error, _BROKEN) else None


def _size(archive: zipfile.ZipFile) -> int:
    """Members that lie over one another claim more packed bytes than the archive has."""
    return archive.start_dir
