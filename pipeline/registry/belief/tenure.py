"""Who held a post on a day: «кто был министром на 1 марта».

    with reading(database) as connection:
        holders(connection, "pos-…", "2024-03-01")

All that is known now counts, also what was said after the day: an appointment is often told later than it was.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from pipeline.fact import FactStatus
from pipeline.registry.belief.posts import is_held_by_one
from pipeline.registry.belief.relations import Reading, read_relations
from pipeline.registry.belief.testimony import canonical_ids, ends_of
from pipeline.registry.belief.trust import trust_of
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import Certainty, Hold, Holder, RelationView, Term
from pipeline.registry.kinds import EntityKind

_HOLDS = tuple(Hold)


def holders(connection: Connection, id_: str, day: str) -> tuple[Holder, ...]:
    """Tell who was in a post, or in the posts of a body, on a day: post by post, the surest first."""
    canonical = sorted(canonical_ids(connection, [id_]).values())
    joined = [found for one in ends_of(connection, canonical).values() for found in one]
    posts = {found for found, kind in joined if kind is EntityKind.POST} | set(canonical)
    held = {found for one in ends_of(connection, posts).values() for found, kind in one if kind is EntityKind.OCCUPANCY}
    return holders_among(read_relations(Reading(connection, trust_of(connection)), held).values(), day)


def holders_among(relations: Iterable[RelationView], day: str) -> tuple[Holder, ...]:
    """Tell it of the occupancies among relations that are at hand."""
    found = [
        holder
        for relation in relations
        if relation.kind is EntityKind.OCCUPANCY and relation.modality is FactStatus.ACTUAL
        for term in relation.terms
        if (holder := _holder(relation, term, day))
    ]
    marked = [replace(one, hold=Hold.SUCCEEDED) if _is_succeeded(one, found) else one for one in found]
    return tuple(sorted(marked, key=lambda one: (one.post, one.post_id or "", _HOLDS.index(one.hold), *_rank(one))))


def hold_of(term: Term, day: str) -> Hold | None:
    """Tell how surely a term has a day in it; None where it has not.

    >>> from pipeline.registry.belief.days import Days
    >>> from pipeline.registry.belief.view import Bound
    >>> march = Bound(Days("2024-03-01", "2024-03-31"), Certainty.KNOWN)
    >>> open_ = Bound(None, Certainty.OPEN)
    >>> term = Term(march, open_, "2024-04-02", "2024-06-10", acting=False)
    >>> [str(hold_of(term, day)) for day in ("2024-02-29", "2024-03-15", "2024-05-01", "2024-07-01")]
    ['None', 'unsure', 'certain', 'open']
    """
    began, ended = _began(term, day), _ended(term, day)
    if began is False or ended is True:
        return None
    if began and ended is False:
        return Hold.CERTAIN
    if began is None and term.start.certainty in {Certainty.SEEN, Certainty.AT_LATEST}:
        return Hold.LATER
    return Hold.OPEN if began and term.end.certainty is Certainty.OPEN else Hold.UNSURE


def _began(term: Term, day: str) -> bool | None:
    """Tell whether a term had begun by a day; None where nobody can tell."""
    start = term.start.days
    if start is None:
        return None
    if start.last and start.last <= day:
        return True
    return False if term.start.certainty is Certainty.KNOWN and start.first > day else None


def _ended(term: Term, day: str) -> bool | None:
    """Tell whether a term had ended before a day; None where nobody can tell."""
    if term.last_seen and term.last_seen >= day:
        return False
    end = term.end.days
    if end is None:
        return None
    if end.last and end.last < day:
        return True
    return False if term.end.certainty is Certainty.KNOWN and end.first >= day else None


def _holder(relation: RelationView, term: Term, day: str) -> Holder | None:
    hold = hold_of(term, day)
    person, post = best(relation.values, "holder"), best(relation.values, "post")
    if hold is None or person is None or post is None:
        return None
    return Holder(person.value_id, person.value, post.value_id, post.value, term, hold, relation)


def _is_succeeded(one: Holder, others: Iterable[Holder]) -> bool:
    """Tell whether another is known to have come to the post after this one was last seen in it."""
    if one.hold is not Hold.OPEN or not is_held_by_one(one.post):
        return False
    last = one.term.last_seen or (one.term.start.days.last if one.term.start.days else "")
    return any(
        other.post_id == one.post_id and other.person_id != one.person_id and _came(other.term) > last
        for other in others
        if other.hold in {Hold.CERTAIN, Hold.OPEN}
    )


def _came(term: Term) -> str:
    return term.start.days.first if term.start.days else ""


def _rank(one: Holder) -> tuple[float, str]:
    return -one.relation.standing, one.person
