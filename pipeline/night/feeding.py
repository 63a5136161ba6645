"""The registry that a night feeds: what of it fails is told, and stops no night."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import RegistryError
from pipeline.night.report import Feeding
from pipeline.registry.belief.diff import Difference, difference
from pipeline.registry.database import open_database, reading
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.sink import RegistrySink
from pipeline.registry.resolve import resolve


@dataclass(frozen=True, slots=True)
class Fed:
    """What the registry made of the records; `trouble` says why that is not all."""

    feeding: Feeding | None = None
    difference: Difference | None = None
    trouble: str | None = None


class RegistryFeed:
    """An open registry. `clock` tells the time as the registry writes it, `since` from when on news are news.

    RegistryError leaves where it is opened.
    """

    def __init__(self, url: str, clock: Callable[[], str], since: str) -> None:
        self._since = since
        self._database = open_database(url, create=True)
        self._feed = Feed(self._database, "nightly", clock)
        self.sink = RegistrySink(self._feed)

    def finish(self) -> Fed:
        """Work out which entities are one, and tell what is new."""
        tally = self._feed.tally
        feeding = Feeding({str(k): n for k, n in tally.articles.items()}, tally.statements, tally.refused)
        try:
            if self.sink.failure:
                raise self.sink.failure
            resolve(self._database)
            with reading(self._database) as connection:
                return Fed(feeding, difference(connection, self._since))
        except RegistryError as error:
            return Fed(feeding, trouble=told(error))

    def close(self) -> None:
        """Close its connections."""
        self._database.engine.dispose()


def told(error: RegistryError) -> str:
    """Put in words that the registry failed, and what follows."""
    return f"реестр не пополнен: {error}; страницы этой ночи пойдут в него следующей ночью"
