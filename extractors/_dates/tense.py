"""Which way the words around a date point: back, ahead, or neither."""

import re
from dataclasses import dataclass, replace
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
    MIXED = auto()
    UNKNOWN = auto()


_STOPS = frozenset(',;:—–()«»"“”')
_WAS = frozenset({"был", "была", "было", "были"})
_OF_FORM = {"Past": Tense.PAST, "Fut": Tense.FUTURE, "Pres": Tense.PRESENT}


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which way the nearest verb points, whether it stands in the clause itself, and whether it is perfective."""

    tense: Tense
    in_clause: bool = False
    perfective: bool = False


@cache
def _words_that_point(way: str) -> re.Pattern[str]:
    stems = "|".join(row["stem"] for row in table("dates_tense") if row["points"] == way)
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


def pointer(doc: Doc, span: Span) -> Pointer:
    """Tell the direction of the clause, or else of the sentence, around a span."""
    inside = doc.char_span(span.start, span.stop, alignment_mode="expand")
    if inside is None:
        return Pointer(Tense.UNKNOWN)
    near = _of_tokens(clause(doc, span), inside.start)
    if near.tense != Tense.UNKNOWN:
        return near
    return replace(_of_tokens(list(inside.sent), inside.start), in_clause=False)


def _of_tokens(tokens: list[Token], place: int) -> Pointer:
    """Follow the verb nearest to a place; an infinitive nearer than a past verb leaves the direction open."""
    pointing = sorted((abs(t.i - place), t.i, t) for t in tokens if _of_token(t) != Tense.UNKNOWN)
    if not pointing:
        return Pointer(Tense.UNKNOWN)
    distance, _, verb = pointing[0]
    found = _of_token(verb)
    if found == Tense.PAST and _infinitive_nearer(tokens, place, distance) and not _carries(verb):
        found = Tense.MIXED
    if found == Tense.FUTURE and _is_word_ahead(verb) and any(t.lower_ in _WAS for t in tokens):
        found = Tense.MIXED
    return Pointer(found, in_clause=True, perfective=feature(verb, "Aspect") == "Perf")


def _infinitive_nearer(tokens: list[Token], place: int, distance: int) -> bool:
    return any(feature(t, "VerbForm") == "Inf" and abs(t.i - place) < distance for t in tokens)


def _carries(verb: Token) -> bool:
    """Tell whether what the infinitive beside this past verb says has come true: «удалось построить»."""
    return bool(_words_that_point("past").match(_folded(verb)))


def _is_word_ahead(token: Token) -> bool:
    return bool(_words_that_point("future").match(_folded(token)))


def _folded(token: Token) -> str:
    return token.lower_.replace("ё", "е")


def _of_token(token: Token) -> Tense:
    """Read a word that points ahead, a finite verb, or a past participle; a perfective non-past tells of the future."""
    if _is_word_ahead(token):
        return Tense.FUTURE
    if token.pos_ not in {"VERB", "AUX", "ADJ"}:
        return Tense.UNKNOWN
    if feature(token, "VerbForm") != "Fin":
        return Tense.PAST if _is_past_participle(token.text) else Tense.UNKNOWN
    found = _OF_FORM.get(feature(token, "Tense"), Tense.UNKNOWN)
    if found == Tense.PRESENT and feature(token, "Aspect") == "Perf":
        return Tense.FUTURE
    return found


def _is_past_participle(word: str) -> bool:
    """Ask the dictionary: the tagger takes other adjectives for participles."""
    best = parses(word.lower())[0].tag
    return best.POS in {"PRTF", "PRTS"} and "past" in best
