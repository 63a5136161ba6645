"""The new pages of an archive into records and, where there is one, into the registry."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import JOURNAL, Job, Tally
from pipeline.engine import run as run_engine
from pipeline.errors import RegistryError
from pipeline.night.report import Extraction, Feeding
from pipeline.read import read
from pipeline.registry.belief.diff import Difference, difference
from pipeline.registry.database import Database, learn, open_database, reading
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.sink import RegistrySink
from pipeline.registry.resolve import resolve
from pipeline.settings import Settings
from pipeline.sinks import open_sinks

RECORDS = "records.jsonl"
_FORMATS = ("jsonl",)
_MANY = 1000  # entities placed, after which the database should learn how its rows are spread


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of the pages. `complete`: none is left for a later night."""

    extraction: Extraction
    complete: bool


@dataclass(frozen=True, slots=True)
class Fed:
    """What the registry made of the records; `trouble` says why it is not all."""

    feeding: Feeding
    difference: Difference | None
    trouble: str | None


class RegistryFeed:
    """A registry that a night feeds. `clock` tells the time as the registry writes it.

    Raises RegistryError at once where it cannot be written, and never after.
    """

    def __init__(self, url: str, clock: Callable[[], str]) -> None:
        self._clock = clock
        self._since = clock()
        self._database: Database = open_database(url, create=True)
        self._feed = Feed(self._database, "nightly", clock)
        self.sink = RegistrySink(self._feed)

    def finish(self) -> Fed:
        """Work out which entities are one, and tell what is new."""
        tally = self._feed.tally
        feeding = Feeding({str(k): n for k, n in tally.articles.items()}, tally.statements, tally.refused)
        try:
            if self.sink.failure:
                raise self.sink.failure
            if resolve(self._database).moved >= _MANY:
                learn(self._database)
            with reading(self._database) as connection:
                return Fed(feeding, difference(connection, self._since), None)
        except RegistryError as error:
            return Fed(feeding, None, f"реестр: {error}")
        finally:
            self._database.engine.dispose()


def extract(  # noqa: PLR0913 - what, whereto and by what; the rest by keyword
    files: Sequence[Path],
    to: Path,
    settings: Settings,
    *,
    workers: int,
    feed: RegistryFeed | None = None,
    watch: Callable[[Tally], None] = lambda _: None,
) -> Extracted:
    """Make the records of WARC files into a folder; without files, empty ones."""
    also = [feed.sink] if feed else []
    if (
        next(read([str(file) for file in files], settings.limits), None) is None
    ):  # no file, or only new versions of feeds
        _write_empty(to)
        for sink in also:
            sink.close()
        return Extracted(Extraction(), complete=True)
    job = Job(tuple(str(file) for file in files), to, _FORMATS, workers)
    report = run_engine(job, settings, also=also, watch=watch)
    tally = report.tally
    extraction = Extraction(tally.pages, tally.records, tally.copies, dict(tally.rejected), dict(tally.kinds))
    complete = report.status == "complete"
    if complete:  # nothing resumes a night: what was not extracted is the next one's
        (to / JOURNAL).unlink(missing_ok=True)
    return Extracted(extraction, complete)


def _write_empty(to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        for sink in open_sinks(_FORMATS, to):
            sink.close()
