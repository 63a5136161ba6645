"""How the words around a fact put it: done, planned, over, denied or merely possible."""

from spacy.tokens import Span, Token

from pipeline.fact import FactStatus
from pipeline.link._clauses import clause, is_verb
from pipeline.link._cues import cue
from pipeline.link._features import feature


def status(sentence: Span, start: int, stop: int) -> FactStatus:
    """Read from the clause around `[start, stop)` (characters) how its fact is put."""
    words = clause(sentence, start, stop)
    specified = _specified(sentence, words)
    for value, holds in _READINGS:
        if holds(words):
            return value
    return FactStatus.PLANNED if specified and _is_planned(specified) else FactStatus.ACTUAL


def _specified(sentence: Span, words: list[Token]) -> list[Token]:
    """«Вложат 600 млн: 200 млн — из бюджета»: what has no verb of its own is put as the clause it spells out."""
    first = words[0]
    mark = first.nbor(-1) if first.i > sentence.start else None
    if mark is None or mark.text not in {":", ","} or any(is_verb(t) for t in words):
        return []
    spells = mark.text == ":" or (first.lower_, first.nbor(1).lower_ if first.i + 1 < sentence.end else "") in _SPELLS
    return clause(sentence, mark.idx - 1, mark.idx) if spells and mark.i > sentence.start else []


def _is_denied(words: list[Token]) -> bool:
    return bool(_lemmas(words) & cue("denial")) or any(_negated(token) for token in words)


def _is_hypothetical(words: list[Token]) -> bool:
    possible = [t for t in words if t.lemma_ in cue("possibility")]
    return bool(possible) or any(t.lower_ == "если" for t in words)


def _is_planned(words: list[Token]) -> bool:
    if any(t.lemma_ in cue("intent") for t in words) or any(is_future(t) for t in words):
        return True
    return any(t.lemma_ in cue("obligation") and _has_infinitive(words, t) for t in words) or _estimates(words)


def _is_former(words: list[Token]) -> bool:
    lowered = " ".join(t.lower_ for t in words)
    return any(phrase in f" {lowered} " for phrase in _PAST)


def _estimates(words: list[Token]) -> bool:
    """«Проект оценивают в 5 млрд»: what something yet to be made will cost."""
    lemmas = _lemmas(words)
    priced = any(t.lemma_ == "стоимость" and feature(t, "Case") == "Ins" for t in words) and not lemmas & cue("done")
    return bool(lemmas & cue("undertaking")) and (priced or bool(lemmas & cue("estimate")))


def _has_infinitive(words: list[Token], modal: Token) -> bool:
    return any(feature(t, "VerbForm") == "Inf" for t in words if t.i > modal.i)


def is_future(token: Token) -> bool:
    """Tell whether a token is a verb in the future: «подпишут», «будет»."""
    return feature(token, "Tense") == "Fut" or (token.lemma_ == "быть" and token.lower_.startswith("буд"))


def _negated(token: Token) -> bool:
    """«не подписали»; not «не превышает», which only sets a bound, nor an infinitive under another verb."""
    if not is_verb(token) or token.i == 0 or token.nbor(-1).lower_ != "не" or token.lemma_ in cue("bounding"):
        return False
    return feature(token, "VerbForm") != "Inf"


def _lemmas(words: list[Token]) -> set[str]:
    return {token.lemma_ for token in words}


_SPELLS = {("то", "есть"), ("из", "них"), ("в", "том"), ("из", "которых")}
_PAST = (" годом ранее ", " годом раньше ", " прежде ", " когда-то ", " в лучшие годы ", " год назад ")

_READINGS = (
    (FactStatus.DENIED, _is_denied),
    (FactStatus.HYPOTHETICAL, _is_hypothetical),
    (FactStatus.PLANNED, _is_planned),
    (FactStatus.FORMER, _is_former),
)
