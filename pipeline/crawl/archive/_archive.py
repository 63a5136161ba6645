"""The open archive: WARC files and frontier kept in step, synced in groups."""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from pipeline.crawl.archive import _history as history
from pipeline.crawl.archive._frontier import Frontier
from pipeline.crawl.archive._lock import locked
from pipeline.crawl.archive._notes import Note, note_of
from pipeline.crawl.archive._records import Earlier, records
from pipeline.crawl.archive._recovery import recover
from pipeline.crawl.archive._tape import Place, Tape
from pipeline.crawl.archive._words import Failure, NightPast, RobotsFile, Tally, Version
from pipeline.crawl.capture import Capture, Found, Known, Outcome
from pipeline.errors import OutputError
from pipeline.model import FeedItem
from pipeline.warc_words import PAGE

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sizes:
    """When a WARC file is full, and how much may wait for the next sync."""

    file_bytes: int = 1 << 30
    group_captures: int = 200
    group_bytes: int = 16 << 20
    group_time: timedelta = timedelta(seconds=1)


@contextmanager
def open_archive(
    folder: Path, now: Callable[[], datetime], about: Mapping[str, str] | None = None, sizes: Sizes | None = None
) -> Iterator["Archive"]:
    """Open the archive of a folder, which is made; alone, till the end of the block. What was cut short is recovered.

    `about` goes into the head of each WARC file: `operator`, `software`, `http-header-user-agent`, `robots` …
    OutputError when another process has it, and, from any method, when the disk is full or fails.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, now()):
            frontier = Frontier(folder)
            with closing(frontier.db):
                archive = Archive(folder, frontier, now, (about or {}, sizes or Sizes()))
                archive.recover()
                try:
                    yield archive
                finally:
                    archive.close()


class Archive:
    """Made by `open_archive`. What `keep` is given lasts after the next `flush`, which comes by itself soon enough."""

    def __init__(
        self,
        folder: Path,
        frontier: Frontier,
        now: Callable[[], datetime],
        manner: tuple[Mapping[str, str], Sizes],
    ) -> None:
        self._folder, self._frontier, self._now = folder, frontier, now
        about, self._sizes = manner
        self._pages = Tape(folder, "pages", now, about)
        self._rest = Tape(folder, "log", now, about)
        self._night = history.last_night(frontier.db)
        self._out: set[str] = set()
        self._waiting, self._waiting_bytes, self._since = 0, 0, now()
        self._broken = False

    def add(self, founds: Iterable[Found]) -> int:
        """Take addresses in; give how many are new. A fetched one is due again when its source tells of a change."""
        with self._sound():
            now = self._now()
            return sum(self._frontier.add(found, now) for found in founds)

    def known(self, url: str) -> Known | None:
        """Find an address, of any role: for a feed's conditional request, or the target of a redirect."""
        with self._sound():
            return self._frontier.known(url)

    def due(
        self, now: datetime, limit: int | None = None, *, sources: Collection[str] | None = None
    ) -> Iterator[Known]:
        """Give the pages that are due, each once until it is kept: never asked for first, then retries, then rechecks.

        Sources come in turn, and hosts within a source; of a host the newest article first.
        """
        for known in islice(self._frontier.due(now, self._out, sources), limit):
            self._out.add(known.found.url)
            yield known

    def give_back(self, url: str) -> None:
        """Say that an address which `due` gave was not asked for, so that it is given again."""
        self._out.discard(url)

    def keep(self, capture: Capture) -> Capture:
        """Write a capture; give it with its outcome by the digest: new, changed, or unchanged after all.

        It is due again at its `retry_at`, whatever the outcome; without one, only when its source tells of a change.
        """
        with self._sound():
            known = self._frontier.known(capture.found.url)
            note = note_of(capture, known)
            members = records(capture, note, self._earlier(note))
            place = (self._pages if note.is_version and note.role == PAGE else self._rest).write(
                members, self._sizes.file_bytes
            )
            self._apply(note, capture.found.item, place)
            self._out.discard(note.url)
            self._waiting += 1
            self._waiting_bytes += sum(map(len, members))
            if self._is_time():
                self.flush()
        return replace(capture, outcome=Outcome(note.outcome))

    def flush(self) -> None:
        """Make all that was kept and added last: the WARC files first, then the frontier."""
        with self._sound():
            self._frontier.commit(self._pages.sync() | self._rest.sync())
            self._waiting, self._waiting_bytes, self._since = 0, 0, self._now()

    def recover(self) -> None:
        """Read back what a killed crawl had written; called once, by `open_archive`."""
        replayed = recover(self._folder, self._frontier.lengths(), self._apply)
        self._frontier.commit({name: length for name, length in replayed.items() if length})

    def close(self) -> None:
        """Flush; after an error leave what is not committed to the next recovery."""
        if self._broken:
            with suppress(sqlite3.Error):
                self._frontier.db.execute("ROLLBACK")
            return
        self.flush()
        self._pages.seal()
        self._rest.seal()

    def robots(self, host: str) -> RobotsFile | None:
        """Find what is known of a host's robots.txt; the host as the caller names it."""
        with self._sound():
            return history.robots(self._frontier.db, host)

    def remember_robots(self, host: str, file: RobotsFile) -> None:
        """Keep a host's robots.txt."""
        with self._sound():
            history.remember_robots(self._frontier.db, host, file)

    def begin_night(self) -> int:
        """Begin a night; captures are counted for it. Give its number."""
        with self._sound():
            self._night = history.begin_night(self._frontier.db, self._now())
            self.flush()
        return self._night

    def end_night(self, notes: Mapping[str, object]) -> None:
        """End the night, with JSON values for later ones to compare with; called again, it adds to them."""
        with self._sound():
            history.end_night(self._frontier.db, self._night, self._now(), notes)
            self.flush()

    def nights(self, since: datetime) -> list[NightPast]:
        """Give the nights that began since then, the last first."""
        with self._sound():
            return history.nights(self._frontier.db, since)

    def tallies(self, night: int) -> list[Tally]:
        """Give the counts of a night."""
        with self._sound():
            return history.tallies(self._frontier.db, night)

    def failures(self, night: int) -> list[Failure]:
        """Give the addresses that a night did not have in the end."""
        with self._sound():
            return list(history.failures(self._frontier.db, night))

    def versions(self, url: str | None = None) -> Iterator[Version]:
        """Give the kept versions of an address, or of all, in the order of time."""
        return self._frontier.versions(url)

    def unextracted(self) -> list[Path]:
        """Give the WARC files with pages that were not extracted yet; what is kept from now on goes to a new one."""
        with self._sound():
            self.flush()
            self._pages.seal()
            paths = [self._folder / name for name in self._frontier.unextracted()]
            return [path for path in paths if path.exists()]

    def mark_extracted(self, files: Iterable[Path]) -> None:
        """Say that the pages of files are extracted."""
        with self._sound():
            self._frontier.mark_extracted([file.name for file in files], self._now())
            self.flush()

    def _apply(self, note: Note, item: FeedItem | None, place: Place) -> None:
        self._frontier.keep(note, item, place)
        history.count(self._frontier.db, self._night, note)

    def _earlier(self, note: Note) -> Earlier | None:
        if note.outcome != Outcome.UNCHANGED:
            return None
        last = max(self._frontier.versions(note.url), key=lambda version: version.at, default=None)
        return Earlier(last.url, last.at) if last else None

    def _is_time(self) -> bool:
        sizes = self._sizes
        full = self._waiting >= sizes.group_captures or self._waiting_bytes >= sizes.group_bytes
        return full or self._now() - self._since >= sizes.group_time

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Tell of a failing disk as OutputError; after one nothing is written any more."""
        if self._broken:
            raise OutputError(f"{self._folder}: could not be written, as was told; crawl again, it goes on from there")
        try:
            with _told(self._folder):
                yield
        except OutputError:
            self._broken = True
            raise


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"{folder}: the archive's frontier cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        advice = "move .svodka-frontier.sqlite away and it is built anew from the WARC files"
        raise OutputError(f"{folder}: the archive's frontier is damaged ({error}); {advice}") from error
    except OSError as error:
        raise OutputError(f"{folder}: the archive cannot be written: {error.strerror or error}") from error
