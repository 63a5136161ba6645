"""What a run has done so far, by the content of its pages, so that `--resume` need not do it again.

A text file in the destination: a first line with the fingerprint of the code, then a line an outcome: the key of its
page, `record` or `rejected`, the JSON. It is only ever appended to. A line that a kill cut short is dropped when the
journal is next opened; a line that a power cut damaged does not read as an outcome and its page is processed anew.
"""

import hashlib
import os
import time
from pathlib import Path

from pydantic import ValidationError

from pipeline.engine._outcome import Outcome
from pipeline.errors import OutputError
from pipeline.files import take
from pipeline.model import Page

FILE = ".svodka-journal"

_HEAD = b"svodka-journal 1 %s\n"
_SYNC_SECONDS = 5.0


def key(page: Page) -> bytes:
    """Give what a page's outcome depends on, apart from the code, as a digest in hexadecimal."""
    about = repr((page.source, page.media, page.url, page.charset, page.fetched_at, page.item))
    return hashlib.sha256(about.encode("utf-8", "surrogatepass") + b"\n" + page.content).hexdigest().encode("ascii")


class Journal:
    """An open journal, locked against other runs. OSError may leave any of its methods; OutputError when it is in use.

    Without `resume`, or when the journal is of another fingerprint, it begins anew.
    """

    def __init__(self, folder: Path, fingerprint: str, *, resume: bool) -> None:
        self._file = os.fdopen(os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        if not take(self._file.fileno()):
            self._file.close()
            raise OutputError(f"{folder}: another run is writing there")
        self._at: dict[bytes, int] = {}
        head = _HEAD % fingerprint.encode("ascii")
        first = self._file.readline()
        self.outdated = resume and first not in (head, b"")
        if resume and first == head:
            self._file.truncate(self._load())
        else:
            self._file.truncate(0)
            self._file.seek(0)
            self._file.write(head)
        self._file.seek(0, os.SEEK_END)
        self._synced = time.monotonic()

    def __len__(self) -> int:
        return len(self._at)

    def get(self, page_key: bytes) -> Outcome | None:
        """Find the outcome of a page processed before."""
        if page_key not in self._at:
            return None
        self._file.seek(self._at[page_key])
        _, kind, json = self._file.readline().rstrip(b"\n").split(b" ", 2)
        self._file.seek(0, os.SEEK_END)
        outcome = Outcome("record" if kind == b"record" else "rejected", json)
        try:
            outcome.value()
        except ValidationError:
            return None
        return outcome

    def add(self, page_key: bytes, outcome: Outcome) -> None:
        """Append an outcome; it survives the end of this process at once, that of the machine within seconds."""
        self._file.write(b"%s %s %s\n" % (page_key, outcome.kind.encode("ascii"), outcome.json))
        self._file.flush()
        if time.monotonic() - self._synced > _SYNC_SECONDS:
            os.fsync(self._file.fileno())
            self._synced = time.monotonic()

    def close(self) -> None:
        """Make it last, and let other runs in."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _load(self) -> int:
        """Note where each outcome stands; give the end of the last whole line."""
        stop = self._file.tell()
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            if line.count(b" ") > 1:
                self._at[line.split(b" ", 1)[0]] = stop
            stop += len(line)
        return stop
