"""`svodka registry accept`, `reject`, `correct` and `undo`: decisions by the ids of claims."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry._keeper import Who, Why, signature
from pipeline.registry.belief.settled import names_of_claims, same_value
from pipeline.registry.database import Database, reading, write
from pipeline.registry.kinds import PROPERTIES, Status
from pipeline.registry.verdicts.corrections import correct as correct_claims
from pipeline.registry.verdicts.decisions import Signature, decide
from pipeline.registry.verdicts.decisions import undo as undo_last

_SHOWN = 10

_ABOUT_CLAIMS = """A CLAIM is what one article says of a value; `svodka registry show NAME --why` lists the ids.
A decision is on the value: all articles that say the same of the same entity follow, and later ones are not asked about
again. With --only it is on the given claims alone, such as the one of an article that was misread."""

Claims = Annotated[list[str], typer.Argument(metavar="CLAIM...", show_default=False, help="Ids of claims.")]
Only = Annotated[bool, typer.Option("--only", help="Only these claims, not all that make the same value.")]

_ACCEPT_HELP = f"""Accept values: they are so.

{_ABOUT_CLAIMS}

{registry_exit_codes()}
"""

_REJECT_HELP = f"""Reject values: they are not so.

{_ABOUT_CLAIMS}

{registry_exit_codes()}
"""

_CORRECT_HELP = f"""Put the right value in the place of a wrong one.

{_ABOUT_CLAIMS}

The wrong value is rejected; yours is kept with your name, the time and --why, accepted, and stays when the article is
read again. VALUE is the id of an entity where the value is one.

\b
Example:
  svodka registry correct 2gvru757lkkvf4wq 'Тверская область' --why 'опечатка в статье'

{registry_exit_codes()}
"""

_UNDO_HELP = f"""Take back your last decision: each claim is what it was before.

Once more takes back the one before. What somebody else has decided on the same claims since stays.

{registry_exit_codes()}
"""


@group.command(help=_ACCEPT_HELP, short_help="Accept values by the ids of their claims.")
def accept(
    claims: Claims, *, only: Only = False, why: Why = "", who: Who = "", registry: RegistryUrl = REGISTRY_URL
) -> None:
    """Carry out `svodka registry accept`."""
    _decide(registry, claims, Status.ACCEPTED, signature(who, why), only=only)


@group.command(help=_REJECT_HELP, short_help="Reject values by the ids of their claims.")
def reject(
    claims: Claims, *, only: Only = False, why: Why = "", who: Who = "", registry: RegistryUrl = REGISTRY_URL
) -> None:
    """Carry out `svodka registry reject`."""
    _decide(registry, claims, Status.REJECTED, signature(who, why), only=only)


@group.command(help=_CORRECT_HELP, short_help="Put the right value in the place of a wrong one.")
def correct(  # noqa: PLR0913 - the options of the command
    claim: Annotated[str, typer.Argument(metavar="CLAIM", show_default=False, help="The id of a claim.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", show_default=False, help="The right value.")],
    *,
    only: Only = False,
    why: Why = "",
    who: Who = "",
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry correct`."""
    by = signature(who, why)
    with opened(registry) as database:
        wrong = _meant(database, [claim], only=only)
        made = write(database, lambda connection: correct_claims(connection, wrong, value, by))
        _tell(database, "rejected", wrong)
        _tell(database, "accepted", made.claims)


@group.command(help=_UNDO_HELP, short_help="Take back your last decision.")
def undo(*, who: Who = "", registry: RegistryUrl = REGISTRY_URL) -> None:
    """Carry out `svodka registry undo`."""
    by = signature(who)
    with opened(registry) as database:
        undone = write(database, lambda connection: undo_last(connection, by))
        if undone is None:
            typer.echo(f"{by.who} has decided nothing that could be taken back")
            return
        _tell(database, "taken back", [claim for claim in undone.claims if claim not in undone.left])
        if undone.left:
            _tell(database, "left, since decided on anew", undone.left)


def _decide(url: str, claims: Sequence[str], status: Status, by: Signature, *, only: bool) -> None:
    with opened(url) as database:
        meant = _meant(database, claims, only=only)
        write(database, lambda connection: decide(connection, meant, status, by))
        _tell(database, status, meant)


def _meant(database: Database, claims: Sequence[str], *, only: bool) -> list[str]:
    if only:
        return list(dict.fromkeys(claims))
    with reading(database) as connection:
        return same_value(connection, claims)


def _tell(database: Database, what: str, claims: Sequence[str]) -> None:
    with reading(database) as connection:
        named = names_of_claims(connection, claims)
    for claim in claims[:_SHOWN]:
        entity, prop, value = named[claim]
        typer.echo(f"{what}: {entity}, {PROPERTIES[prop].label}: {value} ({claim})")
    if len(claims) > _SHOWN:
        typer.echo(f"{what}: {len(claims) - _SHOWN} more claims of the same")
