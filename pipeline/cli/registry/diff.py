"""`svodka registry diff`: what the night brought."""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, TypeVar

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.cli.registry import _words as words
from pipeline.cli.registry._asking import Json, print_json
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.cli.registry.conflicts import shown as shown_conflict
from pipeline.registry.belief.days import checked_time
from pipeline.registry.belief.diff import Difference, New, Told, Turn, Word, difference
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import RelationView, Value
from pipeline.registry.database import reading
from pipeline.registry.kinds import NAMED, EntityKind

_HELP = f"""Tell what is new since a day or time: what the night brought.

New clusters, organizations, holders of posts and other relations; clusters whose status is another one; what is told
of known entities that was not told before; what no article says any more; new conflicts; what people decided. When
something was loaded or decided makes it new, not the day of its article.

\b
Example:
  svodka registry diff --since 2024-03-01T18:00+03:00

{registry_exit_codes()}
"""

Row = TypeVar("Row")


@group.command(help=_HELP, short_help="Tell what is new since a day or time.")
def diff(
    *,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE", show_default=False, help="A day or time; of a day its beginning in UTC."
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many of each sort at most.")] = 15,
    json: Json = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry diff`."""
    time = checked_time(since, "--since")
    with opened(registry) as database, reading(database) as connection:
        found = difference(connection, time)
    if json:
        print_json(found)
        return
    console = Console(soft_wrap=True)
    for part in _shown(found, limit):
        console.print(part)


def _shown(found: Difference, limit: int) -> Iterator[RenderableType]:
    yield Text(f"since {found.since}", style="bold")
    yield Text(
        f"{found.articles} new articles, {found.revised} with a new content, {found.superseded} statements superseded"
    )
    if found.counts:
        counts = ", ".join(f"{found.counts[kind]} {kind}" for kind in EntityKind if kind in found.counts)
        yield Text(f"new: {counts}")
    for kind in (EntityKind.CLUSTER, EntityKind.ORGANIZATION, EntityKind.EVENT):
        yield from _section(f"new: {kind}", [one for one in found.entities if one.kind is kind], _new, limit)
    yield from _section("cluster statuses", found.turns, _turn, limit)
    held = [relation for relation in found.relations if relation.kind is EntityKind.OCCUPANCY]
    yield from _section("new holders of posts", held, _holder, limit)
    others = [relation for relation in found.relations if relation.kind is not EntityKind.OCCUPANCY]
    yield from _section("other new relations", others, _relation, limit)
    yield from _section("told of known entities", found.values, _told, limit)
    yield from _section("said no more", found.retracted, _told, limit)
    if found.conflicts:
        yield Text(f"\nnew conflicts ({len(found.conflicts)})", style="bold")
        for conflict in found.conflicts[:limit]:
            yield from shown_conflict(conflict)
    yield from _section("decided", found.words, _word, limit)


def _section(title: str, rows: Sequence[Row], line: Callable[[Row], str], limit: int) -> Iterator[RenderableType]:
    if not rows:
        return
    yield Text(f"\n{title} ({len(rows)})", style="bold")
    for row in rows[:limit]:
        yield Text(f"  {line(row)}")
    if len(rows) > limit:
        yield Text(f"  and {len(rows) - limit} more", style="dim")


def _new(one: New) -> str:
    told = "; ".join(f"{prop}: {value}" for prop, value in one.told[:4])
    return "  ".join(filter(None, (one.name, told, f"{one.articles}×", one.id)))


def _turn(one: Turn) -> str:
    return f"{one.name}  {_status(one.before)} → {_status(one.after)}  {one.id}"


def _status(value: Value | None) -> str:
    return f"{value.value} ({words.standing(value.standing, value.status)})" if value else "unknown"


def _holder(one: RelationView) -> str:
    body = best(one.values, "body")
    term = one.terms[-1] if one.terms else None
    when = words.period(term) if term else words.modality(one.modality)
    name = f"{one.name}, {body.value}" if body else one.name
    return f"{name}  {when}  {words.standing(one.standing)}  {one.id}"


def _relation(one: RelationView) -> str:
    put = words.modality(one.modality)
    return "  ".join(filter(None, (f"{one.kind}: {one.name}", put, words.standing(one.standing), one.id)))


def _told(one: Told) -> str:
    put = f" ({one.modality})" if one.modality != "actual" else ""
    name = one.name if one.kind in NAMED else f"{one.kind} {one.name}"
    return f"{name}  {one.prop}: {one.value}{put}  {one.id}"


def _word(one: Word) -> str:
    why = f" ({one.why})" if one.why else ""
    return f"{one.at}  {one.who}: {one.verdict} {one.about}{why}"
