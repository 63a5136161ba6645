"""Reads single amounts out of lexemes: a count, its unit, its currency and the hundredths behind it.

Owns the grammar of one term («1 млрд 200 млн руб.», «$3,5 трлн», «881 913 (…) руб. 98 коп.»). Bare numbers are terms
too: ranges and lists may lend them a unit. Knows nothing of bounds or of the words around.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors._money.counts import INDEFINITE, Count, bracket, read_count, tail_stop
from extractors._money.lexemes import DASHES, Lexeme, read_digits
from extractors._money.vocabulary import (
    Currency,
    Unit,
    closing,
    elliptic,
    read_adjective,
    read_currency,
    read_minor,
    read_unit,
)

_GENITIVE = frozenset(
    ["около", "более", "больше", "свыше", "до", "от", "менее", "меньше", "порядка", "размере", "без", "ниже", "выше"]
)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Term:
    """One amount as printed in `lexemes[start:stop]`: `number` of `scale`, and `rest` in whole units.

    `number` is None where the words name none; `scale` and `code` are None where none is printed.
    """

    start: int
    stop: int
    number: Decimal | None
    scale: Decimal | None = None
    rest: Decimal = Decimal(0)
    code: str | None = None
    prefixed: bool = False
    worded: bool = False
    over: bool = False
    adjective: bool = False
    problem: str | None = None

    @property
    def value(self) -> Decimal | None:
        """The amount in whole units."""
        return None if self.number is None else self.number * (self.scale or 1) + self.rest

    @property
    def bare(self) -> bool:
        """Tell whether it is a number and nothing else."""
        return self.scale is None and self.code is None


def read_terms(lexemes: Sequence[Lexeme]) -> list[Term]:
    """Read every term, left to right."""
    found: list[Term] = []
    position = 0
    while position < len(lexemes):
        term = read_term(lexemes, position)
        if term is not None:
            found.append(term)
        position = position + 1 if term is None else term.stop
    return found


def read_term(lexemes: Sequence[Lexeme], start: int) -> Term | None:
    """Read the term that begins at `lexemes[start]`, a sign or code of a currency before it included."""
    before = _prefix(lexemes, start)
    quantity = read_quantity(lexemes, before.stop if before else start)
    if quantity is None:
        return None
    term = replace(quantity, start=start)
    if before is not None:
        term = replace(term, code=before.code, prefixed=True)
    if term.adjective:
        return term
    term = _minor(lexemes, _suffix(lexemes, term))
    return replace(term, stop=closing(lexemes, term.stop))


def _prefix(lexemes: Sequence[Lexeme], start: int) -> Currency | None:
    """Read a currency before its number: a sign or code anywhere, a word only where a clause begins («грн 3.04»)."""
    found = read_currency(lexemes, start)
    if found is None or found.stop >= len(lexemes):
        return None
    number = lexemes[found.stop]
    if found.is_sign:
        before = lexemes[start - 1] if start and lexemes[start].kind == "word" else None
        in_latin_name = (
            before is not None and before.printed.isascii() and (before.kind == "word" or before.text == "/")
        )
        return found if number.kind in {"number", "word"} and not in_latin_name else None
    opens = start == 0 or lexemes[start - 1].kind in {"break", "sign"}
    closes = found.stop + 1 >= len(lexemes) or lexemes[found.stop + 1].kind in {"break", "sign"}
    return found if opens and closes and number.kind == "number" and len(number.text) > 1 else None


def read_quantity(lexemes: Sequence[Lexeme], start: int) -> Term | None:
    """Read counts with falling units: «1 млрд 200 млн», «двадцать тысяч пятьсот» (the last one before a currency)."""
    term = _part(lexemes, start)
    while term is not None and not term.problem and not term.adjective:
        longer = _joined(lexemes, term)
        if longer is None:
            break
        term = longer
    return None if term is None else _checked_against_words(lexemes, term)


def _count(lexemes: Sequence[Lexeme], start: int) -> Count | None:
    """Read a count and the words in brackets that repeat it."""
    count = read_count(lexemes, start)
    said = None if count is None or count.printed is None else bracket(lexemes, count.stop, read_quantity)
    return count if count is None or said is None else count._replace(stop=said[1], words_say=said[0])


def _part(lexemes: Sequence[Lexeme], start: int) -> Term | None:
    count = _count(lexemes, start)
    unit = read_unit(lexemes, start if count is None else count.stop)
    if count is None:
        return None if unit is None else _unit_alone(lexemes, start, unit)
    adjective = _adjective(lexemes, start, count)
    if adjective is not None:
        return adjective
    return _half(lexemes, _counted(lexemes, start, count, unit))


def _counted(lexemes: Sequence[Lexeme], start: int, count: Count, unit: Unit | None) -> Term:
    number, problem = count.value, count.problem
    if count.printed is not None:
        reading = read_digits(count.printed, scaled=unit is not None)
        number, problem = reading.value, problem or reading.problem
    stop, scale = (count.stop, None) if unit is None else (unit.stop, unit.scale)
    if count.words_say is not None and number is not None and count.words_say != number:
        if unit is not None and count.words_say * unit.scale == number:
            scale = Decimal(1)
        else:
            problem = problem or "the words in brackets say another number"
    over = count.over
    if unit is not None and tail_stop(lexemes, stop) is not None:
        stop, over = stop + 2, True
    if number is not None and count.half:
        number += Decimal("0.5")
    return Term(start, stop, number, scale, worded=count.printed is None, over=over, problem=problem)


def _half(lexemes: Sequence[Lexeme], term: Term) -> Term:
    """Add «с половиной» behind the unit."""
    behind = [lexeme.text for lexeme in lexemes[term.stop : term.stop + 2]]
    if behind == ["с", "половиной"] and term.scale is not None:
        return replace(term, stop=term.stop + 2, rest=term.scale / 2)
    return term


def _unit_alone(lexemes: Sequence[Lexeme], start: int, unit: Unit) -> Term | None:
    """Read «миллион» as one, «полмиллиона» as a half; «миллионы» and a doubtful «тысячи» name no number."""
    if lexemes[start].printed.isupper() and len(lexemes[start].printed) == 1:
        return None
    governed = start > 0 and lexemes[start - 1].text in _GENITIVE
    if unit.one and (governed or not unit.either):
        number = Decimal("0.5") if unit.half else Decimal(1)
        tail = tail_stop(lexemes, unit.stop)
        return Term(start, tail or unit.stop, number, unit.scale, worded=True, over=tail is not None)
    if unit.bare_plural or unit.either:
        return Term(start, unit.stop, None, unit.scale, worded=True, problem=INDEFINITE)
    return None


def _adjective(lexemes: Sequence[Lexeme], start: int, count: Count) -> Term | None:
    """Read «100-миллионный», «20-долларовой», also with a currency behind."""
    if count.printed is None or len(lexemes) < count.stop + 2 or lexemes[count.stop].text not in DASHES:
        return None
    found = read_adjective(lexemes[count.stop + 1].text)
    if found is None:
        return None
    scale, code = found
    number = read_digits(count.printed, scaled=scale is not None).value
    return Term(start, count.stop + 2, number, scale, code=code, adjective=True)


def _joined(lexemes: Sequence[Lexeme], term: Term) -> Term | None:
    """Join a smaller part to a term: with a unit of its own, before a currency, or as «миллиард сто»."""
    part = _part(lexemes, term.stop)
    smallest = _smallest(term)
    if part is None or smallest is None or part.number is None or part.problem or part.adjective or not _whole(term):
        return None
    amount = part.number * (part.scale or 1)
    if amount >= smallest or part.number == 0:
        return None
    joined = replace(term, stop=part.stop, rest=term.rest + amount, over=part.over)
    if part.scale is not None or read_currency(lexemes, part.stop) is not None:
        return joined
    if term.worded and part.worded and part.number < _THOUSAND and not term.rest:
        closes = part.stop >= len(lexemes) or lexemes[part.stop].kind != "word"
        return replace(joined, rest=part.number * smallest / _THOUSAND) if closes else None
    return None


def _smallest(term: Term) -> Decimal | None:
    """Give the unit that the next part must stay under."""
    if term.scale is None or term.scale < _THOUSAND:
        return None
    if not term.rest:
        return term.scale
    scale = _THOUSAND
    while term.rest % (scale * _THOUSAND) == 0:
        scale *= _THOUSAND
    return scale if term.rest % scale == 0 else None


def _whole(term: Term) -> bool:
    return term.number is not None and term.number == term.number.to_integral_value() and not term.over


def _checked_against_words(lexemes: Sequence[Lexeme], term: Term) -> Term:
    """Compare «5 млн (пять миллионов)» and step over the bracket."""
    found = None if term.worded or term.scale is None else bracket(lexemes, term.stop, read_quantity)
    if found is None:
        return term
    said, stop = found
    problem = None if said == term.value else "the words in brackets say another number"
    return replace(term, stop=stop, problem=term.problem or problem)


def _suffix(lexemes: Sequence[Lexeme], term: Term) -> Term:
    """Read the currency behind: sign, name, abbreviation; a neutral adjective may stand between."""
    found = read_currency(lexemes, term.stop) if term.stop < len(lexemes) else None
    if found is not None and _is_other_word(lexemes, term, found.stop):
        return term
    if found is not None and not _opens_next(lexemes, term.stop, found):
        start = _number_start(lexemes, term) if term.prefixed and found.code != term.code else term.start
        return replace(term, start=start, stop=found.stop, code=found.code)
    if term.prefixed or term.stop >= len(lexemes):
        return term
    return _behind_adjective(lexemes, term)


def _is_other_word(lexemes: Sequence[Lexeme], term: Term, stop: int) -> bool:
    """Tell whether the currency is another word: «в 5 р. больше», «10 р-нов», «пара EUR/USD»."""
    if term.number is None and term.scale is None and lexemes[term.stop].printed.isupper():
        return True
    if lexemes[term.stop].text != "р" or term.scale is not None:
        return False
    behind = lexemes[term.stop + 1 : term.stop + 2]
    if behind and behind[0].text in DASHES and behind[0].glued and stop < len(lexemes) - 1:
        return lexemes[stop + 1].kind == "word"
    return term.start > 0 and lexemes[term.start - 1].text == "в" and (term.number or 0) < _HUNDRED


def _number_start(lexemes: Sequence[Lexeme], term: Term) -> int:
    """Give where the number begins: in «курс $ 92,5 руб.» the sign in front is the thing priced."""
    before = read_currency(lexemes, term.start)
    return term.start if before is None else before.stop


def _behind_adjective(lexemes: Sequence[Lexeme], term: Term) -> Term:
    adjective = lexemes[term.stop]
    noun = read_currency(lexemes, term.stop + 1) if term.stop + 1 < len(lexemes) else None
    if adjective.kind != "word":
        return term
    if noun is None:
        closes = term.stop + 1 >= len(lexemes) or lexemes[term.stop + 1].kind != "word"
        code = elliptic().get(adjective.text) if closes and term.scale is not None else None
        return term if code is None else replace(term, stop=term.stop + 1, code=code)
    if noun.is_sign or not adjective.text.endswith(("ых", "их", "ого", "его", "ый", "ий", "ым", "им", "ыми", "ими")):
        return term
    foreign = adjective.text.endswith(("ских", "цких", "ского", "цкого", "ским", "скими"))
    problem = f"unknown currency «{adjective.printed} {lexemes[term.stop + 1].printed}»" if foreign else None
    return replace(term, stop=noun.stop, code=noun.code if problem is None else "?", problem=term.problem or problem)


def _opens_next(lexemes: Sequence[Lexeme], position: int, found: Currency) -> bool:
    """Tell whether a sign belongs to the number behind it («в 2023 $5 млн»)."""
    if not found.is_sign or found.stop >= len(lexemes) or lexemes[position].glued:
        return False
    behind = lexemes[found.stop]
    return behind.kind == "number" and behind.glued


def _minor(lexemes: Sequence[Lexeme], term: Term) -> Term:
    """Read «20 копеек» behind the currency, or alone («45 копеек»)."""
    if term.code is None:
        alone = None if term.scale or term.number is None else read_minor(lexemes, term.stop, None)
        if alone is None or term.number is None or term.problem:
            return term
        return replace(term, stop=alone.stop, code=alone.code, scale=1 / _HUNDRED)
    start = term.stop
    if start < len(lexemes) and lexemes[start].text in {"и", ","}:
        start += 1
    count = _count(lexemes, start)
    if count is None or count.value is None or not 0 <= count.value < _HUNDRED:
        return term
    found = read_minor(lexemes, count.stop, term.code)
    return term if found is None else replace(term, stop=found.stop, rest=term.rest + count.value / _HUNDRED)
