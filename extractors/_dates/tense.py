"""Which way the words around a date point: back, ahead, or neither."""

import re
from enum import StrEnum, auto
from functools import cache

from spacy.tokens import Doc, Token

from extractors._lexicon import table
from extractors._model import Span
from extractors._morphology import parses


class Tense(StrEnum):
    """The direction of a clause in time."""

    PAST = auto()
    PRESENT = auto()
    FUTURE = auto()
    UNKNOWN = auto()


_STOPS = frozenset(',;:—–()«»"“”')
_OF_FORM = {"Past": Tense.PAST, "Fut": Tense.FUTURE, "Pres": Tense.PRESENT}


@cache
def _ahead() -> re.Pattern[str]:
    stems = "|".join(row["stem"] for row in table("dates_tense") if row["points"] == "future")
    return re.compile(rf"(?:{stems})")


def clause(doc: Doc, span: Span) -> list[Token]:
    """Give the tokens of the clause around a span: up to the nearest punctuation on both sides, in its sentence."""
    inside = doc.char_span(span.start, span.stop, alignment_mode="expand")
    if inside is None:
        return []
    sentence = inside.sent
    left, right = inside.start, inside.end
    while left > sentence.start and doc[left - 1].text not in _STOPS:
        left -= 1
    while right < sentence.end and doc[right].text not in _STOPS:
        right += 1
    return list(doc[left:right])


def feature(token: Token, name: str) -> str:
    """Give a feature of a token's morphology, empty where it has none."""
    return "".join(token.morph.get(name, []))


def tense(doc: Doc, span: Span) -> Tense:
    """Tell the direction of the clause, or else of the sentence, around a span."""
    inside = doc.char_span(span.start, span.stop, alignment_mode="expand")
    if inside is None:
        return Tense.UNKNOWN
    for tokens in (clause(doc, span), list(inside.sent)):
        found = _of_tokens(tokens, inside.start)
        if found != Tense.UNKNOWN:
            return found
    return Tense.UNKNOWN


def clause_tense(doc: Doc, span: Span) -> Tense:
    """Tell the direction of the clause alone."""
    inside = doc.char_span(span.start, span.stop, alignment_mode="expand")
    return Tense.UNKNOWN if inside is None else _of_tokens(clause(doc, span), inside.start)


def _of_tokens(tokens: list[Token], place: int) -> Tense:
    pointing = [
        (abs(token.i - place), token.i, found) for token in tokens if (found := of_token(token)) != Tense.UNKNOWN
    ]
    return min(pointing)[2] if pointing else Tense.UNKNOWN


def of_token(token: Token) -> Tense:
    """Read a word that points ahead, a finite verb, or a past participle; a perfective non-past tells of the future."""
    if _ahead().match(token.text.lower().replace("ё", "е")):
        return Tense.FUTURE
    if token.pos_ == "ADJ":
        return Tense.PAST if _is_past_participle(token.text) else Tense.UNKNOWN
    if token.pos_ not in {"VERB", "AUX"} or feature(token, "VerbForm") not in {"Fin", "Part"}:
        return Tense.UNKNOWN
    if feature(token, "VerbForm") == "Part" and feature(token, "Tense") != "Past":
        return Tense.UNKNOWN
    found = _OF_FORM.get(feature(token, "Tense"), Tense.UNKNOWN)
    if found == Tense.PRESENT and feature(token, "Aspect") == "Perf":
        return Tense.FUTURE
    return found


def _is_past_participle(word: str) -> bool:
    best = parses(word.lower())[0].tag
    return best.POS == "PRTF" and "past" in best
