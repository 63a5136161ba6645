"""Spans of persons: the base tagger's, mended and completed by rules.

A span holds the name alone: no titles, posts, brackets or line ends. Bodies, places and prizes named after people are
not persons; nor is a family («Быстровы»). Rules that find names which the tagger missed stand in
`_person_rules`; reading a name is the business of `extractors._persons.name`.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractors._lexicon import table
from extractors._morphology import parses
from extractors._names._person_rules import (
    initials,
    is_common,
    joined,
    known_surnames,
    name_runs,
    outermost,
    starts_sentence,
    surnames,
)
from extractors._persons.declension import tags
from extractors._persons.name import OTHER_SPELLING
from extractors._persons.parts import is_eastern

_INSIDE = frozenset("-’'`")
_INITIAL = 2
_FULL = 2
_EASTERN = 3


def refine(doc: Doc, base: list[Span]) -> list[Span]:
    """Give the final spans of persons."""
    bare = [span for piece in base for part in _pieces(piece) if (span := _bare(part)) is not None]
    spans = outermost([*initials(doc), *joined(doc, bare), *name_runs(doc, bare)])
    known = surnames(span for span in spans if not _is_thing(span))
    named = [span for span in spans if not _is_thing(span) and (len(span) > 1 or _is_name(span[0], known))]
    return outermost([*named, *known_surnames(doc, spans, known)])


@cache
def _titles() -> dict[str, bool]:
    """Titles, and whether a first name alone may follow."""
    return {row["title"]: bool(row["joined"]) for row in table("person_titles")}


@cache
def _marks(kind: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in table("not_persons") if row["kind"] == kind)


def _pieces(span: Span) -> Iterator[Span]:
    """Cut at line ends, brackets, quotes and whatever else stands in no name."""
    start = span.start
    for token in span:
        if not _belongs(token):
            yield from _piece(span, start, token.i)
            start = token.i + 1
    yield from _piece(span, start, span.end)


def _belongs(token: Token) -> bool:
    if token.text == ".":
        return token.i > 0 and len(token.nbor(-1)) <= _INITIAL
    return token.text in _INSIDE or token.text[0].isalpha()


def _piece(span: Span, start: int, stop: int) -> Iterator[Span]:
    doc = span.doc
    while start < stop and not doc[start].text[0].isalpha():
        start += 1
    while start < stop and not (doc[stop - 1].text[0].isalpha() or doc[stop - 1].text == "."):
        stop -= 1
    if stop - start == _EASTERN and doc[stop - 1].text == "." and is_eastern(doc[start].text):
        stop -= 1  # «Ван И.» at the end of a sentence
    if not doc[start:stop].text.islower() and start < stop:
        yield Span(doc, start, stop, label=_piece_rule(span, start, stop))


def _piece_rule(span: Span, start: int, stop: int) -> str:
    """Tell a whole span from a cut one, and the Latin spelling in brackets after a name from a name."""
    if (start, stop) == (span.start, span.end):
        return span.label_
    doc = span.doc
    latin = start > span.start and doc[start - 1].text == "(" and doc[start].text.isascii()
    return OTHER_SPELLING if latin else "ner_cut"


def _bare(span: Span) -> Span | None:
    """Take titles, common nouns and places off the front; None where nothing is left."""
    start = span.start
    while start < span.end and _is_before_name(span.doc[start], span):
        start += 1
    if start == span.start:
        return span
    return Span(span.doc, start, span.end, label="ner_cut") if start < span.end else None


def _is_before_name(token: Token, span: Span) -> bool:
    follower = span.doc[token.i + 1] if token.i + 1 < span.end else None
    if follower is not None and is_eastern(follower.text) and not is_eastern(token.text) and not tags(token.text):
        return span.end - token.i > _EASTERN
    if token.lemma_ in _titles():
        return follower is None or not tags(token.text) or _titles()[token.lemma_]
    if follower is None or "Name" not in tags(follower.text) or span.end - token.i <= _FULL:
        return False
    return token.lemma_ not in _marks("first") and is_common(token) and _is_being_or_place(token)


def _is_being_or_place(token: Token) -> bool:
    tag = parses(token.text.lower())[0].tag
    return "anim" in tag or "Geox" in tag


def _is_thing(span: Span) -> bool:
    """Tell a thing named after a person, or a place or body taken for one."""
    before = [token.text.lower() for token in span.doc[max(0, span.start - 2) : span.start]]
    named_after = (before[-1:] == ["имени"] and before[:1] != ["по"]) or before[-1:] == ["им"] or before == ["им", "."]
    return named_after or span[0].lemma_ in _marks("first") or any(token.text[-1].isdigit() for token in span)


def _is_name(token: Token, known: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a lone word that the tagger takes for a person is one."""
    word = token.text.lower()
    if _is_family(token) or any(word.startswith(mark) for mark in _marks("prefix")):
        return False
    if tags(token.text) or any(word[:4] == surname[:4] for surname, _ in known):
        return True
    if parses(word)[0].normal_form.endswith(_marks("suffix")):
        return False
    common = is_common(token) or ("-" in word and _is_common_compound(word))
    return not common or not (starts_sentence(token) or "Geox" in parses(word)[0].tag)


def _is_common_compound(word: str) -> bool:
    return all(parses(part)[0].is_known and not tags(part) for part in word.split("-") if part)


def _is_family(token: Token) -> bool:
    """Tell «Быстровы»: a surname that can only be plural."""
    names = [parse for parse in parses(token.text.lower()) if "Surn" in parse.tag]
    return bool(names) and all("plur" in parse.tag for parse in names)
