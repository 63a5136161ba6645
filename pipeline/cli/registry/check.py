"""`svodka registry check`: does the registry agree with itself."""

from collections import Counter
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.errors import CheckError
from pipeline.registry.database import reading
from pipeline.registry.upkeep.check import RULES, Problem, check

CHECK_CODE = 8
_SHOWN = 20

_RULES = "\n".join(f"  {rule.name:<16} {rule.holds}" for rule in RULES)
_HELP = f"""Check that the registry agrees with itself, and list what does not.

\b
{_RULES}

Nothing is changed. What is wrong here is a fault of the disk, of somebody's own SQL, or of Svodka: tell us.

{registry_exit_codes({CHECK_CODE: "something is wrong; it is listed"})}
"""


@group.command("check", help=_HELP, short_help="Check that the registry agrees with itself.")
def check_(
    *,
    all_: Annotated[bool, typer.Option("--all", help=f"List all of it, not only {_SHOWN} a rule.")] = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry check`."""
    found: Counter[str] = Counter()
    with opened(registry) as database, reading(database) as connection:
        for problem in check(connection):
            found[problem.rule] += 1
            if all_ or found[problem.rule] <= _SHOWN:
                typer.echo(_line(problem))
    for rule, count in found.items():
        if count > _SHOWN and not all_:
            typer.echo(f"{rule}: {count - _SHOWN:,} more; --all lists them")
    if found:
        wrong = ", ".join(f"{rule} ({count:,})" for rule, count in found.items())
        raise CheckError(f"{database.name}: {found.total():,} things are wrong: {wrong}")
    typer.echo(f"{database.name}: nothing is wrong; {len(RULES)} rules hold")


def _line(problem: Problem) -> str:
    text = f"{problem.rule}: {problem.id}: {problem.what}"
    return "".join(letter if letter.isprintable() else " " for letter in text)
