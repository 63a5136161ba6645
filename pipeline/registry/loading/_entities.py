"""The named entities of a record, and what it says of each."""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from pipeline.fact import FactKind
from pipeline.record import Fact, Mentions, Official, PrintedMention, Record
from pipeline.registry.ids import entity_id
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading._passages import Passages
from pipeline.registry.loading.draft import EntityDraft, Grounds, StatementDraft

# Of each list of a record: its kind, and the properties that its entities have as fields of the same name.
_LISTS = {
    "places": (EntityKind.PLACE, ("kind", "region")),
    "organizations": (EntityKind.ORGANIZATION, ("kind", "legal_form", "region")),
    "clusters": (EntityKind.CLUSTER, ("kind", "scope", "industry", "region", "status")),
    "persons": (EntityKind.PERSON, ("first", "patronymic", "last")),
    "events": (EntityKind.EVENT, ("kind", "place", "start", "stop")),
}
_PROPERTY_OF_FIELD = {"stop": "end"}

# The facts about who holds a post, and the status of the occupancy that each means.
TENURE = {FactKind.HOLDS_POSITION: "current", FactKind.APPOINTED: "appointed", FactKind.DISMISSED: "dismissed"}


def entity_drafts(record: Record, passages: Passages) -> Iterator[EntityDraft]:
    """Draft organizations, clusters, persons, places and events, then the posts."""
    found = {draft.local_id: draft for draft in _named(record, passages)}
    parents = {entity.id: entity.parent for entity in record.organizations if entity.parent in found}
    for draft in found.values():
        parent = found.get(parents.get(draft.local_id) or "")
        said = (
            (StatementDraft(draft.id, "parent", parent.name, draft.statements[0].grounds, parent.id),) if parent else ()
        )
        yield EntityDraft(draft.id, draft.local_id, draft.kind, draft.name, (*draft.statements, *said))
    yield from _posts(record, found, passages)


def _named(record: Record, passages: Passages) -> Iterator[EntityDraft]:
    for table, (kind, fields) in _LISTS.items():
        version = f"{table}-{record.article.extractors.get(table, '?')}"
        namesakes: Counter[tuple[str, str | None]] = Counter()
        for entity in getattr(record, table):
            told_apart = entity.name, getattr(entity, "region", None)
            number = namesakes[told_apart]
            namesakes[told_apart] += 1
            made = entity_id(kind, record.article.id, *told_apart, str(number) if number else None)
            statements = tuple(_statements(made, entity, fields, version, passages))
            yield EntityDraft(made, entity.id, kind, entity.name, statements)


def _statements(
    made: str, entity: Any, fields: tuple[str, ...], version: str, passages: Passages
) -> Iterator[StatementDraft]:
    first = grounds(entity.mentions[0], version, passages)
    yield StatementDraft(made, "name", entity.name, first)
    for alias in getattr(entity, "aliases", ()):
        yield StatementDraft(made, "alias", alias, grounds(_printed_as(alias, entity.mentions), version, passages))
    for field in fields:
        if (value := getattr(entity, field)) is not None:
            yield StatementDraft(made, _PROPERTY_OF_FIELD.get(field, field), str(value), first)
    for scheme, number in getattr(entity, "identifiers", {}).items():
        yield StatementDraft(made, scheme, number, first)


def grounds(mention: PrintedMention, version: str, passages: Passages) -> Grounds:
    """Rest a statement on a mention and the sentence around it."""
    where = passages.around(mention.start, mention.stop)
    return Grounds(
        mention.rule, version, mention.confidence, mention.text, mention.start, mention.stop, *where
    )  # fmt: skip


def _printed_as(name: str, mentions: Mentions) -> PrintedMention:
    """Find the mention that a name was most likely read from: names are in the nominative, mentions as printed."""

    def likeness(mention: PrintedMention) -> float:
        printed, wanted = mention.text.casefold(), name.casefold()
        shared = takewhile(lambda letters: letters[0] == letters[1], zip(printed, wanted, strict=False))
        return sum(1 for _ in shared) / max(len(printed), len(wanted))

    return max(mentions, key=likeness)


def post_of(told: Official | Fact) -> tuple[str, str | None]:
    """Tell the posts of one article apart: the position, and the body or place where, by id or by name."""
    if isinstance(told, Official):
        return told.position, told.organization_id or told.place_id or told.organization
    return told.roles.get("position", ""), told.roles.get("organization")


def post_local_id(position: str, where: str | None) -> str:
    """Name a post among the drafts of its article."""
    return f"post|{position}|{where or ''}"


def _posts(record: Record, found: dict[str, EntityDraft], passages: Passages) -> Iterator[EntityDraft]:
    told: dict[tuple[str, str | None], Official | Fact] = {}
    for official in record.officials:
        told.setdefault(post_of(official), official)
    for fact in record.facts:
        if fact.kind in TENURE and "official" not in fact.roles and "position" in fact.roles:
            told.setdefault(post_of(fact), fact)
    for (position, where), first in told.items():
        body = found.get(where or "")
        made = entity_id(EntityKind.POST, record.article.id, position, body.id if body else where)
        said = _post_grounds(first, record, passages)
        statements = [StatementDraft(made, "name", position, said)]
        if where:
            statements.append(
                StatementDraft(made, "body", body.name if body else where, said, body.id if body else None)
            )
        if isinstance(first, Official) and first.unresolved:
            statements.append(StatementDraft(made, "unresolved", first.unresolved, said))
        yield EntityDraft(made, post_local_id(position, where), EntityKind.POST, position, tuple(statements))


def _post_grounds(told: Official | Fact, record: Record, passages: Passages) -> Grounds:
    if isinstance(told, Official):
        mention = (told.position_mentions or told.mentions)[0]
        return grounds(mention, f"officials-{record.article.extractors.get('officials', '?')}", passages)
    return fact_grounds(told, record)


def fact_grounds(fact: Fact, record: Record) -> Grounds:
    """Rest a statement on a fact's evidence."""
    evidence = fact.evidence
    where = (evidence.quote, evidence.start, evidence.stop, evidence.start, evidence.stop)
    return Grounds(fact.rule, f"facts-{record.article.extractors.get('facts', '?')}", fact.confidence, *where)
