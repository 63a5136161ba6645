"""`svodka registry history`: everything that was ever said of an entity."""

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.cli.registry import _words as words
from pipeline.cli.registry._asking import ABOUT_NAME, Json, Kind, Name, print_json, the_one
from pipeline.cli.registry._group import REGISTRY_URL, RegistryUrl, group, opened, registry_exit_codes
from pipeline.errors import OptionError, RegistryError
from pipeline.registry.belief.find import find
from pipeline.registry.belief.history import Entry, History
from pipeline.registry.belief.history import history as history_of
from pipeline.registry.database import reading
from pipeline.registry.kinds import NAMED, PROPERTIES, EntityKind, Status

_HELP = f"""Show everything that was ever said of an entity, oldest first: what is superseded and rejected, too.

{ABOUT_NAME} PROPERTY narrows it to a property such as status or region, or to a kind of relations such as occupancy.

Of each statement: the day of its article, the value, the quote, the article, the rule and its confidence, when it was
loaded, what became of it, and who decided what on it.

{registry_exit_codes()}
"""


@group.command(help=_HELP, short_help="Show everything that was ever said of an entity.")
def history(
    name: Name,
    prop: Annotated[str | None, typer.Argument(metavar="PROPERTY", show_default=False, help="Only this.")] = None,
    *,
    kind: Kind = None,
    json: Json = False,
    registry: RegistryUrl = REGISTRY_URL,
) -> None:
    """Carry out `svodka registry history`."""
    known = {*PROPERTIES, *(kind.value for kind in EntityKind if kind not in NAMED)}
    if prop is not None and prop not in known:
        raise OptionError(f"{prop}: no property and no kind of relations; there are {', '.join(sorted(known))}")
    with opened(registry) as database, reading(database) as connection:
        found = history_of(connection, the_one(find(connection, name, kind=kind), name), prop=prop)
    if found is None:
        raise RegistryError(f"{name!r}: it left the registry a moment ago")
    if json:
        print_json(found)
        return
    console = Console(soft_wrap=True)
    for part in _shown(found):
        console.print(part)


def _shown(found: History) -> Iterator[RenderableType]:
    yield Text(found.name, style="bold")
    yield Text(f"{found.kind} · {found.id} · {len(found.entries)} statements", style="dim")
    for _, entries in groupby(found.entries, key=_sentence):
        yield from _quoted(list(entries), found.id)
    for judged in found.judgements:
        why = f" ({judged.why})" if judged.why else ""
        pair = f"{judged.left} {judged.left_id} / {judged.right} {judged.right_id}"
        yield Text(f"{judged.at}  {judged.verdict}: {pair}, {judged.who}{why}", style="bold")


def _sentence(entry: Entry) -> tuple[str, str]:
    return entry.testimony.revision_id, words.quote(entry.testimony)


def _quoted(entries: list[Entry], of: str) -> Iterator[Text]:
    """Show what one sentence of an article says: the article, its words, then what was read from them."""
    said = entries[0].testimony
    head = Text("\n")
    head.append(f"{words.where(said)} · loaded {said.loaded_at}", style="dim")
    if quote := words.quote(said):
        head.append(f"\n    «{quote}»", style="italic")
    yield head
    for entry in entries:
        yield _entry(entry, of)


def _entry(entry: Entry, of: str) -> Text:
    said = entry.testimony
    gone = said.status in {Status.SUPERSEDED, Status.REJECTED}
    about = "" if entry.of_id == of else f"{entry.kind} {entry.name}, "
    shown = Text(f"    {about}{entry.prop}: ")
    shown.append(entry.value, style="strike" if gone else "bold")
    put = words.modality(said.modality)
    shown.append(f"{f' ({put})' if put else ''}  {said.status}")
    shown.append(f"  {said.rule} ({said.version}), confidence {said.confidence:.2f}, claim {said.claim}", style="dim")
    for status, at in entry.changes:
        shown.append(f"\n        {status} {at}")
    for verdict in entry.verdicts:
        instead = f", instead: claim {verdict.instead}" if verdict.instead else ""
        why = f" ({verdict.why})" if verdict.why else ""
        shown.append(f"\n        {verdict.verdict} by {verdict.who} {verdict.at}{why}{instead}", style="bold")
    return shown
