"""`svodka registry conflicts`: what cannot all be so."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.cli.registry import _words as words
from pipeline.cli.registry._asking import Json, print_json
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.registry.belief.conflicts import Conflict, ConflictKind, Side
from pipeline.registry.belief.conflicts import conflicts as find_conflicts
from pipeline.registry.database import reading

_HELP = f"""List what cannot all be so, the most important first, with the quotes of all sides.

\b
Kinds:
  holders      two in a post of one at the same time (deputies, advisers, members and the like are no conflict)
  identifiers  one ИНН or ОГРН of two organizations
  denials      what some say others deny
  amounts      two amounts of the same, of the same day
  values       two values of a property that has one at a time

`svodka registry reject CLAIM` settles a conflict; what is rejected is no side of one.

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="List what cannot all be so.")
def conflicts(
    *,
    kind: Annotated[
        list[ConflictKind] | None, typer.Option("--kind", show_default=False, help="Only these; may be given again.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 20,
    json: Json = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry conflicts`."""
    with opened(registry) as database, reading(database) as connection:
        found = find_conflicts(connection, kind or ())
    if json:
        print_json(found[:limit])
        return
    console = Console(soft_wrap=True)
    for conflict in found[:limit]:
        for part in shown(conflict):
            console.print(part)
    more = f", the first {limit} shown; --limit shows more" if len(found) > limit else ""
    console.print(f"{len(found)} conflicts{more}")


def shown(conflict: Conflict) -> Iterator[RenderableType]:
    """Show a conflict: what it is about, then each side with its standing and surest words."""
    yield Text(f"{conflict.kind}: {conflict.name}", style="bold")
    yield Text(f"{conflict.prop} · {conflict.entity_kind} · {conflict.entity_id}", style="dim")
    for side in conflict.sides:
        yield _side(side)
    yield Text("")


def _side(side: Side) -> Text:
    line = Text(f"  {words.standing(side.standing)}  ")
    line.append(side.value, style="bold")
    put = words.modality(side.modality)
    line.append(f"{f' ({put})' if put else ''}  {len(side.testimony)}× {words.sources(side.testimony)}")
    for said in side.testimony[:1]:
        line.append(f"\n        «{words.quote(said)}»", style="italic")
        line.append(f"\n        {words.where(said)} · claim {said.claim}", style="dim")
    return line
