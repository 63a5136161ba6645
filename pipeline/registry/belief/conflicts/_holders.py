"""Two in a post of one at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from sqlalchemy import distinct, func, select

from pipeline.fact import FactStatus
from pipeline.registry import schema
from pipeline.registry.belief.conflicts._side import Conflict, ConflictKind, Side, conflict
from pipeline.registry.belief.posts import is_held_by_one
from pipeline.registry.belief.relations import Reading, read_relations
from pipeline.registry.belief.testimony import chunks, ends_of
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import Certainty, RelationView, Term
from pipeline.registry.database.held import held_as
from pipeline.registry.folding import folded
from pipeline.registry.kinds import EntityKind, Status

_LIVE = (Status.PROPOSED, Status.ACCEPTED)
_TELLING = frozenset({"holder", "post", "body", "status"})  # what is looked at here


def holders(reading: Reading, among: Iterable[str]) -> Iterator[Conflict]:
    """Find them among those posts of a known body that one holds at a time, by words and dates that leave no doubt."""
    for chunk in chunks(among):
        held = {id_ for found in ends_of(reading.connection, chunk).values() for id_, kind in found if _is_held(kind)}
        of_post: dict[str, list[RelationView]] = defaultdict(list)
        for relation in read_relations(reading, held, _TELLING).values():
            post = best(relation.values, "post")
            if relation.modality is FactStatus.ACTUAL and post and post.value_id and best(relation.values, "body"):
                of_post[post.value_id].append(relation)
        for id_, occupancies in of_post.items():
            yield from _of_post(id_, occupancies)


def _is_held(kind: EntityKind) -> bool:
    return kind is EntityKind.OCCUPANCY


def doubtful_posts(reading: Reading) -> list[str]:
    """Give the posts that more than one person is said to hold."""
    holder, post = schema.statement.alias("holder"), schema.statement.alias("post")
    person, of = schema.entity.alias("person"), schema.entity.alias("of")
    canonical = held_as(of.c)
    query = (
        select(canonical.label("post"), func.min(of.c.name).label("name"))
        .select_from(post)
        .join(holder, holder.c.entity_id == post.c.entity_id)
        .join(of, post.c.value_id == of.c.id)
        .join(person, holder.c.value_id == person.c.id)
        .where(post.c.property == "post", holder.c.property == "holder")
        .where(post.c.status.in_(_LIVE), holder.c.status.in_(_LIVE))
        .group_by(canonical)
        .having(func.count(distinct(held_as(person.c))) > 1)
    )
    return sorted(row.post for row in reading.connection.execute(query) if is_held_by_one(row.name))


def _of_post(post: str, occupancies: list[RelationView]) -> Iterator[Conflict]:
    """Put all who are in conflict with anybody into one conflict."""
    terms = [(relation, term) for relation in occupancies for term in relation.terms]
    clashing = {
        relation.id: relation
        for (one, term), (other, another) in combinations(terms, 2)
        if _overlap(term, another) and not _may_be_one(one, other)
        for relation in (one, other)
    }
    if clashing:
        sides = [_side(relation) for relation in clashing.values()]
        first = next(iter(clashing.values()))
        named, body = best(first.values, "post"), best(first.values, "body")
        name = f"{named.value if named else ''}, {body.value if body else ''}"
        yield conflict(ConflictKind.HOLDERS, (post, EntityKind.POST, name), "holder", sides)


def _may_be_one(one: RelationView, other: RelationView) -> bool:
    """Tell whether the holders are one person, or may be: one's name is the other's with less in it."""
    holder, another = best(one.values, "holder"), best(other.values, "holder")
    if holder is None or another is None or holder.value_id == another.value_id:
        return True
    names = [set(folded(value.value).split()) for value in (holder, another)]
    return names[0] <= names[1] or names[1] <= names[0]


def _side(relation: RelationView) -> Side:
    holder = best(relation.values, "holder")
    status = [value for value in relation.values if value.prop == "status" and value.modality is FactStatus.ACTUAL]
    said = tuple(said for value in status or relation.values[:1] for said in value.testimony)
    name, id_ = (holder.value, holder.value_id) if holder else (relation.name, None)
    return Side(name, id_, relation.modality, relation.standing, said)


def _overlap(one: Term, other: Term) -> bool:
    """Tell whether two surely were in a post at once, longer than a day on which one hands over to the other."""
    (start, stop), (other_start, other_stop) = _surely(one), _surely(other)
    return bool(start and other_start) and max(start, other_start) < min(stop, other_stop)


def _surely(term: Term) -> tuple[str, str]:
    """Bound the days on which somebody surely was in the post; empty where there are none."""
    starts = [term.first_seen, term.start.days.last if term.start.days else None]
    known_end = term.end.days.first if term.end.days and term.end.certainty is Certainty.KNOWN else None
    stops = [term.last_seen, known_end]
    start, stop = min(filter(None, starts), default=""), max(filter(None, stops), default="")
    return (start, stop) if start and start <= stop else ("", "")
