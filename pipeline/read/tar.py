"""Pages in a .tar or .tar.gz, read as a stream: members come in their order, never written anywhere."""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from pipeline.model import Reason, Rejected
from pipeline.read._entry import Entry, Trouble, gunzip, too_large
from pipeline.read._member import furniture, member, unsafe

SUFFIXES = (".tar", ".tar.gz", ".tgz")
ARCHIVE = True


def read(entry: Entry) -> Iterator[Entry | Rejected]:
    """Give each member that is a file; links and devices hold no page of their own and are passed over."""
    packed = entry.name.endswith(("gz", "GZ"))
    stream = gunzip(entry.stream, entry.limits) if packed else entry.stream
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isfile() and not furniture(info.name):
                    yield _open(entry, archive, info)
    except tarfile.ReadError as error:
        empty = not stream.read(1) and "empty" in str(error)
        reason = Reason.EMPTY if empty else Reason.TRUNCATED if "unexpected end" in str(error) else Reason.CORRUPT
        raise Trouble(reason, f"not a whole tar archive: {error}") from error


def _open(entry: Entry, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Entry | Rejected:
    source = replace(entry.source, member=info.name)
    if detail := unsafe(info.name):
        return Rejected(source, Reason.UNSAFE_PATH, detail)
    if info.sparse is not None and info.size > entry.limits.page_bytes:
        return Rejected(source, Reason.TOO_LARGE, too_large(entry.limits).detail)
    return member(entry, info.name, cast("BinaryIO", archive.extractfile(info)))
