"""Puts terms together: ranges are one amount, lists and «с … до …» are several that lend each other unit and currency.

Knows nothing of bounds or of currencies that the text around supplies.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from extractors._money.lexemes import DASHES, Lexeme
from extractors._money.terms import Term

_YEARS = range(1900, 2100)
_THOUSAND = Decimal(1000)
_FROM = {"с", "со", "c"}  # the last is a Latin letter that slipped in
_LAST_LINKS = {("и",), ("или",), ("либо",), (",", "а", "также"), ("и", "еще"), ("и", "по")}
_OVER_AGAINST = {("против",), ("вместо",), ("при", "плане"), (",", "или")}


class Relation(StrEnum):
    """How two neighbouring terms stand to each other."""

    NONE = "none"
    RANGE = "range"
    CHANGE = "change"
    COMMA = "comma"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in `lexemes[start:stop]`, before bounds and context: `code` is None or `?` where unread."""

    start: int
    stop: int
    low: Decimal | None
    high: Decimal | None
    code: str | None
    rule: str
    problem: str | None = None
    over: bool = False
    adjective: bool = False
    exact: bool = False

    @property
    def is_range(self) -> bool:
        """Tell whether both ends are printed."""
        return self.rule == "range"


def group(lexemes: Sequence[Lexeme], terms: Sequence[Term]) -> list[Amount]:
    """Turn the terms of a text into amounts; numbers that stay bare are dropped."""
    relations = [_relation(lexemes, a, b) for a, b in itertools.pairwise(terms)]
    lent = _lend(terms, relations)
    found: list[Amount] = []
    position = 0
    while position < len(terms):
        ranged = position < len(relations) and relations[position] is Relation.RANGE
        amount = _range(lexemes, lent[position], lent[position + 1]) if ranged else None
        if amount is not None:
            position += 1
        elif not lent[position].bare:
            amount = _single(terms[position], lent[position], relations[position - 1 : position + 1])
        found += [amount] if amount is not None else []
        position += 1
    return found


def _relation(lexemes: Sequence[Lexeme], left: Term, right: Term) -> Relation:
    between = tuple(lexeme.text for lexeme in lexemes[left.stop : right.start])
    before = lexemes[left.start - 1].text if left.start else ""
    if len(between) == 1 and between[0] in DASHES:
        return Relation.RANGE if _is_dash_range(lexemes, left, right) else Relation.NONE
    if (before, between) in {("от", ("до",)), ("между", ("и",)), ("от", (",", "до"))}:
        return Relation.RANGE
    if before in _FROM and between == ("до",):
        return Relation.CHANGE
    if between == (",",):
        return Relation.COMMA
    return Relation.LAST if between in _LAST_LINKS | _OVER_AGAINST else Relation.NONE


def _is_dash_range(lexemes: Sequence[Lexeme], left: Term, right: Term) -> bool:
    """Tell a range from a pause: with blanks around, a dash behind a currency, a year or a larger number is a pause."""
    dash = lexemes[left.stop]
    if dash.glued or lexemes[right.start].glued:
        return True
    if left.number is None or right.number is None or (left.code and not left.prefixed):
        return False
    return not _is_year(left) and left.number < right.number


def _is_year(term: Term) -> bool:
    return term.bare and not term.worded and term.number is not None and term.number in _YEARS


def _lend(terms: Sequence[Term], relations: Sequence[Relation]) -> list[Term]:
    """Lend units and currencies from right to left, and a sign before the first number to the second."""
    lent = list(terms)
    in_list = False
    for i in range(len(relations) - 1, -1, -1):
        relation = relations[i]
        in_list = relation is Relation.LAST or (relation is Relation.COMMA and (in_list or _goes_on(relations, i)))
        if relation in {Relation.RANGE, Relation.CHANGE}:
            lent[i] = _borrow(lent[i], lent[i + 1], falling=relation is Relation.CHANGE)
        elif in_list and not _is_year(lent[i]):
            lent[i] = _borrow(lent[i], lent[i + 1], falling=True)
        elif relation is Relation.COMMA:
            lent[i + 1] = _doubtful_comma(lent[i], lent[i + 1])
        if relation is Relation.RANGE and lent[i + 1].code is None and lent[i].prefixed:
            lent[i + 1] = replace(lent[i + 1], code=lent[i].code)
    return lent


def _goes_on(relations: Sequence[Relation], position: int) -> bool:
    """Tell whether «5, 10, 15 млн» is a list though no «и» stands before its last item."""
    return position > 0 and relations[position - 1] is Relation.COMMA


def _borrow(term: Term, lender: Term, *, falling: bool) -> Term:
    """Give a term the unit (if it can have it) and the currency of the next one.

    A range has its smaller end first; «falling» tells that this order means nothing here.
    """
    if term.number is None or lender.number is None or lender.adjective or lender.bare:
        return term
    may_scale = term.scale is None and lender.scale is not None and (term.code is None or term.prefixed)
    if may_scale and lender.scale and lender.scale >= _THOUSAND and term.number < _THOUSAND:
        if falling or term.number < lender.number:
            term = replace(term, scale=lender.scale)
        elif term.code is None:
            term = replace(term, problem="the unit of the lower end is unclear")
    return term if term.code else replace(term, code=lender.code)


def _doubtful_comma(left: Term, right: Term) -> Term:
    """«2, 5 млн» may be 2,5 with a stray blank."""
    if not left.bare or left.worded or right.bare or right.worded or right.number is None or left.number is None:
        return right
    whole = right.number == right.number.to_integral_value() and left.number == left.number.to_integral_value()
    if whole and right.number < _THOUSAND and left.number < _THOUSAND:
        return replace(right, problem="the comma before it may be a decimal one")
    return right


def _range(lexemes: Sequence[Lexeme], left: Term, right: Term) -> Amount | None:
    if right.bare:
        return None
    led = left.start > 0 and lexemes[left.start - 1].text in {"от", "между"}
    problem = left.problem or right.problem
    low, high = left.value, right.value
    if low is not None and high is not None and low > high:
        problem = problem or "the range runs backwards"
    code = right.code or left.code
    start = left.start - 1 if led else left.start
    return Amount(start, right.stop, low, high, code, "range", problem, over=right.over, exact=True)


def _single(printed: Term, term: Term, around: Sequence[Relation]) -> Amount:
    rule = "amount" if printed == term else "lent_unit"
    if term.number is None:
        rule = "indefinite"
    elif term.adjective:
        rule = "adjective"
    exact = Relation.CHANGE in around
    value = term.value
    return Amount(
        term.start, term.stop, value, value, term.code, rule, term.problem, term.over, term.adjective, exact=exact
    )
