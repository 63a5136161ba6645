"""Judgements as they were said, and what a canonical entity has one of, for checking a new judgement against."""

from collections import defaultdict
from dataclasses import dataclass, fields

from sqlalchemy import Connection, or_, select

from pipeline.registry import schema
from pipeline.registry.identity import facets, from_json
from pipeline.registry.resolve import OPEN

_JUDGEMENT, _PROFILE, _ENTITY = schema.judgement.c, schema.profile.c, schema.entity.c


@dataclass(frozen=True, slots=True)
class Word:
    """The last word on a pair of entities."""

    seq: int
    left_id: str
    right_id: str
    verdict: str
    who: str
    at: str
    why: str | None


def words_between(connection: Connection, one: str, other: str, verdict: str) -> list[Word]:
    """Give the standing words of one kind between the members of two canonical entities."""
    standing = standing_words(connection)
    canonical = _canonical(connection, standing)
    ends = {one, other}
    return [w for w in standing if w.verdict == verdict and {canonical[w.left_id], canonical[w.right_id]} == ends]


def last_act(connection: Connection, canonical_id: str, entity_id: str) -> tuple[Word, ...]:
    """Give the standing words of the last act on an entity or a member of it."""
    standing = standing_words(connection)
    canonical = _canonical(connection, standing)
    about = [w for w in standing if entity_id in {w.left_id, w.right_id}]
    about = about or [w for w in standing if canonical_id in {canonical[w.left_id], canonical[w.right_id]}]
    if not about:
        return ()
    last = max(about, key=lambda word: word.seq)
    return tuple(word for word in standing if (word.who, word.at) == (last.who, last.at))


def facets_of(connection: Connection, canonical_id: str) -> dict[str, set[str]]:
    """Give the values of what an entity has one of, from all its profiles."""
    found: dict[str, set[str]] = defaultdict(set)
    query = select(_PROFILE.features).where(_PROFILE.canonical_id == canonical_id)
    for features in connection.execute(query).scalars():
        for name, value in facets(from_json(features)).items():
            found[name].add(value)
    return dict(found)


def standing_words(connection: Connection) -> list[Word]:
    """Read the last word on each pair, but for pairs that are open again."""
    columns = [_JUDGEMENT[field.name] for field in fields(Word)]
    rows = (Word(*row) for row in connection.execute(select(*columns).order_by(_JUDGEMENT.seq)))
    said = {(word.left_id, word.right_id): word for word in rows}
    return [word for word in said.values() if word.verdict != OPEN]


def _canonical(connection: Connection, words: list[Word]) -> dict[str, str]:
    if not words:
        return {}
    ends = or_(_ENTITY.id.in_(select(_JUDGEMENT.left_id)), _ENTITY.id.in_(select(_JUDGEMENT.right_id)))
    rows = connection.execute(select(_ENTITY.id, _ENTITY.canonical_id).where(ends))
    return {row.id: row.canonical_id or row.id for row in rows}
