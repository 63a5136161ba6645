"""The currency of amounts that print none: «добавят ещё 350 млн» where the text has been speaking of roubles.

A number with a unit is money only where the words around speak of money, it counts nothing printed behind it, and the
document names a currency. Where several currencies fit, the amount is flagged, not guessed. Reads `money_measures.tsv`.
"""

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from extractors._lexicon import table
from extractors._money.bounds import Bounded
from extractors._money.lexemes import DASHES
from extractors._money.setting import Setting
from extractors._money.vocabulary import UNKNOWN, read_currency

_CONVERTED = {("то", "есть"), ("или", "около"), ("это", "около"), ("по", "курсу"), ("эквивалент",)}
_AHEAD = 8
_BACK = 60
_PREVAILS = 2
_BRACKET_LEAD = 4
_MILLION = 1_000_000
_LONGEST_NOUN_GROUP = 4
_OPENING_QUOTES = frozenset('«„“"')
_POINTING = {"тот", "этот"}
_NOUNS = {"NOUN", "ADJ", "PROPN", "NUM", "X"}


@cache
def _mass() -> frozenset[str]:
    return frozenset(row["lemma"] for row in table("money_measures") if row["mass"])


@cache
def money_words() -> dict[str, str]:
    """Give the kind (noun, verb, wide, none, unit) of each lemma of `money_measures.tsv`."""
    return {row["lemma"]: row["kind"] for row in table("money_measures")}


class _Sources:
    """The places where a text names a currency of its own accord, not as a conversion."""

    def __init__(self, setting: Setting, found: Sequence[Bounded]) -> None:
        named = [(b.amount.start, b.amount.code) for b in found if b.amount.code and b.amount.code != UNKNOWN]
        self._printed = {start for start, _ in named}
        named = [(start, code) for start, code in named if not _is_converted(setting, start)]
        self._starts = [start for start, _ in named]
        self._codes = [code for _, code in named]
        self._common = Counter(self._codes).most_common(2)

    def __bool__(self) -> bool:
        return bool(self._codes)

    def last(self, start: int, stop: int) -> str | None:
        """Give the last code named in `lexemes[start:stop]`."""
        position = bisect_left(self._starts, stop) - 1
        return self._codes[position] if position >= 0 and self._starts[position] >= start else None

    def converts(self, setting: Setting, stop: int) -> bool:
        """Tell whether a bracket at `lexemes[stop]` gives the same amount in a named currency."""
        opens = stop < len(setting.lexemes) and setting.lexemes[stop].text == "("
        return opens and not self._printed.isdisjoint(range(stop + 1, stop + _BRACKET_LEAD))

    def prevailing(self) -> str | None:
        """Give the code that is named at least twice as often as any other."""
        (first, times), *others = self._common
        return first if not others or times >= _PREVAILS * others[0][1] else None


def complete(setting: Setting, found: Sequence[Bounded]) -> list[Bounded]:
    """Supply missing currencies and drop what is not money."""
    sources = _Sources(setting, found)
    completed: list[Bounded] = []
    counted = 0
    for bounded in found:
        told = _completed(setting, bounded, sources, counted)
        if told is None:
            counted = bounded.amount.stop
        else:
            completed.append(told)
    return completed


def _is_converted(setting: Setting, start: int) -> bool:
    words = [lexeme.text for lexeme in setting.lexemes[max(0, start - 5) : start]]
    if "(" in words and ")" not in words:
        return True
    pairs = {*itertools.pairwise(words), *((word,) for word in words[-2:])}
    return bool(pairs & _CONVERTED)


def _completed(setting: Setting, bounded: Bounded, sources: _Sources, counted: int) -> Bounded | None:
    """Give the amount with its currency; None if it is not money. `counted`: where the last that was not stopped."""
    amount = bounded.amount
    if amount.code is not None:
        return bounded
    if amount.low is None or not sources or not _is_money(setting, bounded, sources, counted):
        return None
    code = sources.last(setting.paragraphs[amount.start], amount.start) or sources.prevailing()
    doubt = None if code else "no currency printed and several in the text"
    told = replace(amount, code=code, rule="context_currency", problem=amount.problem or doubt)
    return replace(bounded, amount=told)


def _is_money(setting: Setting, bounded: Bounded, sources: _Sources, counted: int) -> bool:
    amount = bounded.amount
    if amount.adjective:
        return _kind(setting.lemmas[amount.stop : amount.stop + 1]) not in {None, "none"}
    if sources.converts(setting, amount.stop):
        return True
    first, last = setting.sentences[amount.start]
    beside = sources.last(max(first, counted), amount.start) is not None
    if (counted > first and not beside) or _counts_something(setting, amount.stop) or _heads(setting, amount.stop):
        return False
    before = _kind(reversed(setting.lemmas[max(first, amount.start - _BACK) : amount.start]))
    behind = _kind(setting.lemmas[amount.stop : min(last, amount.stop + _AHEAD)])
    if amount.high is not None and amount.high < _MILLION:
        return beside and before != "none"
    if before or behind:
        return before not in {None, "none"} or (before is None and behind != "none")
    pointed = amount.start > 0 and setting.lemmas[amount.start - 1] in _POINTING
    return pointed or sources.last(setting.paragraphs[amount.start], amount.start) is not None


def _heads(setting: Setting, stop: int) -> bool:
    """Tell whether the number heads a line of a scale: «от 10 тыс. до 100 тыс. — 5 млн руб.»."""
    behind = setting.lexemes[stop : stop + 3]
    led = [lexeme for lexeme in behind[1:] if lexeme.text not in {"от", "до"}]
    is_dash = bool(behind) and behind[0].text in DASHES
    return is_dash and bool(led) and (led[0].kind == "number" or read_currency(setting.lexemes, stop + 1) is not None)


def _kind(lemmas: Iterable[str]) -> str | None:
    """Give the kind of the first telling word."""
    return next((kind for lemma in lemmas if (kind := money_words().get(lemma, "unit")) != "unit"), None)


def _counts_something(setting: Setting, stop: int) -> bool:
    """Tell whether a noun in the genitive behind the number is what it counts, unless that noun is money."""
    pending = False
    for position in range(stop, min(stop + _LONGEST_NOUN_GROUP, len(setting.lexemes))):
        lexeme, token = setting.lexemes[position], setting.tokens[position]
        if lexeme.kind != "word" or token is None:
            if lexeme.text in _OPENING_QUOTES:
                continue
            return pending or lexeme.text == "%" or (lexeme.text in DASHES and lexeme.glued)
        counted = _is_counted(setting, position)
        if counted is not None:
            return counted
        pending = pending or "Case=Gen" in token.morph
    return pending


def _is_counted(setting: Setting, position: int) -> bool | None:
    """Tell of one word behind a number whether it is counted; None asks for the next word."""
    text, lemma, token = setting.lexemes[position].text, setting.lemmas[position], setting.tokens[position]
    if money_words().get(text) == "unit" or money_words().get(lemma) == "none" or token is None:
        return True
    if lemma in money_words() and money_words()[lemma] != "unit":
        return token.pos_ in _NOUNS and "Number=Plur" in token.morph and lemma not in _mass()
    if token.pos_ == "ADV" and position + 1 < len(setting.tokens):
        following = setting.tokens[position + 1]
        return None if following is not None and following.pos_ == "ADJ" else False
    describes = token.pos_ in {"ADJ", "DET"} or "VerbForm=Part" in token.morph
    if "Case=Nom" in token.morph or not (describes or token.pos_ in _NOUNS):
        return False
    return None if describes else True
