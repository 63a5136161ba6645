"""`svodka registry search`: entities by what is typed."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.registry._asking import Json, print_json
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.errors import OptionError
from pipeline.registry.database import reading
from pipeline.registry.kinds import NAMED, EntityKind
from pipeline.registry.resolve.search import Found
from pipeline.registry.resolve.search import search as search_registry

_KINDS = ", ".join(NAMED)
_HELP = f"""Search the registry for entities by name, number or id.

Words may stand in any case, order and alphabet; the last may be only begun; a misspelt word is taken for one alike
where nothing else is found. ИНН, ОГРН, a number in a list or an id, also an old one, lead straight to the entity.

\b
Examples:
  svodka registry search 'министерства экономики краснодарского края'
  svodka registry search 7707083893
  svodka registry search путин --kind person --json

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Search for entities by name, number or id.")
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", show_default=False, help="What is wanted.")],
    *,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", show_default="all", help=f"Only: {_KINDS}.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 20,
    json: Json = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry search`."""
    if kind and kind not in NAMED:
        raise OptionError(f"--kind {kind}: one of {_KINDS}")
    with opened(registry) as database, reading(database) as connection:
        found = search_registry(connection, query, kind=EntityKind(kind) if kind else None, limit=limit)
    if json:
        print_json(tuple(found))
    else:
        Console(soft_wrap=True, highlight=False, markup=False).print(_table(found) if found else "nothing found")


def _table(found: list[Found]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "kind", "name", "region", "articles", "last seen"):
        table.add_column(heading, no_wrap=heading != "name", overflow="fold")
    for one in found:
        table.add_row(
            one.id, one.kind.value, one.name, one.region or "", str(one.articles), (one.last_seen or "")[:10]
        )  # fmt: skip
    return table
