"""`svodka registry merge`: two entities are one."""

from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._keeper import Who, Why, signature
from pipeline.registry.belief.testimony import canonical_ids
from pipeline.registry.database import write
from pipeline.registry.keeper.judgements import judge_same, take_back

_HELP = f"""Judge that two entities are one.

The judgement is kept with who, when and why, and outlasts new articles. Both ids lead to the one entity from now on. It
is refused, with the reason, where the two were judged different before or have different ИНН, ОГРН, patronymics or the
like; --force overrules that. `svodka registry split` parts them; --undo takes back what was last judged of them.

\b
Examples:
  svodka registry merge org-n4groyvpj7lzbrrc org-tjqrij64rokicfqo --why 'одно общество, переименовано'
  svodka registry merge org-n4groyvpj7lzbrrc org-tjqrij64rokicfqo --undo

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Judge that two entities are one.")
def merge(  # noqa: PLR0913 - options
    left: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="An entity.")],
    right: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="Another.")],
    *,
    who: Who = "",
    why: Why = "",
    force: Annotated[bool, typer.Option("--force", help="Overrule judgements and identifiers that say no.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was last judged of the first.")] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry merge`."""
    by = signature(who, why)
    with opened(registry) as database:
        if undo:
            write(database, lambda connection: take_back(connection, left, by))
        else:
            write(database, lambda connection: judge_same(connection, left, right, by, force=force))
        found = write(database, lambda connection: canonical_ids(connection, [left, right]))
    ids = " and ".join(sorted(set(found.values())))
    Console(soft_wrap=True, highlight=False).print(f"{'taken back: ' if undo else ''}{left} and {right} are {ids} now")
