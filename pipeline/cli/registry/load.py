"""`svodka registry load`: records into the registry."""

from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli._application import INTERRUPTED, REJECTED, complain
from pipeline.cli.registry._feeding import feed_summary
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, opened, registry_exit_codes
from pipeline.cli.registry._resolving import resolve_and_tell
from pipeline.engine import Interrupt
from pipeline.errors import RegistryError
from pipeline.progress import Bar
from pipeline.registry.database import Database
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.record_files import RecordFiles
from pipeline.registry.loading.sink import LISTED

_CODES = {
    REJECTED: "done, but lines were refused: they are no records; the first are listed",
    INTERRUPTED: "interrupted by Ctrl-C or SIGTERM after a whole article; the same command goes on",
}
_HELP = f"""Load records into the registry, which is made if need be.

RECORDS is a file records.jsonl or records.jsonl.gz, a folder of `svodka run` (or with such folders in it), a pattern
such as 'news-*/records.jsonl', or - for standard input.

Each article is loaded whole or not at all, and once: the same records may be loaded again, in any order, by several
commands at a time. A newer content of an article supersedes what the earlier one said, and nothing is lost. Contents
are ordered by when they were fetched, else by when they were modified or published, then by the versions of the
extractors; of contents that these do not tell apart the one loaded last counts.

At its end the load works out which entities of the articles are one; only then search and lists know what is new.

A line that is no record, or whose offsets or digest do not fit its text, is refused with the reason; the rest goes on.

\b
Examples:
  svodka registry load result/
  svodka registry load 'nights/*/records.jsonl.gz' --registry sqlite:///news.db
  zcat records.jsonl.gz | svodka registry load -

{registry_exit_codes(_CODES)}
"""


@group.command(help=_HELP, short_help="Load records into the registry.")
def load(
    records: Annotated[list[str], typer.Argument(metavar="RECORDS", show_default=False, help="What to load.")],
    *,
    no_resolve: Annotated[
        bool, typer.Option("--no-resolve", help="Leave to `svodka registry resolve` which entities are one.")
    ] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry load`."""
    files = RecordFiles(records)
    with opened(registry, create=True) as database:
        feed = _feed_all(files, database)
        if not no_resolve:
            resolve_and_tell(database)
    if feed.tally.refused:
        complain(f"{feed.tally.refused} lines were refused: they are no records")
        raise typer.Exit(REJECTED)


def _feed_all(files: RecordFiles, database: Database) -> Feed:
    feed = Feed(database, "load", now)
    stderr = Console(stderr=True, soft_wrap=True)
    with Bar(files, stderr) as bar:
        complete = _go_through(files, feed, bar, stderr)
        seconds = bar.seconds
    feed.end()
    Console(soft_wrap=True).print(feed_summary(feed.tally, seconds))
    if not complete:
        complain("interrupted; every article is loaded whole or not at all, the same command goes on")
        raise typer.Exit(INTERRUPTED)
    return feed


def _go_through(files: RecordFiles, feed: Feed, bar: Bar, stderr: Console) -> bool:
    """Load line by line; tell whether it came to the end."""
    try:
        with Interrupt() as interrupt:
            for line in files:
                with interrupt.deferred():
                    refused = feed.add_line(line)
                if refused and feed.tally.refused <= LISTED:
                    stderr.print(f"refused: {refused}", markup=False, highlight=False)
                bar.say(
                    f"{feed.tally.articles.total()} articles, {feed.tally.statements / bar.seconds:.0f} statements/s"
                )
    except KeyboardInterrupt:
        return False
    except RegistryError as error:
        raise RegistryError(f"{error}; the same command goes on") from error
    return True
