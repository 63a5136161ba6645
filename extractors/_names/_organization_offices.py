"""One-word names of offices told by their ending: «Самарастат», «Мосгосстройнадзор», «облкомстат»."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span

from extractors._lexicon import table
from extractors._model import OrganizationKind
from extractors._morphology import parses
from extractors._names._organization_scene import Scene

_SHORTEST_START = 3


class _Ending(NamedTuple):
    """An ending, the kind of body it tells, whether the word must have a capital letter, and words it is not for."""

    ending: str
    kind: OrganizationKind
    capital: bool
    exceptions: frozenset[str]


@cache
def _endings() -> tuple[_Ending, ...]:
    return tuple(
        _Ending(
            row["ending"], OrganizationKind(row["kind"]), row["start"] == "capital", frozenset(row["not"].split(" | "))
        )
        for row in table("organization_endings")
    )


def offices(scene: Scene) -> Iterator[Span]:
    """Give the one-word names of offices."""
    for token in scene.doc:
        if token.is_alpha and token.i not in scene.in_places and token.i not in scene.persons:
            kind = office_kind(token.text)
            if kind is not None:
                yield Span(scene.doc, token.i, token.i + 1, label="office")


@cache
def office_kind(word: str) -> OrganizationKind | None:
    """Give the kind of body that a word in any case is the name of, None for any other word.

    >>> office_kind("Самарастата"), office_kind("аэростат") is None
    (<OrganizationKind.GOVERNMENT: 'government'>, True)
    """
    lower = word.lower()
    telling = [e for e in _endings() if e.ending in lower and (word[0].isupper() or not e.capital)]
    if not telling or word.isupper():
        return None
    forms = {parse.normal_form for parse in parses(lower)}
    return next((e.kind for e in telling if any(_has(form, e) for form in forms)), None)


def _has(form: str, ending: _Ending) -> bool:
    start = form.removesuffix(ending.ending)
    return start != form and len(start) >= _SHORTEST_START and form not in ending.exceptions
