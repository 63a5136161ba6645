"""Records into a registry, one after the other, each in a transaction of its own."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.errors import RegistryError
from pipeline.record import Record
from pipeline.registry.database import Database, write
from pipeline.registry.loading.contribution import Contribution, contribution
from pipeline.registry.loading.load import Loaded, begin_load, end_load, load_contribution
from pipeline.registry.loading.record_check import NoRecordError, checked_record
from pipeline.registry.loading.record_files import Line


class Refused(NamedTuple):
    """A line that is no record, and why."""

    file: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.number}: {self.reason}"


@dataclass(slots=True)
class FeedTally:
    """What became of the records so far; `statements` are those written."""

    articles: Counter[Loaded] = field(default_factory=Counter)
    statements: int = 0
    refused: int = 0


class Feed:
    """A load under way; `clock` tells the time as the registry writes it.

    Raises RegistryError at once where the registry cannot be written. What was added stays whatever happens after it;
    the same records may be added again.
    """

    def __init__(self, database: Database, command: str, clock: Callable[[], str]) -> None:
        self.tally = FeedTally()
        self._database = database
        self._clock = clock
        self._load_seq = write(database, lambda connection: begin_load(connection, command, clock()))

    def add(self, record: Record) -> Loaded:
        """Load a record: all of it or, where RegistryError or NoRecordError is raised, nothing."""
        made, now = self._drawn_up(record), self._clock()
        try:
            loaded = write(
                self._database,
                lambda connection: load_contribution(connection, made, load_seq=self._load_seq, now=now),
            )
        except RegistryError as error:
            raise RegistryError(f"{error} (at article {made.article_id}; those before it are loaded)") from error
        self.tally.articles[loaded] += 1
        if loaded is not Loaded.KNOWN:
            self.tally.statements += sum(1 for _ in made.statements())
        return loaded

    def add_line(self, line: Line) -> Refused | None:
        """Load the record of a line; tell why where it is none."""
        try:
            self.add(self._checked(line))
        except NoRecordError as error:
            return Refused(line.file, line.number, str(error))
        return None

    def _checked(self, line: Line) -> Record:
        try:
            return checked_record(line)
        except NoRecordError:
            self.tally.refused += 1
            raise

    def _drawn_up(self, record: Record) -> Contribution:
        """Draw up a record's rows; a record that Svodka cannot cope with, though it should, stops no other."""
        try:
            return contribution(record)
        except Exception as error:
            self.tally.refused += 1
            raise NoRecordError(f"an error inside Svodka: {type(error).__name__}: {error}") from error

    def end(self) -> None:
        """Note the end of the load with its counts."""
        counts = {loaded.value: self.tally.articles[loaded] for loaded in Loaded}
        more = {"refused": self.tally.refused, "statements": self.tally.statements}
        now = self._clock()
        write(self._database, lambda connection: end_load(connection, self._load_seq, counts | more, now))
