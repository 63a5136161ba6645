"""The currency of amounts that print none: «добавят ещё 350 млн» where the text has been speaking of roubles.

A number with a unit is money only where the words around speak of money, it counts nothing printed behind it, and the
document names a currency. Where several currencies fit, the amount is flagged, not guessed. Reads `measures.tsv`.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from extractors._lexicon import table
from extractors._money.bounds import Bounded
from extractors._money.lexemes import DASHES
from extractors._money.setting import Setting
from extractors._money.vocabulary import UNKNOWN

_CONVERTED = {("то", "есть"), ("или", "около"), ("это", "около"), ("по", "курсу"), ("эквивалент",)}
_AHEAD = 8
_PREVAILS = 2
_POINTING = {"тот", "этот"}
_NOUNS = {"NOUN", "ADJ", "PROPN", "NUM", "X"}


@cache
def money_words() -> dict[str, str]:
    """Give the kind (noun, verb, wide, none) of each lemma of `measures.tsv`."""
    return {row["lemma"]: row["kind"] for row in table("measures")}


def complete(setting: Setting, found: Sequence[Bounded]) -> list[Bounded]:
    """Supply missing currencies and drop what is not money."""
    codes = _sources(setting, found)
    completed = (_completed(setting, bounded, codes) for bounded in found)
    return [bounded for bounded in completed if bounded is not None]


def _sources(setting: Setting, found: Sequence[Bounded]) -> list[tuple[int, str]]:
    """Where the text names a currency of its own accord, not as a conversion."""
    return [
        (b.amount.start, b.amount.code)
        for b in found
        if b.amount.code and b.amount.code != UNKNOWN and not _is_converted(setting, b.amount.start)
    ]


def _is_converted(setting: Setting, start: int) -> bool:
    words = [lexeme.text for lexeme in setting.lexemes[max(0, start - 5) : start]]
    if "(" in words and ")" not in words:
        return True
    pairs = {*itertools.pairwise(words), *((word,) for word in words[-2:])}
    return bool(pairs & _CONVERTED)


def _completed(setting: Setting, bounded: Bounded, codes: Sequence[tuple[int, str]]) -> Bounded | None:
    amount = bounded.amount
    if amount.code == UNKNOWN:
        problem = amount.problem or _which(setting, amount.stop)
        return replace(bounded, amount=replace(amount, code=None, problem=problem))
    if amount.code is not None:
        return bounded
    if amount.low is None or not codes or not _is_money(setting, bounded, codes):
        return None
    code, doubt = _nearest(setting, amount.start, codes)
    told = replace(amount, code=code, rule="context_currency", problem=amount.problem or doubt)
    return replace(bounded, amount=told)


def _which(setting: Setting, stop: int) -> str:
    return f"which currency «{setting.lexemes[stop - 1].printed}» is"


def _nearest(setting: Setting, start: int, codes: Sequence[tuple[int, str]]) -> tuple[str | None, str | None]:
    """Pick the currency named last before the amount in its paragraph, else the one that prevails in the text."""
    paragraph = _paragraph_start(setting, start)
    before = [code for position, code in codes if paragraph <= position < start]
    if before:
        return before[-1], None
    (first, times), *others = Counter(code for _, code in codes).most_common(2)
    if not others or times >= _PREVAILS * others[0][1]:
        return first, None
    return None, "no currency printed and several in the text"


def _paragraph_start(setting: Setting, position: int) -> int:
    return next((i for i in range(position, -1, -1) if setting.lexemes[i].kind == "break"), 0)


def _is_money(setting: Setting, bounded: Bounded, codes: Sequence[tuple[int, str]]) -> bool:
    amount = bounded.amount
    if amount.adjective:
        return _kind(setting.lemmas[amount.stop : amount.stop + 1]) not in {None, "none"}
    if _counts_something(setting, amount.stop):
        return False
    first, last = setting.sentence(amount.start)
    before = _kind(reversed(setting.lemmas[first : amount.start]))
    behind = _kind(setting.lemmas[amount.stop : min(last, amount.stop + _AHEAD)])
    if before or behind:
        return before not in {None, "none"} or (before is None and behind != "none")
    earlier = setting.sentence(max(first - 1, _paragraph_start(setting, first)))[0]
    pointed = amount.start > 0 and setting.lemmas[amount.start - 1] in _POINTING
    return pointed or any(earlier <= position < amount.start for position, _ in codes)


def _kind(lemmas: Iterable[str]) -> str | None:
    """Give the kind of the first telling word."""
    return next((money_words()[lemma] for lemma in lemmas if lemma in money_words()), None)


def _counts_something(setting: Setting, stop: int) -> bool:
    """Tell whether a noun in the genitive behind the number is what it counts, unless that noun is money."""
    for position in range(stop, min(stop + 3, len(setting.lexemes))):
        lexeme, token = setting.lexemes[position], setting.tokens[position]
        if lexeme.text == "%" or lexeme.text.startswith("процент"):
            return True
        if lexeme.kind != "word" or token is None:
            return lexeme.text in DASHES and lexeme.glued
        if setting.lemmas[position] in money_words():
            return money_words()[setting.lemmas[position]] == "none"
        if token.pos_ not in _NOUNS or "Case=Nom" in token.morph:
            return False
        if token.pos_ != "ADJ":
            return True
    return False
