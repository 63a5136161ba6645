"""Which of several currencies a bare noun means: «крон» where only Norwegian crowns are named, «долларов» in Canada.

A dollar is the American one unless the text names another dollar and never that one; a crown is none unless the text
names one. Where the text does not settle it, the amount is flagged. Nouns that are other things («200 фунтов» of
weight) are told by the words around.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors._money.bounds import Bounded
from extractors._money.groups import Amount
from extractors._money.setting import Setting
from extractors._money.vocabulary import UNKNOWN, doubts, siblings

_AROUND = 30
_MAIN = "USD"


def settle(setting: Setting, found: Sequence[Bounded]) -> list[Bounded]:
    """Settle the bare nouns of a text; drop the amounts that are other things."""
    named = {code for b in found if (code := b.amount.code) and code != UNKNOWN and not _is_bare(setting, b.amount)}
    kept = (b for b in found if b.amount.code is None or not _is_other_thing(setting, b.amount))
    return [replace(b, amount=_settled(setting, b.amount, named)) for b in kept]


def _is_bare(setting: Setting, amount: Amount) -> bool:
    """Tell whether the currency is a noun without a country."""
    if amount.code != _MAIN:
        return False
    before = setting.lexemes[amount.stop - 2].text if amount.stop > 1 else ""
    return bool(siblings(setting.lexemes[amount.stop - 1].text)) and not before.startswith("американ")


def _settled(setting: Setting, amount: Amount, named: set[str]) -> Amount:
    word = setting.lexemes[amount.stop - 1]
    family = siblings(word.text) & named
    if amount.code == UNKNOWN:
        code = next(iter(family)) if len(family) == 1 and not amount.problem else None
        doubt = None if code else f"which currency «{word.printed}» is"
        return replace(amount, code=code or UNKNOWN, problem=amount.problem or doubt)
    if amount.code == _MAIN and _is_bare(setting, amount) and family and _MAIN not in named:
        return replace(amount, code=UNKNOWN, problem=f"which currency «{word.printed}» is")
    return amount


def _is_other_thing(setting: Setting, amount: Amount) -> bool:
    word = setting.lexemes[amount.stop - 1].text
    first, last = setting.sentences[amount.start]
    around = setting.lemmas[max(first, amount.start - _AROUND) : min(last, amount.stop + _AROUND)]
    return any(word in forms and not lemmas.isdisjoint(around) for forms, lemmas in doubts())
