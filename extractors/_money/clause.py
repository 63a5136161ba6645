"""What the words around an amount say of it: the unit of a price or period, and what the amount measures.

Reads `money_rates.tsv` and `money_measures.tsv`.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors._lexicon import table
from extractors._money.bounds import Bounded, forms
from extractors._money.lexemes import Lexeme
from extractors._money.setting import Setting
from extractors._money.vocabulary import full_stop

_BEFORE = 14
_BEHIND = 3
_NEAR = 3


class _Rate(NamedTuple):
    lead: str
    words: tuple[frozenset[str], ...]


@cache
def _rates() -> tuple[_Rate, ...]:
    rows = [row for row in table("money_rates") if row["side"] == "right"]
    rates = [_Rate(row["lead"], tuple(forms(word.lower()) for word in row["form"].split())) for row in rows]
    return tuple(sorted(rates, key=lambda rate: -len(rate.words)))


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(row["form"] for row in table("money_rates") if row["side"] == "word")


@cache
def _measures(kind: str) -> dict[str, str]:
    return {row["lemma"].replace("ё", "е"): row["measures"] for row in table("money_measures") if row["kind"] == kind}


def per_unit(setting: Setting, bounded: Bounded) -> str | None:
    """Give the printed unit or period: «за баррель», «в год», «ежемесячно»."""
    stop = bounded.amount.stop
    for rate in _rates():
        end = _rate_stop(setting.lexemes, stop, rate)
        if end is not None and not _goes_on(setting, end):
            return setting.text[setting.lexemes[stop].start : setting.lexemes[end - 1].stop]
    return _adverb(setting, bounded)


def _goes_on(setting: Setting, stop: int) -> bool:
    """Tell whether a genitive follows: «в день города» is a day, not a period of pay."""
    token = setting.tokens[stop] if stop < len(setting.tokens) else None
    return token is not None and token.pos_ in {"NOUN", "PROPN"} and "Case=Gen" in token.morph


def _rate_stop(lexemes: Sequence[Lexeme], start: int, rate: _Rate) -> int | None:
    if start >= len(lexemes) or lexemes[start].text != rate.lead:
        return None
    position = start + 1
    for words in rate.words:
        if position >= len(lexemes) or lexemes[position].text not in words:
            return None
        position = full_stop(lexemes, position + 1) if len(lexemes[position].text) <= _NEAR else position + 1
    last = position - 1
    return last if lexemes[last].text == "." and last + 1 >= len(lexemes) else position


def _adverb(setting: Setting, bounded: Bounded) -> str | None:
    amount = bounded.amount
    first, last = setting.sentences[amount.start]
    near = (
        *setting.lexemes[max(first, amount.start - _NEAR) : amount.start],
        *setting.lexemes[amount.stop : min(last, amount.stop + 1)],
    )
    return next((lexeme.printed for lexeme in near if lexeme.text in _adverbs()), None)


def measures(setting: Setting, bounded: Bounded) -> str | None:
    """Give the noun that the amount measures.

    The noun right behind it («5 млрд инвестиций»), else the nearest noun or telling verb («обойдётся») before it, else
    the nearest vague verb («выделили»), else the first noun behind it.
    """
    amount = bounded.amount
    first, last = setting.sentences[amount.start]
    nouns, telling = _measures("noun"), {**_measures("noun"), **_measures("verb")}
    behind = _folded(setting, amount.stop, min(last, amount.stop + _BEFORE))
    before = list(reversed(_folded(setting, max(first, amount.start - _BEFORE), amount.start)))
    steps = ((_until_stop(behind[:_BEHIND]), nouns), (before, telling), (before, _measures("weak")), (behind, nouns))
    return next((named[lemma] for lemmas, named in steps for lemma in lemmas if lemma in named), None)


def _folded(setting: Setting, start: int, stop: int) -> list[str]:
    """Give the lemmas of a stretch; a dative names a receiver («бюджету»), not what is measured."""
    tokens = setting.tokens[start:stop]
    lemmas = setting.lemmas[start:stop]
    return [
        "" if token is not None and token.pos_ == "NOUN" and "Case=Dat" in token.morph else lemma.replace("ё", "е")
        for lemma, token in zip(lemmas, tokens, strict=True)
    ]


def _until_stop(lemmas: Sequence[str]) -> Sequence[str]:
    """Nouns right behind the amount count only up to a comma or a preposition."""
    stop = next((i for i, lemma in enumerate(lemmas) if not lemma.isalpha() or len(lemma) <= len("на")), len(lemmas))
    return lemmas[:stop]
