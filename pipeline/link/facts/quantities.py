"""quantity_of: how many members, residents or jobs a body, an event or a region has."""

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._cues import cue
from pipeline.link.scene import Draft, Hit, Scene, nearest

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]?\d{3})*$")
_SCALES = {"тыс": 1000, "тысяча": 1000}
_LOWER = frozenset({"более", "больше", "свыше"})
_REACH = 4  # words between a number and what it counts: «19 промышленных предприятий»


def find(scene: Scene) -> Iterator[Draft]:
    """State a number of counted things on the nearest body, else on the event, of its sentence."""
    for sentence in scene.sentences():
        for number in sentence:
            counted = _counted(number)
            if counted is None or _is_money(scene, number):
                continue
            subject = nearest(_holders(scene, sentence), number.idx)
            if subject is None:
                continue
            low, high = _bounds(number)
            roles = {"subject": subject.id, "measure": _measure(number, counted), "min": low}
            status = scene.status(sentence, number.idx, counted.idx + len(counted))
            date = scene.date_in(sentence, number.idx)
            with_max = {**roles, "max": high} if high else roles
            yield Draft(FactKind.QUANTITY_OF, with_max, status, sentence, "counted_noun", date)


def _counted(number: Token) -> Token | None:
    if not _NUMBER.match(number.text):
        return None
    for token in number.doc[number.i + 1 : min(number.i + 1 + _REACH, number.sent.end)]:
        if token.lemma_ in cue("counted"):
            return token
        if token.pos_ not in {"ADJ", "NOUN", "NUM"} or token.is_punct:
            return None
    return None


def _is_money(scene: Scene, number: Token) -> bool:
    taken = [*scene.hits("money"), *scene.hits("dates")]
    return any(hit.start <= number.idx < hit.stop for hit in taken)


def _holders(scene: Scene, sentence: Span) -> list[Hit]:
    return scene.bodies(sentence) or scene.hits("events", sentence)


def _bounds(number: Token) -> tuple[str, str | None]:
    following = number.nbor(1).lemma_.rstrip(".") if number.i + 1 < len(number.doc) else ""
    value = int(re.sub(r"\D", "", number.text)) * _SCALES.get(following, 1)
    preceding = number.nbor(-1).lower_ if number.i > 0 else ""
    return str(value), None if preceding in _LOWER else str(value)


def _measure(number: Token, counted: Token) -> str:
    words = number.doc[number.i + 1 : counted.i + 1]
    return " ".join(token.lower_ for token in words if not token.is_space)
