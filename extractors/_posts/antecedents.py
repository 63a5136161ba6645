"""The body that a pronoun means beside a post: «его директор», «руководит ею».

Looks back no farther than the sentence before, and finds nothing rather than a body whose gender speaks against it.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractors._model import Span as TextSpan
from extractors._names_at import names_from

_POSSESSIVES = {"его": {"Masc", "Neut"}, "её": {"Fem"}, "ее": {"Fem"}, "их": set[str]()}
_OBJECTS = {"ею": {"Fem"}, "ей": {"Fem"}, "им": {"Masc", "Neut"}, **_POSSESSIVES}
_LONGEST_QUOTE = 8


def owner(doc: Doc, start: int) -> TextSpan | None:
    """Give the body that a possessive right before a token means: «… фонд, его директор»."""
    word = doc[start - 1].lower_ if start else ""
    return antecedent(doc, start - 1, _POSSESSIVES[word]) if word in _POSSESSIVES else None


def object_of(doc: Doc, verb: Token) -> TextSpan | None:
    """Give the body that a pronoun after a verb means: «Руководит ею Анна Быстрова»."""
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is None or after.lower_ not in _OBJECTS:
        return None
    return antecedent(doc, after.i, _OBJECTS[after.lower_])


def antecedent(doc: Doc, at: int, genders: set[str]) -> TextSpan | None:
    """Give the last body, or quoted name, before a token, of a fitting gender, in its sentence or the one before."""
    first = doc[at].sent.start
    first = doc[first - 1].sent.start if first else first
    bodies = [span for span in names_from(doc, "organizations", first, at) if span.end <= at]
    found = [*bodies, *_quotes(doc, first, at)]
    fitting = [span for span in found if not genders or _genders(span) <= genders or not _genders(span)]
    best = max(fitting, key=lambda span: (_is_subject(span), span.end, -span.start), default=None)
    return None if best is None else TextSpan(best.start_char, best.end_char)


def _genders(span: Span) -> set[str]:
    return set(_noun(span).morph.get("Gender", []))


def _is_subject(span: Span) -> bool:
    return "Nom" in _noun(span).morph.get("Case", [])


def _quotes(doc: Doc, start: int, stop: int) -> Iterator[Span]:
    """Give the names in quotes within these tokens."""
    for opening in range(start, stop):
        if doc[opening].text == "«" and opening + 1 < stop and doc[opening + 1].text[0].isupper():
            ends = range(opening + 1, min(stop, opening + _LONGEST_QUOTE))
            closing = next((i for i in ends if doc[i].text == "»"), None)
            if closing is not None:
                yield doc[opening : closing + 1]


def _noun(span: Span) -> Token:
    return next((token for token in span if token.pos_ in {"NOUN", "PROPN"}), span[0])
