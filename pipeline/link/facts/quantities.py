"""quantity_of: how many members, loans, tonnes or guests a body, a place or an event has."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._clauses import is_verb
from pipeline.link._counts import Count, counts
from pipeline.link._features import feature
from pipeline.link._holders import Holder, holder_of, size_holder
from pipeline.link._tables import table
from pipeline.link.scene import Draft, Scene

_POWERS = {"кв": "кв.", "куб": "куб."}
_APART = frozenset({"из", "№", "среди", "между", "с", "со", "от", "у", "для", "к", "о", "об"})
_REACH = 4  # words between a number and what it counts: «19 промышленных предприятий»


@cache
def _classes() -> dict[str, str]:
    return {row["lemma"]: row["class"] for row in table("counted")}


def find(scene: Scene) -> Iterator[Draft]:
    """State each number of counted things on the body, place or event that the words around it make its holder."""
    for sentence in scene.sentences():
        for count in counts(sentence):
            if _is_other(scene, sentence, count):
                continue
            counted = _counted(sentence, count)
            found = holder_of(scene, sentence, count, (counted, _classes()[counted.lemma_])) if counted else None
            if found is not None and counted is not None:
                yield _draft(scene, sentence, count, (counted, found))
            elif counted is None and (sized := size_holder(scene, sentence, count, frozenset(_classes()))):
                yield _draft(scene, sentence, count, sized)


def _draft(scene: Scene, sentence: Span, count: Count, about: tuple[Token, Holder]) -> Draft:
    counted, holder = about
    start, stop = scene.doc[count.start].idx, scene.doc[count.stop - 1].idx + 1
    bounds = {name: value for name, value in (("min", count.low), ("max", count.high)) if value is not None}
    roles = {"subject": holder.subject, "measure": _measure(scene, count, counted), **bounds}
    status, date = scene.status(sentence, start, stop), scene.date_in(sentence, start)
    return Draft(FactKind.QUANTITY_OF, roles, status, sentence, holder.rule, date)


def _counted(sentence: Span, count: Count) -> Token | None:
    for token in sentence.doc[count.stop : min(count.stop + _REACH, sentence.end)]:
        if token.lemma_ in _classes():
            return token
        if token.pos_ not in {"ADJ", "NOUN", "NUM"} and not _is_participle(token):
            return None
    return None


def _is_participle(token: Token) -> bool:
    return is_verb(token) and feature(token, "VerbForm") == "Part"


def _is_other(scene: Scene, sentence: Span, count: Count) -> bool:
    """A number of a date, an amount or a name, or one that only tells where things come from: «из 20 регионов»."""
    start = scene.doc[count.start].idx
    taken = [
        h for kind in ("money", "dates", "organizations", "clusters", "events") for h in scene.hits(kind, sentence)
    ]
    before = scene.doc[count.start - 1].lower_ if count.start > sentence.start else ""
    return before in _APART or any(hit.start <= start < hit.stop for hit in taken)


def _measure(scene: Scene, count: Count, counted: Token) -> str:
    if counted.lemma_ in _POWERS:
        return f"{_POWERS[counted.lemma_]} м"
    words = scene.doc[count.stop : counted.i + 1] if counted.i >= count.stop else [counted]
    return " ".join(token.lower_ for token in words if not token.is_space)
