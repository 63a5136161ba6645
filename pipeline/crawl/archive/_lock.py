"""One process at a time: a lock that its holder's end releases, whatever ends it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files import take

FILE = ".svodka-lock"


@contextmanager
def locked(folder: Path, since: datetime) -> Iterator[None]:
    """Hold the folder's lock; OutputError says who has it when it is taken."""
    with os.fdopen(os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as file:
        if not take(file.fileno()):
            holder = file.read(200).strip() or "just started"
            raise OutputError(f"{folder}: another crawl is writing there ({holder}); wait for its end, or stop it")
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} since {since.isoformat(timespec='seconds')}\n")
        file.flush()
        yield
