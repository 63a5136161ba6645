"""Pages in a .tar or .tar.gz, read as a stream: members come in their order, never written anywhere."""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from pipeline.model import Reason, Rejected
from pipeline.read._entry import Entry, Gunzip, Trouble, too_large
from pipeline.read._member import furniture, member, unsafe

SUFFIXES = (".tar", ".tar.gz", ".tgz")
ARCHIVE = True

_REASONS = (("empty", Reason.EMPTY), ("unexpected end", Reason.TRUNCATED), ("truncated", Reason.TRUNCATED))


def read(entry: Entry) -> Iterator[Entry | Rejected]:
    """Give each member that is a file; links and devices hold no page of their own and are passed over."""
    packed = entry.name.endswith(("gz", "GZ"))
    stream = Gunzip(entry.stream, entry.limits) if packed else entry.stream
    try:
        with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
            for info in archive:
                if info.isfile():
                    yield from _open(entry, archive, info)
    except tarfile.TarError as error:
        raise _trouble_of(error) or error from error


def _open(entry: Entry, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Entry | Rejected]:
    source = replace(entry.source, member=info.name)
    if detail := unsafe(info.name):
        yield Rejected(source, Reason.UNSAFE_PATH, detail)
    elif info.sparse is not None and info.size > entry.limits.page_bytes:
        yield Rejected(source, Reason.TOO_LARGE, too_large(entry.limits).detail)
    elif not furniture(info.name) and (stream := archive.extractfile(info)):
        yield member(entry, info.name, stream, trouble_of=_trouble_of)


def _trouble_of(error: Exception) -> Trouble | None:
    if not isinstance(error, tarfile.TarError):
        return None
    reason = next((reason for sign, reason in _REASONS if sign in str(error)), Reason.CORRUPT)
    return Trouble(reason, f"not a whole tar archive: {error}")
