"""Files that are whole or not there, and files that one process has at a time."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.errors import OutputError

if sys.platform != "win32":
    import fcntl


def write_whole(file: Path, content: bytes) -> None:
    """Write a file in one step and to the disk: who reads it finds the old one or the new one. Raises OutputError."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(f"{file}: cannot be written: {error.strerror or error}") from error


def take(file: int) -> bool:
    """Take the lock of an open file till it is closed, whatever ends its holder; False when another process has it."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
