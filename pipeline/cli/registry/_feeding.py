"""Feeding a registry as the command line does: the sink that `svodka run --registry` adds, and the summary."""

import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.cli._application import complain
from pipeline.cli.registry._group import now
from pipeline.cli.registry._resolving import resolve_and_tell
from pipeline.errors import RegistryError
from pipeline.registry.database import open_database
from pipeline.registry.loading.feed import Feed, FeedTally
from pipeline.registry.loading.load import Loaded
from pipeline.registry.loading.sink import RegistrySink

_LABELS = {
    Loaded.NEW: "new articles",
    Loaded.REVISED: "revised articles",
    Loaded.OLDER: "older contents of articles",
    Loaded.KNOWN: "known already",
}


def feed_summary(tally: FeedTally, seconds: float) -> Table:
    """Tell the counts."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for loaded, label in _LABELS.items():
        table.add_row(label, str(tally.articles[loaded]))
    table.add_row("refused", str(tally.refused))
    table.add_row("statements", str(tally.statements))
    table.add_row("statements/s", f"{tally.statements / max(seconds, 1e-3):.0f}")
    return table


class RunFeeding:
    """A registry that a run feeds; raises RegistryError at once where it cannot be written."""

    def __init__(self, url: str, folder: Path) -> None:
        self._folder = folder
        self._database = open_database(url, create=True)
        self._feed = Feed(self._database, "run", now)
        self._sink = RegistrySink(self._feed)
        self._began = time.monotonic()

    @property
    def sinks(self) -> tuple[RegistrySink]:
        """Give the sink that the run is to feed."""
        return (self._sink,)

    def finish(self, console: Console, *, complete: bool) -> None:
        """Tell what was loaded and, after a complete run, work out which entities are one.

        Raises RegistryError, saying how to go on, where the registry failed midway.
        """
        console.print(feed_summary(self._feed.tally, time.monotonic() - self._began))
        for refused in self._sink.refused:
            complain(f"refused by the registry: {refused}")
        if self._sink.failure:
            raise RegistryError(f"{self._sink.failure}; the results are in {self._folder} all the same, and the same "
                                "command with --resume feeds the registry with the rest")  # fmt: skip
        if complete:
            resolve_and_tell(self._database)
        self._database.engine.dispose()
