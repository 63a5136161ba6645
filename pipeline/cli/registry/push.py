"""`svodka registry push`: the registry's statements to somebody else's."""

import os
from collections.abc import Iterator
from typing import Annotated

import typer

from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, now, opened, registry_exit_codes
from pipeline.engine import svodka_version
from pipeline.errors import NetError
from pipeline.net import Manner, Patience, open_client
from pipeline.registry.database import Database, reading
from pipeline.registry.handout.push import Push, Sent, Size, pending
from pipeline.registry.handout.push.endpoint import TOKEN, Endpoint, endpoint
from pipeline.registry.handout.push.ledger import TRIES, Wish, refused_statements

NET_CODE = 7
_SHOWN = 20

_MANNER = Manner(
    user_agent=f"svodka/{svodka_version()} (registry push)",
    connect_seconds=10,
    read_seconds=60,
    answer_bytes=8 * 1024 * 1024,
    patience=Patience(attempts=8, total_seconds=600),
)
_HELP = f"""Tell another registry what this one holds: accepted statements, as JSON over HTTP (docs/push.md).

Each push sends what has changed since the last one to the same URL: new statements, those accepted or merged since, and
retractions of what was rejected or superseded. A push that is broken off goes on where it was. What the other side
refuses is kept, listed and sent again, {TRIES} times in all.

\b
Environment:
  {TOKEN}  the token that lets us in, sent as Authorization: Bearer

{registry_exit_codes({NET_CODE: "the endpoint cannot be reached, or did not take everything; nothing is lost"})}
"""


@group.command(help=_HELP, short_help="Send statements to another registry.")
def push(  # noqa: PLR0913 - the options of a command
    url: Annotated[str, typer.Argument(metavar="ENDPOINT", show_default=False, help="The URL that takes the batches.")],
    *,
    proposed: Annotated[bool, typer.Option("--proposed", help="Send proposed statements too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be sent; send nothing.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="List what was refused; send nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send again also what was refused for good.")] = False,
    insecure: Annotated[bool, typer.Option("--insecure", help="Allow http to another machine.")] = False,
    batch: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="The most statements in a request.")] = 500,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry push`."""
    there = endpoint(url, os.environ, insecure=insecure)
    wish = Wish(proposed=proposed, again=again)
    with opened(registry) as database:
        if refused:
            _print_refused(database, there, None)
        elif dry_run:
            ops = [message.op for messages in pending(database, there, wish) for message in messages]
            typer.echo(f"would assert {ops.count('assert'):,} statements and retract {ops.count('retract'):,}")
        else:
            with open_client(_MANNER) as client:
                _report(Push(database, there, wish, client, now, Size(batch)).run())
            _complain_of_refused(database, there)


def _report(batches: Iterator[Sent]) -> None:
    asserted = retracted = 0
    try:
        for number, sent in enumerate(batches, start=1):
            asserted, retracted = asserted + sent.asserted, retracted + sent.retracted
            if number % 50 == 0:
                typer.echo(f"{number:,} batches, {asserted + retracted:,} statements", err=True)
    finally:
        typer.echo(f"asserted {asserted:,} statements, retracted {retracted:,}")


def _complain_of_refused(database: Database, there: Endpoint) -> None:
    if count := _print_refused(database, there, _SHOWN):
        raise NetError(f"{there.name}: refuses {count:,} statements; they are kept (--refused lists them all)")


def _print_refused(database: Database, there: Endpoint, most: int | None) -> int:
    count = 0
    with reading(database) as connection:
        for item in refused_statements(connection, there.name):
            count += 1
            if most is None or count <= most:
                tries = f"{item.tries} tries" if item.tries < TRIES else "for good; --again sends it again"
                what = f"{item.op} {item.id}: {item.entity} · {item.prop} · {item.value}"
                typer.echo(f"refused ({tries}): {_plain(what)}: {_plain(item.reason)}")
    return count


def _plain(text: str) -> str:
    """Leave out what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
