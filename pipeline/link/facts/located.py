"""located_in: where a cluster or a body is, or where a work is to be built."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractors import OrganizationKind, PlaceKind
from pipeline.fact import FactKind, FactStatus
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._features import feature
from pipeline.link._grammar import case_of, preposition_of
from pipeline.link._plain_words import plain_words
from pipeline.link.scene import Draft, Hit, Scene, after, before

_WITHIN = frozenset({"в", "во", "на", "под", "близ", "возле"})
_SETTLEMENTS = frozenset({"городе", "наукограде", "посёлке", "поселке", "селе", "районе", "полуострове", "острове"})
_NEAR = 3  # words from «в» to the place: «в центре города Твери»
_COMPANIES = frozenset({OrganizationKind.COMPANY, OrganizationKind.OTHER})


class _Site(NamedTuple):
    """What stands where, the word to read the status at, and the rule."""

    subject: str
    place: str
    start: int
    stop: int
    rule: str
    status: FactStatus | None = None  # where the rule knows it without the clause


def find(scene: Scene) -> Iterator[Draft]:
    """Try each way of saying it on each sentence."""
    for sentence in scene.sentences():
        told: set[tuple[str, str]] = set()
        for site in (site for way in _WAYS for site in way(scene, sentence)):
            if (site.subject, site.place) not in told:
                told.add((site.subject, site.place))
                roles = {"subject": site.subject, "place": site.place}
                status = site.status or scene.status(sentence, site.start, site.stop)
                yield Draft(FactKind.LOCATED_IN, roles, status, sentence, site.rule)


def _verb(scene: Scene, sentence: Span) -> Iterator[_Site]:
    """«Кластер … расположен на севере Подмосковья»."""
    for verb in find_cue(sentence, "located"):
        words = clause(sentence, verb.idx, verb.idx + len(verb))
        relative = next((t for t in words if t.lemma_ == "который" and t.i < verb.i), None)
        subject = before(scene.bodies(sentence), relative.idx if relative is not None else verb.idx)
        place = after(scene.hits("places", sentence), verb.idx)
        if subject is None or place is None or scene.inside_post(subject) or not _stands_at(scene, verb, place):
            continue
        if relative is not None and not _meant_by(scene, subject, relative):
            continue
        if relative is not None or (subject.start >= words[0].idx and _is_subject(scene, subject)):
            yield _Site(subject.id, place.id, verb.idx, verb.idx + len(verb), "located_in")


def _meant_by(scene: Scene, hit: Hit, relative: Token) -> bool:
    """Tell whether «который» directly follows a name and so means it."""
    return scene.doc.text[hit.stop : relative.idx].strip(" »)") == ","


def _is_subject(scene: Scene, hit: Hit) -> bool:
    return case_of(scene, hit) in {"Nom", ""} and not preposition_of(scene, hit)


def _stands_at(scene: Scene, verb: Token, place: Hit) -> bool:
    """«расположен на севере Подмосковья», «находится в Твери»: a noun at most two words behind «в» or «на»."""
    gap = scene.doc.text[verb.idx + len(verb) : place.start].split()
    head = scene.spans_between(place.start, place.stop)[0]
    named = place.stop - place.start > len(head) or head.pos_ != "ADJ"
    return bool(gap) and gap[0].casefold() in _WITHIN and len(gap) <= _NEAR and named


def _bracketed(scene: Scene, sentence: Span) -> Iterator[_Site]:
    """«Кластер «Вега» (Тверская область)»."""
    for body in scene.hits("clusters", sentence):
        for place in scene.hits("places", sentence):
            if scene.text[body.stop : place.start] == " (" and scene.text[place.stop : place.stop + 1] == ")":
                yield _Site(body.id, place.id, body.start, body.stop, "located_in_brackets", FactStatus.ACTUAL)


def _from(scene: Scene, sentence: Span) -> Iterator[_Site]:
    """«АО «Робот» из Твери»; «Кластер «Вега» в Твери»."""
    kinds, cities = scene.once("kinds and cities", lambda: _kinds_and_cities(scene))
    for body in scene.bodies(sentence):
        for place in scene.hits("places", sentence):
            gap = scene.text[body.stop : place.start] if body.stop < place.start else ""
            company = gap == " из " and kinds.get(body.id) in _COMPANIES and not scene.inside_post(body)
            cluster = gap in {" в ", " во ", " на полуострове "} and body.id.startswith("clu") and place.id in cities
            if company or cluster:
                yield _Site(body.id, place.id, body.start, body.stop, "body_of_place", FactStatus.ACTUAL)


def _kinds_and_cities(scene: Scene) -> tuple[dict[str, OrganizationKind], set[str]]:
    cities = {p.id for p in scene.entities.places if p.kind in {PlaceKind.CITY, PlaceKind.OTHER}}
    return {o.id: o.kind for o in scene.entities.organizations}, cities


def _built(scene: Scene, sentence: Span) -> Iterator[_Site]:
    """«Создание в Твери кластера «Вега»», «кластер, который строят в Твери»."""
    for word in find_cue(sentence, "build"):
        place = _place_behind(scene, sentence, word)
        if place is None:
            continue
        body = _built_body(scene, sentence, word, place)
        if body is not None:
            yield _Site(body, place.id, word.idx, word.idx + len(word), "built_in_place", _work_status(scene, word))


def _work_status(scene: Scene, word: Token) -> FactStatus | None:
    """«Создание в Твери» is a plan unless its clause says more."""
    told = scene.status(word.sent, word.idx, word.idx + len(word))
    return FactStatus.PLANNED if word.pos_ == "NOUN" and told is FactStatus.ACTUAL else told


def _place_behind(scene: Scene, sentence: Span, word: Token) -> Hit | None:
    """The place that follows the word with «в»: «строят в наукограде Кольцово»."""
    place = after(scene.hits("places", sentence), word.idx + len(word) + 1)
    gap = scene.text[word.idx + len(word) : place.start].split() if place else []
    kinds = all(w.casefold() in _SETTLEMENTS for w in gap[1:])
    return place if gap and gap[0].casefold() in _WITHIN and len(gap) <= 2 and kinds else None  # noqa: PLR2004


def _built_body(scene: Scene, sentence: Span, word: Token, place: Hit) -> str | None:
    """What follows the place, in one phrase with it; else what «который» before the word means."""
    behind = after(scene.hits("clusters", sentence), place.stop)
    if behind is not None and _short(scene, place.stop, behind.start):
        return behind.id
    relative = word.i > 0 and word.nbor(-1).lemma_ == "который"
    ahead = before(scene.bodies(sentence), word.idx) if relative else None
    if ahead is not None and _meant_by(scene, ahead, word.nbor(-1)):
        return ahead.id
    return _facility_behind(scene, sentence, place) or _facility_ahead(scene, word)


def _facility_ahead(scene: Scene, word: Token) -> str | None:
    """«Испытательный полигон появится возле Твери»: the nominative work before a verb that acts on nobody else."""
    words = [t for t in clause(word.sent, word.idx, word.idx + len(word)) if t.i < word.i]
    nouns = [t for t in words if t.pos_ in {"NOUN", "PROPN"} and feature(t, "Case") == "Nom"]
    if not nouns or nouns[-1].lemma_ not in cue("facility") or not word.lemma_.endswith("ся"):
        return None
    named = [h for h in scene.bodies(word.sent) if h.start <= nouns[-1].idx < h.stop]
    if named:
        return named[0].id
    phrase = [nouns[-1], *takewhile(lambda t: t.pos_ == "ADJ", reversed(scene.doc[word.sent.start : nouns[-1].i]))]
    return plain_words(scene, phrase[-1].idx, nouns[-1].idx + len(nouns[-1]))


def _facility_behind(scene: Scene, sentence: Span, place: Hit) -> str | None:
    """«в Братске завода древесных плит»: a work without a name, as plain words."""
    rest = [t for t in sentence if t.idx >= place.stop]
    noun = next((t for t in rest[:4] if t.lemma_ in cue("facility")), None)
    if noun is None or any(t.pos_ not in {"ADJ", "NOUN"} for t in rest[: rest.index(noun)]):
        return None
    last = [noun, *takewhile(lambda t: feature(t, "Case") == "Gen", rest[rest.index(noun) + 1 :])][-1]
    return plain_words(scene, rest[0].idx, last.idx + len(last))


def _facility(scene: Scene, sentence: Span) -> Iterator[_Site]:
    """«Промышленный технопарк в Стерлитамаке откроют»: a work yet to be built, right before its place."""
    if not find_cue(sentence, "build"):
        return
    for place in scene.hits("places", sentence):
        first = scene.spans_between(place.start, place.stop).start
        noun = _noun_ahead(sentence, first - 2)
        if noun is None or noun.lemma_ not in cue("facility") or scene.doc[first - 1].lower_ not in {"в", "во"}:
            continue
        if any(hit.start <= noun.idx < hit.stop for hit in scene.bodies(sentence)) or not _builds(sentence, noun):
            continue
        phrase = [noun, *takewhile(lambda t: t.pos_ == "ADJ", reversed(scene.doc[sentence.start : noun.i]))]
        last = scene.doc[first - 2]
        name = plain_words(scene, phrase[-1].idx, last.idx + len(last))
        yield _Site(name, place.id, noun.idx, place.stop, "facility_in_place")


def _noun_ahead(sentence: Span, index: int) -> Token | None:
    """The noun that ends at a token or has it for a genitive: «цех первичной обработки»."""
    while index > sentence.start and feature(sentence.doc[index], "Case") == "Gen":
        if sentence.doc[index].lemma_ in cue("facility"):
            break
        index -= 1
    return sentence.doc[index] if index >= sentence.start else None


def _builds(sentence: Span, noun: Token) -> bool:
    return any(t.lemma_ in cue("build") for t in clause(sentence, noun.idx, noun.idx + len(noun)))


def _short(scene: Scene, start: int, stop: int) -> bool:
    return not scene.text[start:stop].strip(" ") or len(scene.text[start:stop].split()) <= 1


_WAYS: tuple[Callable[[Scene, Span], Iterator[_Site]], ...] = (_verb, _bracketed, _from, _built, _facility)
