"""`svodka sources check`: what is wrong with a table of sources, or what it says."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli._application import INTERRUPTED, complain, exit_codes, interruptible
from pipeline.cli.sources._given import given_view
from pipeline.cli.sources._group import group
from pipeline.cli.sources._table import table_of
from pipeline.crawl.asking import probed
from pipeline.crawl.sources import Source, Sources
from pipeline.net import World

_BARREN = 9
_CODES = {
    0: "nothing is wrong",
    2: "something is wrong, or there is no such file",
    _BARREN: "with --fetch: a source gave nothing to fetch, or could not be asked",
    INTERRUPTED: "interrupted",
}
_HELP = f"""Check a table of sources: every problem is listed, with its table and key. Only --fetch asks the network.

With --fetch each feed, sitemap and section of the enabled sources is asked once, as a crawl would ask, and what it
gives is shown: articles, how many would be fetched, the newest. No article is fetched and nothing is written.

The keys of a table are described in docs/sources.md.

\b
Example:
  svodka sources check sources.toml
  svodka sources check sources.toml --fetch

{exit_codes(_CODES)}
"""


@group.command(help=_HELP, short_help="Check a table of sources.")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The table of sources.")],
    *,
    fetch: Annotated[bool, typer.Option("--fetch", help="Ask each document once and show what it gives.")] = False,
) -> None:
    """Carry out `svodka sources check`."""
    table = table_of(file)
    console = Console(soft_wrap=True)
    console.print(_listed(table))
    console.print(_summary(table), markup=False, highlight=False)
    if fetch:
        _fetch(table, console)


def _fetch(table: Sources, console: Console) -> None:
    """Show what the documents give; leave with an exit code where a source gives nothing."""
    world = World()
    with interruptible():
        rows = asyncio.run(probed(table, world))
    console.print(given_view(rows, world.now()), markup=False)
    asked, fruitful = {name for name, _ in rows}, {name for name, given in rows if not given.barren}
    if barren := sorted(asked - fruitful):
        complain(f"nothing to fetch from {', '.join(barren)}; the remarks above say why")
        raise typer.Exit(_BARREN)


def _listed(table: Sources) -> Table:
    view = Table(box=None)
    for column in ("source", "feeds", "sitemaps", "sections", "urls", "delay, s", "max age, days", "expected a day"):
        view.add_column(column, justify="left" if column == "source" else "right")
    for source in table.sources:
        counts = (len(them) for them in (source.feeds, source.sitemaps, source.sections, source.urls))
        age = "any" if source.max_age_days is None else str(source.max_age_days)
        name = source.name if source.enabled else f"{source.name} (disabled)"
        view.add_row(name, *map(str, counts), f"{source.delay:g}", age, _expected(source))
    return view


def _expected(source: Source) -> str:
    if source.daily_min is None and source.daily_max is None:
        return "–"
    least = "0" if source.daily_min is None else str(source.daily_min)
    return f"{least} or more" if source.daily_max is None else f"{least} to {source.daily_max}"


def _summary(table: Sources) -> str:
    off = len(table.sources) - len(table.enabled)
    disabled = f" ({off} disabled)" if off else ""
    return (
        f"{len(table.sources)} sources{disabled}, asked for by {table.agent}; "
        f"a night has at most {table.night.pages:,} pages and {table.night.minutes:g} minutes"
    )
