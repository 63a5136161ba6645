"""`svodka registry show`: what the registry believes of an entity."""

from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli.registry._asking import ABOUT_NAME, AsOf, Json, Kind, Name, day, print_json, the_one
from pipeline.cli.registry._card import card, holders_on
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.errors import OptionError, RegistryError
from pipeline.registry.belief.find import find
from pipeline.registry.belief.tenure import holders
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading
from pipeline.registry.kinds import EntityKind

_HELP = f"""Show an entity: its names, properties, posts and who held them, relations, amounts, and its days.

{ABOUT_NAME}

A standing says how far a value is believed, 0 to 1: by who says it, how many sources do in words of their own, how
surely it was read, who denies it, and what you decided. «by 2024-03-05» is an end or a beginning that an article of
that day tells, «seen» a day on which somebody was in the post, «open» an end that nobody has told.

\b
Examples:
  svodka registry show 'Минэкономики Ольской области' --as-of 2024-03-01
  svodka registry show clu-2gvru757lkkvf4wq --why

{registry_exit_codes()}
"""

_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.POST, EntityKind.CLUSTER})


@group.command(help=_HELP, short_help="Show what the registry believes of an entity.")
def show(  # noqa: PLR0913 - the options of the command
    name: Name,
    *,
    kind: Kind = None,
    as_of: AsOf = None,
    why: Annotated[bool, typer.Option("--why", help="With the surest quote, article and claim of each value.")] = False,
    json: Json = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry show`."""
    if json and why:
        raise OptionError("--json has every quote and claim already; give --json or --why")
    at = day(as_of)
    with opened(registry) as database, reading(database) as connection:
        view = entity_view(connection, the_one(find(connection, name, kind=kind), name), as_of=at)
        if view is None:
            raise RegistryError(f"{name!r}: it left the registry a moment ago")
        if json:
            print_json(view)
            return
        console = Console(soft_wrap=False)
        for part in card(view, why=why):
            console.print(part)
        if at and view.kind in _BODIES and (found := holders(connection, view.id, at)):
            console.print(holders_on(at, found))
