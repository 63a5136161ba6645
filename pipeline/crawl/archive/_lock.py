"""One process at a time: a lock that its holder's end releases, whatever ends it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.errors import OutputError

if sys.platform != "win32":
    import fcntl

FILE = ".svodka-lock"


@contextmanager
def locked(folder: Path, since: datetime) -> Iterator[None]:
    """Hold the folder's lock; OutputError says who has it when it is taken."""
    with os.fdopen(os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as file:
        _take(file.fileno(), f"{folder}: another crawl is writing there ({file.read(200).strip() or 'just started'})")
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} since {since.isoformat(timespec='seconds')}\n")
        file.flush()
        yield


def _take(file: int, taken: str) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"{taken}; wait for its end, or stop it") from None
