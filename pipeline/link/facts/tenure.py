"""dismissed and appointed where a verb says it apart from the post: «уходит в отставку», «его сменила …»."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors import TenureStatus
from pipeline.fact import FactKind, FactStatus
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._features import feature
from pipeline.link._status import is_future
from pipeline.link.scene import Draft, Scene
from pipeline.record import Official

_LEFT = frozenset({TenureStatus.APPOINTED})
_VACANT = frozenset({TenureStatus.DISMISSED, TenureStatus.FORMER})
_SHORT = 4  # words between a verb and its noun: «покинул в мае пост»


def find(scene: Scene) -> Iterator[Draft]:
    """Try each way of saying it on each sentence."""
    for sentence in scene.sentences():
        told: set[str] = set()
        for official, status, rule in _leaving(scene, sentence):
            if official.id not in told and official.status is not TenureStatus.DISMISSED:
                told.add(official.id)
                mention = official.mentions[0]
                date = scene.date_in(sentence, mention.start)
                yield Draft(FactKind.DISMISSED, _roles(official), status, sentence, rule, date)
        yield from _succeeding(scene, sentence)


def _leaving(scene: Scene, sentence: Span) -> Iterator[tuple[Official, FactStatus, str]]:
    for noun in find_cue(sentence, "resignation"):
        official = _right_behind(scene, noun)
        if official is not None:
            yield official, _status(scene, noun), "resignation_of"
    for word in _departures(sentence):
        official = _of_person(scene, sentence, word)
        if official is not None:
            yield official, _status(scene, word), "leaves_post"


def _right_behind(scene: Scene, noun: Token) -> Official | None:
    """«Отставка министра Ивана Дуба»: the official named right behind the noun."""
    start = noun.idx + len(noun) + len(noun.whitespace_)
    return next((o for o in scene.officials if any(m.start == start for m in o.mentions)), None)


def _departures(sentence: Span) -> Iterator[Token]:
    """Verbs that take somebody out of office together with their noun: «покинул пост», «ушёл в отставку»."""
    for verb in find_cue(sentence, "leave"):
        near = sentence.doc[max(sentence.start, verb.i - _SHORT) : min(sentence.end, verb.i + _SHORT + 1)]
        if _out_of_office(verb, near) and _happens_to_subject(verb):
            yield verb
    for noun in find_cue(sentence, "resignation"):
        words = clause(sentence, noun.idx, noun.idx + len(noun))
        if any(t.lemma_ in {"опровергнуть", "опровергать", "исключить"} for t in words):
            yield noun


def _happens_to_subject(verb: Token) -> bool:
    """«Ушёл», «освобождён»; not «призывают уйти», nor «уволил», whose subject is somebody else."""
    form = feature(verb, "VerbForm")
    return form == "Part" if verb.lemma_ in cue("remove") else form in {"Fin", "Part"}


def _out_of_office(verb: Token, near: Span) -> bool:
    """What a verb needs beside it: «в отставку» or «с поста» for «ушёл», «пост» for «покинул»."""
    text = near.text.lower()
    if verb.lemma_ in cue("retire"):
        return any(words in text for words in ("в отставку", "с поста", "с должности"))
    return verb.lemma_ == "уволить" or bool(find_cue(near, "post")) or "полномочия" in text


def _of_person(scene: Scene, sentence: Span, word: Token) -> Official | None:
    """The post of the one person the clause names; «он» is the person named last before it."""
    words = clause(sentence, word.idx, word.idx + len(word))
    low, high = words[0].idx, words[-1].idx + len(words[-1])
    hits = scene.hits("persons")
    inside = list(dict.fromkeys(hit.id for hit in hits if low <= hit.start < high))
    if not inside and any(t.lower_ in {"он", "она"} for t in words):
        earlier = [hit.id for hit in hits if hit.stop <= word.idx]
        inside = earlier[-1:]
    held = [o for o in scene.officials if inside and o.person_id == inside[0] and o.status not in _LEFT]
    return held[0] if len(inside) == 1 and held else None


def _status(scene: Scene, word: Token) -> FactStatus:
    status = scene.status(word.sent, word.idx, word.idx + len(word))
    return FactStatus.PLANNED if is_future(word) and status is FactStatus.ACTUAL else status


def _succeeding(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«5 сентября его сменила Анна Берёзкина»: into the post of the one who was dismissed last before."""
    for verb in [
        t for t in find_cue(sentence, "succeed") if t.i > sentence.start and t.nbor(-1).lower_ in {"его", "её"}
    ]:
        people = [hit for hit in scene.hits("persons", sentence) if hit.start >= verb.idx]
        posts = [o for o in scene.officials if o.mentions[0].stop <= verb.idx and o.status in _VACANT]
        if people and posts:
            post = max(posts, key=lambda o: o.mentions[0].start)
            roles = {**_roles(post), "person": people[0].id}
            del roles["official"]
            status = scene.status(sentence, verb.idx, verb.idx + len(verb))
            date = scene.date_in(sentence, verb.idx)
            yield Draft(FactKind.APPOINTED, roles, status, sentence, "succeeds_in_post", date)


def _roles(official: Official) -> dict[str, str]:
    where = official.organization_id or official.place_id or official.organization
    roles = {"person": official.person_id, "position": official.position, "official": official.id}
    return {**roles, "organization": where} if where else roles
