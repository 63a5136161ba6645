"""Later (and earlier) mentions of a cluster that the text has named: its quoted name, an abbreviation, fewer words."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors._clusters.found import Found
from extractors._clusters.phrase import Phrase
from extractors._clusters.words import is_adjective, lemma_in
from extractors._inflected import InflectedNames, fold
from extractors._quotes import quotes

_LONGEST_NAME = 6
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Echo:
    """Tokens `start` to `stop` mention the cluster that `of` has named, by `rule`."""

    start: int
    stop: int
    rule: str
    of: Found


def echoes(doc: Doc, found: list[Found], rest: list[Phrase]) -> Iterator[Echo]:
    """Give the mentions of named clusters beside those where they are named."""
    taken = {i for f in found for i in range(f.start, f.stop)}
    for echo in (*_quoted(doc, found), *_abbreviated(doc, found), *_unquoted(doc, found), *_shortened(found, rest)):
        if taken.isdisjoint(range(echo.start, echo.stop)):
            taken |= set(range(echo.start, echo.stop))
            yield echo


def names_in(quoted: str) -> tuple[str, ...]:
    """Give a quoted name, and the name quoted within it.

    >>> names_in("Технополис «Старт»")
    ('Технополис «Старт»', 'Старт')
    """
    inner = quoted.partition("«")[2].strip("»")
    return (quoted, inner) if inner else (quoted,)


def _owners(doc: Doc, found: list[Found]) -> InflectedNames[int]:
    """Quoted names, and the first word of a quoted name of several, with the position of the cluster in `found`."""
    first: dict[str, int] = {}
    rows = []
    for position, f in enumerate(found):
        if f.quote is not None:
            for name in names_in(f.quote.inside(doc)):
                rows.append((name, first.setdefault(fold(name), position)))  # noqa: PERF401 - a nested comprehension hides the default
    return InflectedNames(rows)


def _first_words(doc: Doc, found: list[Found]) -> InflectedNames[int]:
    rows: dict[str, int] = {}
    for position, f in enumerate(found):
        words = f.quote.inside(doc).split() if f.quote is not None else []
        if len(words) > 1 and not is_adjective(doc[f.quote.start + 1] if f.quote else doc[f.start]):
            rows.setdefault(words[0], position)
    return InflectedNames(rows.items())


def _quoted(doc: Doc, found: list[Found]) -> Iterator[Echo]:
    owners, first_words = _owners(doc, found), _first_words(doc, found)
    for quote in quotes(doc):
        owner = owners.find(quote.inside(doc))
        owner = first_words.find(quote.inside(doc)) if owner is None else owner
        of_another = quote.start > 0 and lemma_in(doc[quote.start - 1], "body")
        if owner is not None and not of_another:
            yield Echo(quote.start, quote.stop, "quoted_again", found[owner])


def _abbreviated(doc: Doc, found: list[Found]) -> Iterator[Echo]:
    """An abbreviation in brackets behind a name stands for it from then on: «… кластер (ММК)»."""
    for f in found:
        bracket = doc[f.stop : f.stop + 3].text
        short = bracket.strip("() ")
        if len(bracket.split()) == 1 and bracket == f"({short})" and short[:_SHORTEST].isupper() and short.isalpha():
            for token in doc:
                if token.text == short:
                    yield Echo(token.i, token.i + 1, "abbreviated", f)


def _unquoted(doc: Doc, found: list[Found]) -> Iterator[Echo]:
    """A quoted name of several words, printed without its quotes: «Физтеха XXI»."""
    owners = _owners(doc, [f for f in found if f.quote is not None])
    named = [f for f in found if f.quote is not None]
    for token in doc:
        for stop in range(min(len(doc), token.i + _LONGEST_NAME), token.i + 1, -1):
            owner = owners.find(doc[token.i : stop].text) if token.text[0].isupper() else None
            if owner is not None and doc[stop - 1].text[-1].isalnum():
                yield Echo(token.i, stop, "unquoted_again", named[owner])
                break


def _shortened(found: list[Found], rest: list[Phrase]) -> Iterator[Echo]:
    """A cluster by some of the words that named it: «судостроительного кластера»."""
    for phrase in rest:
        said = _said(phrase)
        owners = [f for f in found if f.quote is None and f.phrase.head != phrase.head and said <= _said(f.phrase)]
        names = {fold(f.phrase.doc[f.start : f.stop].text) for f in owners}
        if said and owners and not phrase.blocked and not phrase.plural and len(names) == 1:
            yield Echo(phrase.start, phrase.stop, "shortened", owners[0])


def _said(phrase: Phrase) -> frozenset[str]:
    """The telling words of a phrase: its modifiers and complement without kinds and scopes."""
    positions = [*phrase.modifiers, *(range(*phrase.complement) if phrase.complement else ())]
    words = [phrase.doc[i] for i in positions]
    telling = (w for w in words if not lemma_in(w, "scope") and not lemma_in(w, "generic") and w.text[0].isalpha())
    return frozenset(fold(word.lemma_) for word in telling) - {"и"}
