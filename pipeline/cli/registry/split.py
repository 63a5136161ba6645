"""`svodka registry split`: what articles call by one name is not one entity."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._keeper import Who, Why, signature
from pipeline.registry.belief.testimony import canonical_ids
from pipeline.registry.database import Database, reading, write
from pipeline.registry.keeper.judgements import members as members_of
from pipeline.registry.keeper.judgements import split as split_entity
from pipeline.registry.keeper.judgements import take_back

_HELP = f"""Judge that some members of an entity are another one.

Without MEMBER lists the members: what each article calls the entity, with the article. With them, those go out, and are
one entity of their own; articles that come later follow whom they fit. --undo takes back what was last judged of ID.

\b
Examples:
  svodka registry split per-5ot5xuqifdktjejb
  svodka registry split per-5ot5xuqifdktjejb per-lb67lhk75nkwd2ty --why 'однофамилец'

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Part an entity, or list its members.")
def split(  # noqa: PLR0913 - options
    entity: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="The entity.")],
    out: Annotated[
        list[str] | None, typer.Argument(metavar="[MEMBER]...", show_default=False, help="The members that go out.")
    ] = None,
    *,
    who: Who = "",
    why: Why = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was last judged of ID.")] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry split`."""
    console = Console(soft_wrap=True, highlight=False)
    by = signature(who, why)
    with opened(registry) as database:
        if undo:
            words = write(database, lambda connection: take_back(connection, entity, by))
            console.print(f"taken back: {len(words)} judgements of {words[0].at} by {words[0].who}", markup=False)
        elif out:
            write(database, lambda connection: split_entity(connection, entity, out, by))
            with reading(database) as connection:
                found = canonical_ids(connection, [entity, out[0]])
            console.print(f"{out[0]} is {found[out[0]]} now, and {entity} is {found[entity]}")
        else:
            _list(database, entity, console)


def _list(database: Database, entity: str, console: Console) -> None:
    with reading(database) as connection:
        found = members_of(connection, entity)
    table = Table(box=None, pad_edge=False)
    for heading in ("member", "name", "seen", "article"):
        table.add_column(heading, no_wrap=heading in {"member", "seen"}, overflow="fold")
    for one in found:
        table.add_row(one.id, one.name, (one.first_seen or "")[:10], one.title or one.url or one.article_id)
    console.print(table)
