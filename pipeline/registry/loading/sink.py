"""The sink of a run that feeds a registry."""

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import RegistryError
from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.record_check import NoRecordError

LISTED = 20  # refused records


class RegistrySink:
    """A run's records into a registry. What stops the registry does not stop the run: it is kept as `failure`."""

    def __init__(self, feed: Feed) -> None:
        self.failure: RegistryError | None = None
        self.refused: list[str] = []  # the first of them
        self._feed = feed

    def write(self, outcome: Record | Rejected) -> None:
        """Load a record; pages that gave none are not the registry's."""
        if isinstance(outcome, Record) and not self.failure:
            with self._kept(outcome.article.id):
                self._feed.add(outcome)

    def close(self) -> None:
        """End the load."""
        if not self.failure:
            with self._kept("the end"):
                self._feed.end()

    @contextmanager
    def _kept(self, where: str) -> Iterator[None]:
        try:
            yield
        except RegistryError as error:
            self.failure = error
        except NoRecordError as error:
            if len(self.refused) < LISTED:
                self.refused.append(f"{where}: {error}")
