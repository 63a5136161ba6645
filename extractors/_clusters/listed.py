"""Clusters that are named by the company they keep: in an enumeration of named ones, or in a register."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extractors._clusters.found import Found
from extractors._clusters.naming import is_descriptive
from extractors._clusters.phrase import Phrase
from extractors._quotes import Quote, quotes
from extractors._regions import place_by_adjective

_JOINERS = {",", "и", ";", "а", "также", "—", "–", "(", ")"}
_REGISTERS = {"реестр", "перечень"}
_ENTERED = {"войти", "внести", "включить", "пополнить", "числиться", "состоять", "внесённый", "включённый"}
_DASHES = {"—", "–", "-"}


def apposed(phrase: Phrase) -> Found | None:
    """Read «Южный» — кластер приборостроения»: a quoted name, a dash, and what it is."""
    doc = phrase.doc
    dash = phrase.start - 1
    if dash < 1 or doc[dash].text not in _DASHES or phrase.quote or not is_descriptive(phrase):
        return None
    quote = next((q for q in quotes(doc) if q.stop == dash), None)
    if quote is None or phrase.doc[phrase.head].morph.get("Case", []) != ["Nom"]:
        return None
    name = f"{doc[phrase.start : phrase.core_stop].text} {doc[quote.start : quote.stop].text}"
    return Found(quote.start, phrase.stop, "apposed", phrase, quote, name)


def in_company(doc: Doc, found: list[Found], rest: Iterable[Phrase]) -> list[Found]:
    """Give the clusters among the remaining phrases that stand in a list with named ones, or in a register."""
    waiting = [phrase for phrase in rest if is_descriptive(phrase) and not phrase.plural]
    joined = [_alone(phrase, "in_register") for phrase in waiting if _in_register(phrase)]
    named = [*found, *joined]
    grown = True
    while grown:
        taken = {f.phrase.head for f in named}
        more = [_alone(p, "enumerated") for p in waiting if p.head not in taken and _beside(doc, p, named)]
        named += more
        joined += more
        grown = bool(more)
    return [*joined, *_bare_quotes(doc, named)]


def _alone(phrase: Phrase, rule: str) -> Found:
    return Found(phrase.start, phrase.stop, rule, phrase, phrase.quote)


def _in_register(phrase: Phrase) -> bool:
    """A cluster in the nominative that a sentence says has entered a register: «в реестр вошёл кластер …»."""
    lemmas = {token.lemma_ for token in phrase.doc[phrase.head].sent}
    case = phrase.doc[phrase.head].morph.get("Case", [])
    return bool(lemmas & _REGISTERS and lemmas & _ENTERED) and case in (["Nom"], ["Acc"])


def _beside(doc: Doc, phrase: Phrase, named: list[Found]) -> bool:
    return any(
        _joined(doc, other.stop, phrase.start) or _joined(doc, phrase.stop, other.start)
        for other in named
        if other.phrase.head != phrase.head
    )


def _joined(doc: Doc, left: int, right: int) -> bool:
    """Tell whether only commas, «и» and the like stand between two positions."""
    between = doc[left:right]
    return len(between) > 0 and all(token.text in _JOINERS for token in between)


def _bare_quotes(doc: Doc, named: list[Found]) -> list[Found]:
    """A quoted name between two clusters of a list: «кластер А, чувашский «Хмель», кластер Б»."""
    found = []
    for quote in quotes(doc):
        start = quote.start
        if start and place_by_adjective(doc[start - 1].text) is not None:
            start -= 1
        if any(f.start < quote.stop and start < f.stop for f in named):
            continue
        left = next((f for f in named if _joined(doc, f.stop, start)), None)
        if left is not None and any(_joined(doc, quote.stop, f.start) for f in named):
            found.append(Found(start, quote.stop, "enumerated_name", left.phrase, quote, _name(doc, start, quote)))
    return found


def _name(doc: Doc, start: int, quote: Quote) -> str:
    adjective = f"{doc[start].text} " if start < quote.start else ""
    return f"{adjective}кластер {doc[quote.start : quote.stop].text}"
