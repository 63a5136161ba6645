"""What a killed crawl had written and not committed: read back into the frontier; a torn tail is cut off, kept aside.

It may be killed itself at any instant: what it cuts it has copied before, and the frontier is committed last.
"""

import logging
import os
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.crawl.archive._notes import Note, read_item, read_note
from pipeline.crawl.archive._records import CAPTURE
from pipeline.crawl.archive._tape import Place, sync_folder
from pipeline.model import FeedItem
from pipeline.warc_words import ITEM_TYPE

_NAME = re.compile(r"(?:pages|log)-\d{8}T\d{6}Z-\d{4,}\.warc\.gz")
_STEP = 64 * 1024
_log = logging.getLogger(__name__)

Replay = Callable[[Note, FeedItem | None, Place], None]


class _Member(NamedTuple):
    start: int
    stop: int
    data: bytes


def recover(folder: Path, committed: dict[str, int], replay: Replay) -> dict[str, int]:
    """Replay what is beyond the committed lengths; give the lengths that are sound now, of the files that had more."""
    lengths = {}
    for path in sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name)):
        size, known = path.stat().st_size, committed.get(path.name, 0)
        if size < known:
            _log.warning("%s: is shorter than it was: %d of %d bytes are left", path, size, known)
        if not size and not known:  # killed before its first record
            path.unlink()
        elif size > known:
            lengths[path.name] = _recover(path, known, replay)
    return lengths


def _recover(path: Path, start: int, replay: Replay) -> int:
    sound = start
    item: FeedItem | None = None
    for member in _members(path, start):
        headers, _, payload = member.data.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in headers.decode("utf-8").split("\r\n") if ": " in line)
        if fields.get("Content-Type") == ITEM_TYPE:
            item = read_item(payload.removesuffix(b"\r\n\r\n"))
        if CAPTURE in fields:
            replay(read_note(fields[CAPTURE]), item, Place(path.name, member.start))
            sound, item = member.stop, None
    _cut(path, sound)
    return sound


def _members(path: Path, start: int) -> Iterator[_Member]:
    """Give the whole gzip members from a place on; what is torn ends them."""
    with path.open("rb") as file:
        file.seek(start)
        rest = b""
        while True:
            unpacker, parts, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), [], 0
            while not unpacker.eof:
                packed = rest or file.read(_STEP)
                try:
                    parts.append(unpacker.decompress(packed))
                except zlib.error:
                    return
                if not packed:
                    return
                rest = unpacker.unused_data
                size += len(packed) - len(rest)
            yield _Member(start, start + size, b"".join(parts))
            start += size


def _cut(path: Path, sound: int) -> None:
    with path.open("r+b") as file:
        file.seek(sound)
        torn = path.with_name(f".{path.name}.torn")
        tail = 0
        with torn.open("wb") as aside:
            while part := file.read(_STEP):
                tail += aside.write(part)
            os.fsync(aside.fileno())
        if tail:
            _log.warning("%s: a torn tail of %d bytes is cut off, and kept as %s", path, tail, torn.name)
        else:
            torn.unlink()
        file.truncate(sound)
        os.fsync(file.fileno())
    if not sound:
        path.unlink()
    sync_folder(path.parent)
