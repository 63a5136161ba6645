"""Amounts of money: value, bounds, currency, what they are counted per and what they measure.

Owns the order of the steps; the grammar lies in `_money/`. Values are exact Decimals in whole units of the currency.
An amount that cannot be read with certainty says why in `unresolved`; numbers that count people or things, codes,
years and shares are not amounts.
"""

from collections.abc import Iterable
from decimal import Decimal

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention, MoneyAmount
from extractors._money.bounds import Bounded, bound_all
from extractors._money.clause import measures, per_unit
from extractors._money.context import complete
from extractors._money.families import settle
from extractors._money.groups import Amount, group
from extractors._money.names import stands_in_name
from extractors._money.setting import Setting, lay_out
from extractors._money.terms import read_terms
from extractors._money.vocabulary import UNKNOWN

_NUMBER_STANDS = ("which currency", "unknown currency", "no currency", "the words in brackets")


def extract(doc: Doc) -> Iterable[Mention]:
    """Find every amount of money.

    >>> from extractors import analyse
    >>> [(m.text, m.value.min, m.value.max) for m in extract(analyse("Капитализация превышает 7 млрд руб."))]
    [('7 млрд руб.', Decimal('7000000000'), None)]
    """
    setting = lay_out(doc)
    amounts = group(setting.lexemes, read_terms(setting.lexemes))
    found = complete(setting, settle(setting, bound_all(setting, amounts)))
    mentions = (_mention(setting, bounded) for bounded in found)
    return [mention for mention in mentions if not stands_in_name(doc, mention.span)]


def _mention(setting: Setting, bounded: Bounded) -> Mention:
    amount = bounded.amount
    start, stop = setting.lexemes[amount.start].start, setting.lexemes[amount.stop - 1].stop
    low, high = (None, None) if _has_no_value(amount) else (amount.low, amount.high)
    value = MoneyAmount(
        min=_plain(None if bounded.bound == "max" and not amount.is_range else low),
        max=_plain(None if bounded.bound == "min" and not amount.is_range else high),
        currency=None if amount.code == UNKNOWN else amount.code,
        approximate=bounded.approximate or amount.low is None,
        per_unit=per_unit(setting, bounded),
        measures=measures(setting, bounded),
        unresolved=amount.problem,
    )
    return Mention(
        Kind.MONEY, start, stop, setting.text[start:stop], value, amount.rule, confidence("money", amount.rule)
    )


def _has_no_value(amount: Amount) -> bool:
    """Tell whether the number itself is in doubt, and not only its currency or the words that repeat it."""
    return amount.problem is not None and not amount.problem.startswith(_NUMBER_STANDS)


def _plain(value: Decimal | None) -> Decimal | None:
    """Write a value without needless zeros: 5 and 5.2, never 5.20 or 5E+6."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()
