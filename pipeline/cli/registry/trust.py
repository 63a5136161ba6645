"""`svodka registry trust`: how far sites are trusted."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._keeper import Who, Why, signature
from pipeline.errors import OptionError
from pipeline.registry.belief.trust import Weight, checked_site, own_weights, set_weight, sites, trust_of
from pipeline.registry.database import Database, reading, write

_HELP = f"""List how far the sites of the registry are trusted, or set it for one.

Without arguments: the sites that articles of the registry come from, each with its weight, the row that gives it, and
how many articles there are. With SITE and WEIGHT: a row of this registry, which comes before those of Svodka's table
and counts at once; the last row about a site counts, all are kept.

\b
SITE is one of
  vestnik.example    the site and all below it, one source
  *.gov.ru           each site below it, a source of its own
  *                  every other site
  -                  articles whose site is unknown
WEIGHT is between 0, never believed, and 1, always.

\b
Example:
  svodka registry trust vestnik.example 0.8 --why 'своя редакция, проверяет'

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="List how far sites are trusted, or set it.")
def trust(
    site: Annotated[str | None, typer.Argument(metavar="[SITE", show_default=False, help="A site.")] = None,
    weight: Annotated[float | None, typer.Argument(metavar="WEIGHT]", show_default=False, help="Its weight.")] = None,
    *,
    why: Why = "",
    who: Who = "",
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry trust`."""
    if site is not None and weight is None:
        raise OptionError(f"{site}: give its weight too, 0 to 1")
    with opened(registry) as database:
        if site is None or weight is None:
            _list(database)
            return
        by = signature(who, why)
        row = Weight(checked_site(site), weight, by.who, by.at, by.why)
        write(database, lambda connection: set_weight(connection, row))
        typer.echo(f"{row.site}: {row.weight:g}")


def _list(database: Database) -> None:
    with reading(database) as connection:
        counted, weights = sites(connection), trust_of(connection)
        own = {row.site: row for row in own_weights(connection)}
    table = Table(box=None, pad_edge=False)
    for column in ("site", "articles", "weight", "by row", "set by", "why"):
        table.add_column(column, overflow="fold")
    for (origin, site), articles in sorted(counted.items(), key=lambda item: (-item[1], item[0][1] or "")):
        source = weights.source(origin, site)
        row = own.get(source.rule) if source.own else None
        by = (row.who, row.why or "") if row else ("Svodka's table", "")
        cells = (site or "unknown", str(articles), f"{source.weight:g}", source.rule, *by)
        table.add_row(*map(escape, cells))
    Console().print(table)
