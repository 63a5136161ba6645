"""Records as flat tables, one a kind, keyed by `article` (its id) and `id` (the local id).

For a notebook: `tables(map(process, pages))` gives pandas DataFrames. For the sinks: `rows(record)` gives the same rows
one record at a time. Every table has its columns even when it has no rows.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.model import Rejected
from pipeline.record import Mentions, PrintedMention, Record

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

_WHERE = ("mentions", "text", "start", "stop", "rule", "confidence")

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        "article", "title", "published_at", "published_source", "url", "site", "site_name", "authors", "lead", "text",
        "file", "member", "organizations", "clusters", "officials", "dates", "money", "facts",
    ),
    "organizations": (
        "article", "id", "name", "kind", "legal_form", "aliases", "parent", "region", "inn", "ogrn", *_WHERE,
    ),
    "clusters": ("article", "id", "name", "kind", "scope", "industry", "region", "status", "aliases", *_WHERE),
    "persons": ("article", "id", "name", "first", "patronymic", "last", *_WHERE),
    "officials": (
        "article", "id", "person", "position", "organization", "territory", "status", "unresolved", "person_id",
        "organization_id", "place_id", *_WHERE,
    ),
    "places": ("article", "id", "name", "kind", "region", *_WHERE),
    "events": ("article", "id", "name", "kind", "place", "from", "to", *_WHERE),
    "dates": ("article", "id", "from", "to", "granularity", "relative", "year_from", "unresolved", *_WHERE),
    "money": (
        "article", "id", "min", "max", "currency", "approximate", "per_unit", "measures", "unresolved", *_WHERE,
    ),
    "facts": (
        "article", "id", "kind", "summary", "status", "date", "place", "quote", "start", "stop", "rule", "confidence",
        "roles",
    ),
    "mentions": ("article", "kind", "id", "text", "start", "stop", "rule", "confidence"),
}  # fmt: skip

ENTITY_TABLES = ("organizations", "clusters", "persons", "officials", "places", "events", "dates", "money")
_JOINED = "; "


def tables(outcomes: Iterable[Record | Rejected]) -> "dict[str, pd.DataFrame]":
    """Give one DataFrame a table of `COLUMNS`; rejected pages among the outcomes are passed over."""
    import pandas as pd  # noqa: PLC0415 - half of the command line's start, and only notebooks need it

    collected: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for record in (outcome for outcome in outcomes if isinstance(outcome, Record)):
        for name, found in rows(record).items():
            collected[name].extend(found)
    return {name: pd.DataFrame(found, columns=list(COLUMNS[name])) for name, found in collected.items()}


def rows(record: Record) -> dict[str, list[Row]]:
    """Give a record's rows by table, each with exactly the columns of its table."""
    article = record.article.id
    found = {"articles": [_article(record)]}
    for name in ENTITY_TABLES:
        found[name] = [_entity(article, name, entity) for entity in getattr(record, name)]
    found["facts"] = list(_facts(record))
    found["mentions"] = list(_mentions(record))
    return found


def names(record: Record) -> dict[str, str]:
    """Give a readable name for every local id of a record."""
    named: dict[str, str] = {}
    for table in ENTITY_TABLES:
        for entity in getattr(record, table):
            named[entity.id] = getattr(entity, "name", None) or getattr(entity, "person", None) or entity.text
    return named


def fact_summary(roles: dict[str, str], named: dict[str, str]) -> str:
    """Write a fact's roles for a reader: `subject: Фонд развития промышленности; measure: капитализация`.

    An `official` role only repeats the others and is left out.
    """
    return _JOINED.join(f"{role}: {named.get(value, value)}" for role, value in roles.items() if role != "official")


def _article(record: Record) -> Row:
    article = record.article
    counts = {name: len(getattr(record, name)) for name in (*ENTITY_TABLES, "facts")}
    values = {
        **{name: getattr(article, name, None) for name in COLUMNS["articles"]},
        **counts,
        "article": article.id,
        "authors": _JOINED.join(article.authors),
        "file": article.source.file,
        "member": article.source.member,
    }
    return {column: values[column] for column in COLUMNS["articles"]}


# Columns that a record's entity keeps under another name or in another shape.
_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "from": lambda entity: entity.start,
    "to": lambda entity: entity.stop,
    "aliases": lambda entity: _JOINED.join(entity.aliases),
    "inn": lambda entity: entity.identifiers.get("inn"),
    "ogrn": lambda entity: entity.identifiers.get("ogrn"),
}


def _entity(article: str, table: str, entity: Any) -> Row:
    where = _first(entity.mentions)
    row: Row = {}
    for column in COLUMNS[table]:
        if column == "article":
            row[column] = article
        elif column in _WHERE:
            row[column] = where[column]
        else:
            row[column] = _SPECIAL[column](entity) if column in _SPECIAL else getattr(entity, column)
    return row


def _first(mentions: Mentions) -> Row:
    """Describe the first mention; an entity always has one."""
    first = mentions[0]
    return {"mentions": len(mentions), **_mention(first)}


def _mention(mention: PrintedMention) -> Row:
    return {name: getattr(mention, name) for name in ("text", "start", "stop", "rule", "confidence")}


def _facts(record: Record) -> Iterator[Row]:
    named = names(record)
    dates = {date.id: _interval(date.start, date.stop) for date in record.dates}
    for fact in record.facts:
        yield {
            "article": record.article.id,
            "id": fact.id,
            "kind": fact.kind,
            "summary": fact_summary(fact.roles, named),
            "status": fact.status,
            "date": dates.get(fact.date or "", fact.date),
            "place": named.get(fact.place or "", fact.place),
            "quote": fact.evidence.quote,
            "start": fact.evidence.start,
            "stop": fact.evidence.stop,
            "rule": fact.rule,
            "confidence": fact.confidence,
            "roles": json.dumps(fact.roles, ensure_ascii=False),
        }


def _interval(start: str | None, stop: str | None) -> str | None:
    """Write an interval in ISO 8601, a single day as it is, an unread one as None.

    >>> _interval("2024-07-08", "2024-07-08"), _interval("2024-07-08", "2024-07-11"), _interval("2021-01-01", None)
    ('2024-07-08', '2024-07-08/2024-07-11', '2021-01-01/..')
    """
    if start == stop:
        return start
    return f"{start or '..'}/{stop or '..'}"


def _mentions(record: Record) -> Iterator[Row]:
    for table in ENTITY_TABLES:
        for entity in getattr(record, table):
            for mention in entity.mentions:
                yield {"article": record.article.id, "kind": table, "id": entity.id, **_mention(mention)}
