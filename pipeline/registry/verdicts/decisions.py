"""The keeper's word: claims are accepted, rejected, or proposed again; the last word is taken back.

Decisions are rows that are only ever added; `statement.status` follows from the last one about its claim. A keeper
usually decides on a value, that is on all claims that make it, in one act. What later articles say is settled by what
was decided before, without asking again: a repeated accepted value is accepted, a repeated rejected one
stays rejected. Two keepers who decide at once wait for one another at the claim's article; the last word counts, both
are kept. Knows nothing of how a value is shown or chosen.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, insert, literal, select, update

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database.touched import Touched
from pipeline.registry.kinds import Origin, Status
from pipeline.registry.resolve import settle

VERDICTS = frozenset({Status.ACCEPTED, Status.REJECTED, Status.PROPOSED})

_NAMING = ("name", "alias")  # decisions on which change how an entity is called and found, once it is resolved
_AT_ONCE = 5_000  # ids in one query: below the limits of both databases
_DECISION, _STATEMENT, _REVISION, _ARTICLE = (
    schema.decision.c, schema.statement.c, schema.revision.c, schema.article.c,
)  # fmt: skip

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when (UTC) and, if they say so, why."""

    who: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word on one claim; `instead` is the claim of the keeper's own statement that stands in its place."""

    claim: str
    status: Status
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """An act taken back: its claims, and those of them that somebody has decided anew since and that stay so."""

    act: str
    claims: tuple[str, ...]
    left: tuple[str, ...]


def decide(connection: Connection, claims: Iterable[str], status: Status, by: Signature) -> str:
    """Give one verdict on claims in one act; give the act's id.

    Raises RegistryError, with nothing written, where a claim is not in the registry.
    """
    return decide_each(connection, [Verdict(claim, status) for claim in dict.fromkeys(claims)], by)


def choose(connection: Connection, so: Collection[str], not_so: Collection[str], by: Signature) -> str:
    """Accept claims and reject those that they leave no room for, in one act; a claim on both sides is accepted."""
    wrong = [Verdict(claim, Status.REJECTED) for claim in sorted(set(not_so) - set(so))]
    return decide_each(connection, [*wrong, *(Verdict(claim, Status.ACCEPTED) for claim in so)], by)


def decide_each(connection: Connection, verdicts: Sequence[Verdict], by: Signature) -> str:
    """Give a verdict on each of several claims in one act, such as the choice among values that cannot all be true."""
    if unusual := {verdict.status for verdict in verdicts} - VERDICTS:
        raise RegistryError(f"a claim cannot be {', '.join(sorted(unusual))}: accepted, rejected or proposed")
    lock_articles(connection, [verdict.claim for verdict in verdicts])
    return _write(connection, verdicts, by)


def undo(connection: Connection, by: Signature) -> Undone | None:
    """Take back the last act of this person that is not taken back yet; None where there is none.

    Each claim gets the verdict that it had before. A correction's own statement is rejected, since nothing else ever
    said it.
    """
    last = select(_DECISION.act).where(_DECISION.who == by.who, _stands()).order_by(_DECISION.seq.desc()).limit(1)
    act = connection.execute(last).scalar()
    return None if act is None else undo_act(connection, act, by)


def undo_act(connection: Connection, act: str, by: Signature) -> Undone:
    """Take back an act; raises RegistryError where there is none that stands."""
    query = select(_DECISION.seq, _DECISION.claim).where(_DECISION.act == act, _stands())
    own = {row.claim: row.seq for row in connection.execute(query)}
    if not own:
        raise RegistryError(f"{act}: no such act among the decisions that stand")
    lock_articles(connection, own)
    others = _other_words(connection, own, act)
    left = tuple(claim for claim in own if claim in others and others[claim].seq > own[claim])
    usual = dict.fromkeys(own, Status.PROPOSED) | _keepers_own(connection, own)
    verdicts = [
        Verdict(claim, Status(others[claim].verdict) if claim in others else usual[claim])
        for claim in own
        if claim not in left
    ]
    _write(connection, verdicts, by, undoes=act)
    return Undone(act, tuple(own), left)


def _stands() -> ColumnElement[bool]:
    """Narrow decisions to those that nobody took back; what takes back is none itself."""
    taken_back = select(_DECISION.undoes).where(_DECISION.undoes.is_not(None))
    return _DECISION.undoes.is_(None) & _DECISION.act.not_in(taken_back)


def _other_words(connection: Connection, claims: Collection[str], act: str) -> dict[str, Row[Any]]:
    """Look up the last decision on each claim that stands, this act aside."""
    found = {}
    for some in pieces(sorted(claims)):
        query = select(schema.decision).where(_DECISION.claim.in_(some), _DECISION.act != act, _stands())
        found.update({row.claim: row for row in connection.execute(query.order_by(_DECISION.seq))})
    return found


def lock_articles(connection: Connection, claims: Collection[str]) -> None:
    """Let nobody else decide on the articles of these claims, nor load them, till the end of the transaction.

    Raises RegistryError naming the claims that are in no article.
    """
    told: dict[str, str] = {}
    for some in pieces(sorted(claims)):
        query = select(_STATEMENT.claim, _REVISION.article_id).join(schema.revision).where(_STATEMENT.claim.in_(some))
        told.update({claim: article for claim, article in connection.execute(query)})  # noqa: C416 - rows, no pairs
    if unknown := sorted(set(claims) - set(told)):
        raise RegistryError(f"no claim {', '.join(unknown[:5])} in the registry; `svodka registry show --why` has them")
    for some in pieces(sorted(set(told.values()))):
        query = select(_ARTICLE.id).where(_ARTICLE.id.in_(some)).order_by(_ARTICLE.id).with_for_update()
        connection.execute(query).all()


def pieces(items: Sequence[Item], size: int = _AT_ONCE) -> Iterator[Sequence[Item]]:
    """Cut a sequence into what fits one query."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _write(connection: Connection, verdicts: Sequence[Verdict], by: Signature, undoes: str | None = None) -> str:
    act = secrets.token_hex(8)
    common = {"who": by.who, "at": by.at, "why": by.why, "act": act, "undoes": undoes}
    rows = [{"claim": v.claim, "verdict": v.status, "instead": v.instead, **common} for v in verdicts]
    if rows:
        connection.execute(insert(schema.decision), rows)
    for status, group in groupby(sorted(verdicts, key=lambda v: v.status), key=lambda v: v.status):
        for some in pieces([verdict.claim for verdict in group]):
            _follow(connection, some, status, by.at)
    renamed: set[str] = set()
    for some in pieces([verdict.claim for verdict in verdicts]):
        named = _STATEMENT.claim.in_(some) & _STATEMENT.property.in_(_NAMING)
        renamed |= set(connection.execute(select(_STATEMENT.entity_id).where(named)).scalars())
    if renamed:
        settle(connection, {Touched.ENTITY: renamed})
    return act


def _follow(connection: Connection, claims: Sequence[str], status: Status, now: str) -> None:
    """Give the current statements of these claims their status, and note the change."""
    differing = _STATEMENT.claim.in_(claims) & _STATEMENT.status.not_in([status.value, Status.SUPERSEDED.value])
    note = select(_STATEMENT.seq, literal(status.value), literal(now)).where(differing)
    connection.execute(insert(schema.change).from_select(["statement_seq", "status", "at"], note))
    connection.execute(update(schema.statement).where(differing).values(status=status.value))


def _keepers_own(connection: Connection, claims: Collection[str]) -> dict[str, Status]:
    found: dict[str, Status] = {}
    for some in pieces(sorted(claims)):
        query = (
            select(_STATEMENT.claim)
            .join(schema.revision, _STATEMENT.revision_id == _REVISION.id)
            .join(schema.article, _REVISION.article_id == _ARTICLE.id)
            .where(_STATEMENT.claim.in_(some), _ARTICLE.origin == Origin.KEEPER)
        )
        found |= dict.fromkeys(connection.execute(query).scalars(), Status.REJECTED)
    return found
