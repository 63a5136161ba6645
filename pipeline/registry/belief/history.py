"""Everything that was ever said of an entity, and what became of it: «откуда это известно».

Superseded and rejected statements too: nothing is left out, nothing is weighed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from pipeline.registry import schema
from pipeline.registry.belief.relations import value_ids
from pipeline.registry.belief.testimony import Said, canonical_ids, chunks, ends_of, names_of, said_of
from pipeline.registry.belief.trust import trust_of
from pipeline.registry.belief.view import Testimony
from pipeline.registry.kinds import NAMED, EntityKind


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on a claim."""

    claim: str
    verdict: str
    who: str
    at: str
    why: str | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said, and what became of it: `changes` are statuses with their times, `verdicts` what people decided.

    `of_id` is the entity or the relation that it is said of.
    """

    of_id: str
    kind: EntityKind
    name: str
    prop: str
    value: str
    value_id: str | None
    testimony: Testimony
    changes: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's word on two of the articles' entities: `same`, `different` or `open`."""

    left_id: str
    left: str
    right_id: str
    right: str
    verdict: str
    who: str
    at: str
    why: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What was said of an entity and of the relations that it is an end of, oldest first; what it was merged from."""

    id: str
    kind: EntityKind
    name: str
    entries: tuple[Entry, ...]
    judgements: tuple[Judged, ...]


def history(connection: Connection, id_: str, *, prop: str | None = None) -> History | None:
    """Give an entity's history, by any of its ids; `prop` narrows it to a property, or to a kind of relations."""
    canonical = canonical_ids(connection, [id_]).get(id_)
    if canonical is None:
        return None
    ends = [found for found, kind in ends_of(connection, [canonical]).get(canonical, ()) if kind not in NAMED]
    said = said_of(connection, [canonical, *ends], trust_of(connection), gone=True)
    names = names_of(connection, [canonical, *said, *value_ids(said)])
    kept = [one for found in said.values() for one in found if prop in {None, one.prop, one.kind.value}]
    kind = connection.execute(select(schema.entity.c.kind).where(schema.entity.c.id == canonical)).scalar_one()
    entries = _entries(connection, sorted(kept, key=_in_time), names)
    return History(canonical, EntityKind(kind), names[canonical], entries, judgements_of(connection, canonical))


def _in_time(said: Said) -> tuple[str, str, str, int, int]:
    """Order by day; what one sentence of an article says stays together."""
    told = said.testimony
    return told.day or "", told.loaded_at, told.revision_id, told.quote_start or 0, told.seq


def _entries(connection: Connection, said: list[Said], names: Mapping[str, str]) -> tuple[Entry, ...]:
    verdicts = verdicts_on(connection, {one.testimony.claim for one in said})
    changes = _changes(connection, [one.testimony.seq for one in said])
    return tuple(
        Entry(
            of_id=one.entity_id,
            kind=one.kind,
            name=names[one.entity_id],
            prop=one.prop,
            value=one.value,
            value_id=one.value_id,
            testimony=one.testimony,
            changes=tuple(changes.get(one.testimony.seq, ())),
            verdicts=tuple(verdicts.get(one.testimony.claim, ())),
        )
        for one in said
    )


def verdicts_on(connection: Connection, claims: Iterable[str]) -> dict[str, list[Verdict]]:
    """Read what people decided on claims, in the order of deciding."""
    decision, found = schema.decision.c, defaultdict(list)
    for chunk in chunks(sorted(claims)):
        query = select(schema.decision).where(decision.claim.in_(chunk)).order_by(decision.seq)
        for row in connection.execute(query):
            found[row.claim].append(Verdict(row.claim, row.verdict, row.who, row.at, row.why, row.instead))
    return found


def _changes(connection: Connection, seqs: list[int]) -> dict[int, list[tuple[str, str]]]:
    change, found = schema.change.c, defaultdict(list)
    for start in range(0, len(seqs), 400):
        wanted = change.statement_seq.in_(seqs[start : start + 400])
        for row in connection.execute(select(schema.change).where(wanted).order_by(change.seq)):
            found[row.statement_seq].append((row.status, row.at))
    return found


def judgements_of(connection: Connection, canonical: str) -> tuple[Judged, ...]:
    """Read people's words on the articles' entities that are held to be this one, or that were."""
    entity, judgement = schema.entity, schema.judgement.c
    left, right = entity.alias("left_"), entity.alias("right_")
    query = (
        select(schema.judgement, left.c.name.label("left_name"), right.c.name.label("right_name"))
        .join(left, judgement.left_id == left.c.id)
        .join(right, judgement.right_id == right.c.id)
        .where(or_(*(of == canonical for side in (left, right) for of in (side.c.canonical_id, side.c.id))))
        .order_by(judgement.seq)
    )
    return tuple(
        Judged(row.left_id, row.left_name, row.right_id, row.right_name, row.verdict, row.who, row.at, row.why)
        for row in connection.execute(query)
    )
