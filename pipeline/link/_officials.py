"""Who holds which post where: the mentions of posts joined to the record's persons, organizations and places."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc

from extractors import Post, Span, nominative, text_of
from pipeline.link._implied import head_of_state, implied_scope
from pipeline.link._references import Entities, Target, is_reference, resolve
from pipeline.link._sighting import Sighting, grouped, printed
from pipeline.record import Mentions, Official, Person, PrintedMention

E = TypeVar("E")

_COUNTRY_WORDS = frozenset({"страна", "государство"})


@dataclass(frozen=True, slots=True)
class _Held:
    """A post with its holder and where it is held, one mention of it."""

    sighting: Sighting[Post]
    person: Person
    organization: Target | None
    place: Target | None
    unresolved: str | None


def officials(
    doc: Doc, found: list[Sighting[Post]], people: tuple[Person, ...], entities: Entities
) -> tuple[Official, ...]:
    """Resolve holders and scopes; a post told again, or told without its scope, is the same official."""
    held = [h for sighting in found if (h := _held(doc, sighting, people, entities))]
    groups = grouped(held, (_identity(h, held) for h in held))
    return tuple(_official(number, doc, group) for number, group in enumerate(groups, 1))


def _held(doc: Doc, sighting: Sighting[Post], people: tuple[Person, ...], entities: Entities) -> _Held | None:
    post = sighting.value
    person = _at(post.person, ((p.mentions, p) for p in people))
    if person is None:
        return None
    if post.scope is None:
        return _Held(sighting, person, *_sides(implied_scope(doc, post, person, entities)), None)
    organization, place = _where(doc, post.scope, person, entities)
    if organization is None and place is None and (name := _described(doc, post.scope)):
        organization = Target(name, None)
    printed_scope = text_of(doc)[post.scope.start : post.scope.stop]
    unresolved = None if organization or place else f"«{printed_scope}» refers to nothing named before it"
    return _Held(sighting, person, organization, place, unresolved)


def _where(doc: Doc, scope: Span, person: Person, entities: Entities) -> tuple[Target | None, Target | None]:
    """Give (organization or cluster, territory) for the words that say where a post is held."""
    body = _at(scope, ((o.mentions, o) for o in entities.organizations))
    if body is not None:
        return Target(body.name, body.id), None
    cluster = _at(scope, ((c.mentions, c) for c in entities.clusters))
    if cluster is not None:
        return Target(cluster.name, cluster.id), None
    place = _at(scope, ((p.mentions, p) for p in entities.places))
    if place is not None:
        return None, Target(place.name, place.id)
    return _sides(_referred(doc, scope, person, entities))


def _described(doc: Doc, scope: Span) -> str | None:
    """Where a body is told of by a phrase and not by a name («войск связи»), give the phrase; one bare noun is none."""
    phrase = doc.char_span(scope.start, scope.stop, alignment_mode="expand")
    if phrase is None or sum(token.is_alpha for token in phrase) <= 1:
        return None
    return nominative(doc, scope.start, scope.stop)


def _referred(doc: Doc, scope: Span, person: Person, entities: Entities) -> Target | None:
    """What a back reference means; «страны» behind a widely known head of state is that country, whatever is near."""
    tokens = doc.char_span(scope.start, scope.stop, alignment_mode="expand")
    word = next((t.lemma_ for t in tokens if is_reference(t.lemma_)), None) if tokens is not None else None
    if word is None:
        return None
    known = head_of_state(person, entities) if word in _COUNTRY_WORDS else None
    return known or resolve(word, scope.start, entities)


def _sides(target: Target | None) -> tuple[Target | None, Target | None]:
    """Tell a body from a territory: (body, territory)."""
    if target is None:
        return None, None
    is_place = target.id is None or target.id.startswith("pla")
    return (None, target) if is_place else (target, None)


def _at(span: Span, candidates: Iterable[tuple[Mentions, E]]) -> E | None:
    """Find the entity whose mention covers most of a span; the longest mention wins."""
    best: tuple[int, int] = (0, 0)
    found: E | None = None
    for mentions, item in candidates:
        for mention in mentions:
            shared = min(span.stop, mention.stop) - max(span.start, mention.start)
            rank = (shared, -(mention.stop - mention.start))
            if shared > 0 and rank > best:
                best, found = rank, item
    return found


def _identity(held: _Held, every: list[_Held]) -> object:
    """Persons with one post in two places are two officials; without a place the post is the one told with it."""
    scope = held.organization or held.place
    if scope is None and held.unresolved is None:
        twin = next((h for h in every if _same_post(h, held) and (h.organization or h.place)), None)
        scope = (twin.organization or twin.place) if twin else None
    return held.person.id, held.sighting.value.position.casefold(), scope


def _same_post(one: _Held, other: _Held) -> bool:
    same = one.sighting.value.position.casefold() == other.sighting.value.position.casefold()
    return one.person.id == other.person.id and same


def _official(number: int, doc: Doc, group: list[_Held]) -> Official:
    first = next((h for h in group if h.organization or h.place), group[0])
    person, post = first.person, first.sighting.value
    target = first.organization or first.place
    return Official(
        id=f"off{number}",
        person=person.name,
        person_id=person.id,
        first=person.first,
        patronymic=person.patronymic,
        last=person.last,
        position=post.position,
        organization=target.name if target else None,
        organization_id=first.organization.id if first.organization else None,
        territory=first.place.name if first.place else None,
        place_id=first.place.id if first.place else None,
        status=post.status,
        unresolved=first.unresolved,
        mentions=printed(h.sighting for h in group),
        position_mentions=tuple(_position(doc, h.sighting) for h in group),
    )


def _position(doc: Doc, sighting: Sighting[Post]) -> PrintedMention:
    span, mention = sighting.value.position_span, sighting.mention
    return PrintedMention(span.start, span.stop, text_of(doc)[span.start : span.stop], mention.rule, mention.confidence)
