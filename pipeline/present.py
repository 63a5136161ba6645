"""One record as a person reads it in a terminal: Rich renderables, nothing printed here."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.record import Date, Money, Record, RecordArticle
from pipeline.tables import ENTITY_TABLES, Row, fact_summary, names, rows

Decision = tuple[str, bool, str]  # a block of the page, whether it was kept, the rule that settled it

# What a person wants of each table at a glance; `--json` has everything.
_GLANCE: dict[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "kind", "region", "mentions"),
    "clusters": ("id", "name", "kind", "status", "region", "mentions"),
    "persons": ("id", "name", "mentions"),
    "officials": ("id", "person", "position", "organization", "status", "unresolved"),
    "places": ("id", "name", "kind", "region", "mentions"),
    "events": ("id", "name", "kind", "place", "from", "to"),
    "dates": ("id", "text", "from", "to", "granularity", "year_from", "unresolved"),
    "money": ("id", "text", "min", "max", "currency", "approximate", "per_unit", "measures", "unresolved"),
}


def record_view(record: Record) -> Iterator[RenderableType]:
    """Show the article's head, its text, then a table a kind and the facts with their quotes."""
    yield from _article(record.article)
    found = rows(record)
    for name, columns in _GLANCE.items():
        if found[name]:
            yield _table(name, columns, found[name])
    if record.facts:
        yield _facts(record)


def why_view(record: Record, decisions: Iterable[Decision]) -> Iterator[RenderableType]:
    """Show, for each value, the rule and the words it rests on; then what became of each block of the page."""
    named, text = names(record), record.article.text
    table = Table(title="why each value", title_justify="left")
    for column in ("id", "value", "rule", "confidence", "where", "evidence"):
        table.add_column(column, overflow="fold")
    for kind in ENTITY_TABLES:
        for entity in getattr(record, kind):
            for mention in entity.mentions:
                where = f"{mention.start}:{mention.stop}"
                cells = (
                    entity.id,
                    _value(entity) or named[entity.id],
                    mention.rule,
                    f"{mention.confidence:.2f}",
                    where,
                )
                table.add_row(*map(escape, cells), _context(text, mention.start, mention.stop))
    for fact in record.facts:
        evidence = fact.evidence
        where = f"{evidence.start}:{evidence.stop}"
        cells = (fact.id, f"{fact.kind} {fact_summary(fact.roles, named)}", fact.rule, f"{fact.confidence:.2f}", where)
        table.add_row(*map(escape, cells), escape(evidence.quote))
    yield table
    if blocks := list(decisions):
        yield _blocks(blocks)


def _article(article: RecordArticle) -> Iterator[RenderableType]:
    yield Text(article.title or article.id, style="bold")
    published = f"{article.published_at} ({article.published_source})" if article.published_at else "no date"
    about = (published, article.site_name or article.site, ", ".join(article.authors), article.url, article.source.file)
    yield Text(" · ".join(part for part in about if part), style="dim")
    body = article.text.removeprefix(article.title or "").strip()
    yield Padding(Text(body), (1, 0))


def _table(title: str, columns: tuple[str, ...], found: list[Row]) -> Table:
    used = [column for column in columns if any(row[column] not in (None, "", False) for row in found)]
    table = Table(title=title, title_justify="left")
    for column in used:
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(*(escape("" if row[column] is None else str(row[column])) for column in used))
    return table


def _facts(record: Record) -> Table:
    named = names(record)
    table = Table(title="facts", title_justify="left")
    for column in ("id", "kind", "what", "status", "evidence"):
        table.add_column(column, overflow="fold")
    for fact in record.facts:
        cells = (fact.id, fact.kind, fact_summary(fact.roles, named), fact.status, fact.evidence.quote)
        table.add_row(*map(escape, cells))
    return table


def _value(entity: object) -> str:
    """Write a date's or an amount's bounds, or why it has none; empty for what has a name."""
    match entity:
        case Date(unresolved=None):
            return f"{entity.start or ''}..{entity.stop or ''}"
        case Money(unresolved=None):
            return f"{entity.min or ''}..{entity.max or ''} {entity.currency}"
        case Date() | Money():
            return f"? {entity.unresolved}"
    return ""


def _context(text: str, start: int, stop: int, around: int = 40) -> Text:
    """Show the words around a mention, the mention itself bold."""
    left, right = text[max(0, start - around) : start], text[stop : stop + around]
    shown = Text()
    shown.append(("…" if start > around else "") + left.replace("\n", " "))
    shown.append(text[start:stop], style="bold")
    shown.append(right.replace("\n", " ") + ("…" if stop + around < len(text) else ""))
    return shown


def _blocks(decisions: list[Decision], longest: int = 100) -> Table:
    table = Table(title="what became of each block of the page", title_justify="left")
    for column in ("", "rule", "block"):
        table.add_column(column, overflow="fold")
    for text, kept, rule in decisions:
        line = " ".join(text.split())
        table.add_row("kept" if kept else "cut", escape(rule), escape(line[:longest] + "…" * (len(line) > longest)))
    return table
