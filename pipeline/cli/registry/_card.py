"""An entity's card as the terminal shows it: Rich renderables, nothing printed here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipeline.cli.registry import _words as words
from pipeline.registry.belief.timeline import timeline
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import EntityView, Hold, Holder, RelationView, Term, Testimony, Value
from pipeline.registry.kinds import EntityKind

_NAMES = 12
_MOMENTS = 30
_ROWS = 40
_AMOUNTS = frozenset({EntityKind.AMOUNT, EntityKind.QUANTITY})


def card(view: EntityView, *, why: bool) -> Iterator[RenderableType]:
    """Show an entity: its names, properties, posts, relations, amounts and days; `why` with the words they rest on."""
    yield Text(view.name, style="bold")
    about = (view.kind, view.id, _count(view.articles, "article"), words.seen(view.first_seen, view.last_seen))
    yield Text(" · ".join(filter(None, about)), style="dim")
    if names := _names(view):
        yield Text(f"also: {names}")
    yield from _properties(view, why=why)
    yield from _occupancies(view)
    yield from _relations(view, why=why)
    if moments := _timeline(view):
        yield moments
    if view.more_relations:
        yield Text(f"and {view.more_relations} more relations", style="dim")


def holders_on(day: str, found: tuple[Holder, ...]) -> RenderableType:
    """Show who held posts on a day, by all that is known now; those in doubt only where nobody is certain."""
    certain = {one.post_id for one in found if one.hold is Hold.CERTAIN}
    shown = [one for one in found if one.hold is Hold.CERTAIN or one.post_id not in certain]
    table = _table(f"in post on {day}, by all that is known now", ("post", "who", "how surely", "from", "until"))
    for one in shown[:_ROWS]:
        bounds = (words.begun(one.term), words.ended(one.term))
        table.add_row(escape(one.post), escape(one.person), one.hold.value, *bounds)
    return table


def _names(view: EntityView) -> str:
    told = (value.value for value in view.values if value.prop in {"name", "alias"})
    names = [name for name in dict.fromkeys(told) if name != view.name]
    more = f" +{len(names) - _NAMES}" if len(names) > _NAMES else ""
    return "; ".join(names[:_NAMES]) + more


def _properties(view: EntityView, *, why: bool) -> Iterator[RenderableType]:
    shown = [value for value in view.values if why or value.prop not in {"name", "alias"}]
    if shown:
        yield _values_table("", shown, why=why)


def _values_table(title: str, values: Iterable[Value], *, why: bool) -> Table:
    table = _table(title, ("property", "value", "standing", "said by", "seen"))
    above: Testimony | None = None
    for value in values:
        cells = (value.prop, words.written(value), words.standing(value.standing, value.status))
        table.add_row(*cells, words.sources(value.testimony), words.seen(value.first_seen, value.last_seen))
        if why:
            table.add_row("", _evidence(value, above), "", "", "")
            above = value.testimony[0]
    return table


def _evidence(value: Value, above: Testimony | None) -> Text:
    """Show the surest words for a value, with their article and claim; not again those that stand right above."""
    said = value.testimony[0]
    quote = words.quote(said)
    if above and (above.revision_id, above.quote_start) == (said.revision_id, said.quote_start):
        shown = Text("the same words", style="dim")
    else:
        shown = Text(f"«{quote}»" if quote else "no quote", style="italic")
        shown.append(f"\n{words.where(said)}", style="dim")
    shown.append(f"\n{said.rule}, confidence {said.confidence:.2f}, claim {said.claim}", style="dim")
    return shown


def _occupancies(view: EntityView) -> Iterator[RenderableType]:
    held = [relation for relation in view.relations if relation.kind is EntityKind.OCCUPANCY]
    if held:
        table = _table("posts and holders", ("post", "of", "who", "from", "until", "standing"))
        rows = [(relation, term) for relation in held for term in relation.terms or (None,)]
        for relation, term in sorted(rows, key=_by_post)[:_ROWS]:
            table.add_row(*_occupancy(relation, term))
        if len(rows) > _ROWS:
            table.add_row(f"{len(rows) - _ROWS} more", "", "", "", "", "")
        yield table


def _by_post(row: tuple[RelationView, Term | None]) -> tuple[str, float, str]:
    relation, term = row
    post = best(relation.values, "post")
    latest = (term.last_seen or "") if term else ""
    return post.value if post else "", -relation.standing, latest


def _occupancy(relation: RelationView, term: Term | None) -> Iterator[str]:
    for prop in ("post", "body", "holder"):
        value = best(relation.values, prop)
        yield escape(value.value) if value else ""
    acting = " (acting)" if term and term.acting else ""
    yield (words.begun(term) + acting) if term else words.modality(relation.modality)
    yield words.ended(term) if term else ""
    yield words.standing(relation.standing)


def _relations(view: EntityView, *, why: bool) -> Iterator[RenderableType]:
    groups: dict[EntityKind, list[RelationView]] = defaultdict(list)
    for relation in view.relations:
        if relation.kind not in {EntityKind.OCCUPANCY, EntityKind.POST}:
            groups[relation.kind].append(relation)
    for kind, relations in groups.items():
        if why:
            for relation in relations[:_ROWS]:
                yield _values_table(f"{kind}: {escape(relation.name)}", relation.values, why=True)
        else:
            yield _amounts(kind, relations) if kind in _AMOUNTS else _plain(kind, relations)


def _plain(kind: EntityKind, relations: list[RelationView]) -> Table:
    table = _table(_title(kind, relations), ("what", "how", "date", "standing", "seen"))
    for relation in relations[:_ROWS]:
        date = best(relation.values, "date", relation.modality)
        cells = (escape(relation.name), words.modality(relation.modality), date.value if date else "")
        table.add_row(*cells, words.standing(relation.standing), words.seen(relation.first_seen, relation.last_seen))
    return table


def _amounts(kind: EntityKind, relations: list[RelationView]) -> Table:
    table = _table(_title(kind, relations), ("of", "measure", "amount", "date", "how", "standing"))
    for relation in relations[:_ROWS]:
        told = {prop: best(relation.values, prop, relation.modality) for prop in ("subject", "measure", "text", "date")}
        cells = [escape(value.value) if value else "" for value in told.values()]
        cells[2] = cells[2] or _bounds(relation)
        table.add_row(*cells, words.modality(relation.modality), words.standing(relation.standing))
    return table


def _bounds(relation: RelationView) -> str:
    bounds = (best(relation.values, prop, relation.modality) for prop in ("min", "max"))
    return "–".join(dict.fromkeys(value.value for value in bounds if value))


def _timeline(view: EntityView) -> RenderableType | None:
    moments = timeline(view)
    if not moments:
        return None
    table = _table("timeline", ("when", "what", "", "how"))
    for one in moments[-_MOMENTS:]:
        sure = one.certainty.value if one.certainty.value != "known" else ""
        how = ", ".join(filter(None, (sure if sure != one.what else "", words.modality(one.modality))))
        table.add_row(str(one.days), one.what, escape(one.text), how)
    return table


def _title(kind: EntityKind, relations: list[RelationView]) -> str:
    return f"{kind}, {_ROWS} of {len(relations)}" if len(relations) > _ROWS else kind


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
