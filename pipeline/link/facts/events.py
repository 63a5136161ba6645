"""event_held: an event with its place and days; a meeting without a name where its day is told."""

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.fact import FactKind, FactStatus
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._features import feature
from pipeline.link._plain_words import plain_words
from pipeline.link._status import is_future
from pipeline.link.scene import Draft, Scene
from pipeline.record import Date, Event

_PRONOUNS = frozenset({"он", "она", "оно"})
_REACH = 5  # words between a body and the verb that it meets
_DATED = frozenset({"day", "month", "week"})


def find(scene: Scene) -> Iterator[Draft]:
    """State each named event once, and each meeting that has a day."""
    for event in scene.events:
        yield from _named(scene, event)
    for sentence in scene.sentences():
        yield from _meetings(scene, sentence)


def _named(scene: Scene, event: Event) -> Iterator[Draft]:
    """The event on the first sentence that says it is held, else on the one that gives its days."""
    sentences = _sentences_of(scene, event)
    for rule, tells in (("event_held", _holds), ("event_dated", _dates)):
        sentence = next((s for s in sentences if tells(scene, s, event)), None)
        if sentence is not None:
            yield _draft(scene, sentence, event.id, rule)
            return


def _sentences_of(scene: Scene, event: Event) -> list[Span]:
    """The sentences that name the event, and those right behind them that say «он пройдёт»."""
    spans = [scene.spans_between(m.start, m.stop) for m in event.mentions]
    named = list({span.start: span.sent for span in spans if len(span)}.values())
    sentences = scene.sentences()
    following = [s for s in sentences if (b := scene.sentence_before(s)) and any(b.start == n.start for n in named)]
    meant = [s for s in following if any(t.lower_ in _PRONOUNS for t in s) and not scene.hits("events", s)]
    return [*named, *meant]


def _holds(scene: Scene, sentence: Span, event: Event) -> bool:
    """A verb of holding in the event's own clause, or with «он», «который» for the event."""
    for verb in find_cue(sentence, "held"):
        words = clause(sentence, verb.idx, verb.idx + len(verb))
        low, high = words[0].idx, words[-1].idx + len(words[-1])
        named = any(low <= hit.start < high and hit.id == event.id for hit in scene.hits("events", sentence))
        if named or any(t.lower_ in _PRONOUNS or t.lemma_ == "который" for t in words):
            return True
    return False


def _dates(scene: Scene, sentence: Span, event: Event) -> bool:
    """A day in the clause that names the event: «7–8 ноября расскажут на конгрессе»."""
    hits = [hit for hit in scene.hits("events", sentence) if hit.id == event.id]
    return any(_day_near(scene, sentence, hit.start, hit.stop) for hit in hits)


def _day_near(scene: Scene, sentence: Span, start: int, stop: int) -> str | None:
    """The day told in the clause of a stretch; the nearest."""
    words = clause(sentence, start, stop)
    low, high = words[0].idx, words[-1].idx + len(words[-1])
    days = {d.id for d in scene.dates if not d.unresolved and _is_printed(d) and d.granularity == "day"}
    inside = [hit for hit in scene.hits("dates", sentence) if hit.id in days and low <= hit.start < high]
    return min(inside, key=lambda hit: abs(hit.start - start)).id if inside else None


def _is_printed(date: Date) -> bool:
    """A day of the calendar: «накануне» may be that of anything else."""
    return not date.relative or any(character.isdigit() for character in date.text)


def _draft(scene: Scene, sentence: Span, event: str, rule: str) -> Draft:
    verbs = find_cue(sentence, "held") if rule == "event_held" else []
    hits = [hit for hit in scene.hits("events", sentence) if hit.id == event]
    start = verbs[0].idx if verbs else hits[0].start
    stop = verbs[0].idx + len(verbs[0]) if verbs else hits[0].stop
    status = _verb_status(verbs[0], scene) if verbs else scene.status(sentence, start, stop)
    place = scene.place_in(sentence, start)
    return Draft(FactKind.EVENT_HELD, {"event": event}, status, sentence, rule, scene.date_in(sentence, start), place)


def _verb_status(verb: Token, scene: Scene) -> FactStatus:
    """What has opened is held, though it «будет работать» for days yet."""
    past = feature(verb, "Tense") == "Past" and (verb.i == 0 or verb.nbor(-1).lower_ != "не")
    status = scene.status(verb.sent, verb.idx, verb.idx + len(verb))
    return FactStatus.ACTUAL if past and status is FactStatus.PLANNED else status


def _meetings(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«На заседании совета 29 февраля», «съезд состоится в июне»: as plain words, where a day or a month is told."""
    for noun in [*find_cue(sentence, "meeting"), *_assembling(sentence)]:
        taken = [*scene.hits("events", sentence), *scene.hits("organizations", sentence)]
        if noun.lemma_ not in cue("meeting"):
            taken = scene.hits("events", sentence)
        if feature(noun, "Number") == "Plur" or any(hit.start <= noun.idx < hit.stop for hit in taken):
            continue
        date = _meeting_date(scene, sentence, noun)
        if date is None and not _said_to_meet(scene, sentence, noun):
            continue
        roles = {"event": _meeting_name(scene, sentence, noun)}
        status = _meeting_status(scene, sentence, noun)
        place = scene.place_in(sentence, noun.idx)
        yield Draft(FactKind.EVENT_HELD, roles, status, sentence, "meeting_dated", date, place)
        return


def _assembling(sentence: Span) -> list[Token]:
    """«Учёный совет соберётся 5 мая»: a body that meets."""
    verbs = [t for t in find_cue(sentence, "convene") if t.lemma_ == "собраться"]
    nouns = [t for t in find_cue(sentence, "assembly") if feature(t, "Case") == "Nom"]
    return [noun for noun in nouns if any(0 < verb.i - noun.i <= _REACH for verb in verbs)]


def _said_to_meet(scene: Scene, sentence: Span, noun: Token) -> bool:
    """A meeting that a verb puts on a day which cannot be placed is stated without a date."""
    words = clause(sentence, noun.idx, noun.idx + len(noun))
    unread = {date.id for date in scene.dates if date.unresolved}
    near = [hit for hit in scene.hits("dates", sentence) if words[0].idx <= hit.start <= words[-1].idx]
    return bool(find_cue(words, "convene")) and any(hit.id in unread for hit in near)


def _meeting_date(scene: Scene, sentence: Span, noun: Token) -> str | None:
    """The day of the clause; a month where a verb says that the meeting is held then."""
    words = clause(sentence, noun.idx, noun.idx + len(noun))
    near = [hit for hit in scene.hits("dates", sentence) if words[0].idx <= hit.start <= words[-1].idx]
    told = {date.id: date.granularity for date in scene.dates if not date.unresolved}
    verbs = find_cue(words, "held") + find_cue(words, "convene")
    spoken = noun.i > 0 and any(t.lower_ in {"на", "в"} for t in words if 0 < noun.i - t.i <= 3)  # noqa: PLR2004
    kinds = _DATED if verbs else frozenset({"day"})
    fitting = [hit for hit in near if told.get(hit.id) in kinds]
    if not fitting or not (verbs or spoken):
        return None
    return min(fitting, key=lambda hit: abs(hit.start - noun.idx)).id


def _meeting_status(scene: Scene, sentence: Span, noun: Token) -> FactStatus:
    words = clause(sentence, noun.idx, noun.idx + len(noun))
    set_for = [
        t for t in find_cue(words, "convene") if t.lemma_ in {"назначить", "назначенный", "наметить", "намеченный"}
    ]
    if set_for or any(is_future(t) for t in words):
        return FactStatus.PLANNED
    told = scene.status(sentence, noun.idx, noun.idx + len(noun))
    return FactStatus.ACTUAL if told is FactStatus.HYPOTHETICAL else told  # what was said there may be possible only


def _meeting_name(scene: Scene, sentence: Span, noun: Token) -> str:
    """The noun with its adjectives and genitives: «внеочередное заседание рабочей группы»."""
    ahead = [noun, *takewhile(lambda t: t.pos_ == "ADJ", reversed(scene.doc[sentence.start : noun.i]))]
    bodies = scene.hits("organizations", sentence)
    stop = noun.idx + len(noun)
    for token in scene.doc[noun.i + 1 : sentence.end]:
        body = next((hit for hit in bodies if hit.start <= token.idx < hit.stop), None)
        if body is None and not _genitive(token):
            break
        stop = max(stop, body.stop if body else token.idx + len(token))
    return plain_words(scene, ahead[-1].idx, stop)


def _genitive(token: Token) -> bool:
    return (
        feature(token, "Case") == "Gen" and token.pos_ in {"NOUN", "ADJ", "PROPN"} and token.lemma_ not in cue("month")
    )
