"""Bounds and approximations: the words before and behind an amount that open one of its ends.

Reads `money_bounds.tsv` and `money_changes.tsv`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from extractors._lexicon import table
from extractors._money.groups import Amount
from extractors._money.lexemes import Lexeme
from extractors._money.setting import Setting
from extractors._morphology import parses

_MOST_LINKS = 2
_MOST_PHRASES = 2
_REACH = 30
_OPPOSITE = {"min": "max", "max": "min", "exact": "exact"}
_AUXILIARIES = frozenset(["должен", "должный", "мочь", "смочь", "быть", "бы", "стать"])
_STOPS = frozenset([";", ":", "который", "что", "до"])
_SHARES = frozenset(
    ["%", "процент", "процента", "процентов", "доля", "доли", "половина", "половину", "треть", "четверть"]
)


class _Phrase(NamedTuple):
    words: tuple[frozenset[str], ...]
    links: frozenset[str]
    bound: str
    approximate: bool
    printed: bool


@dataclass(frozen=True, slots=True)
class Bounded:
    """An amount with what its bounding words say: `bound` is `min`, `max` or `exact`."""

    amount: Amount
    bound: str = "exact"
    approximate: bool = False


def forms(word: str) -> frozenset[str]:
    """Give all forms of a word marked by `~`, else the word itself."""
    if not word.startswith("~") or word == "~":
        return frozenset({word})
    return frozenset(form.word.replace("ё", "е") for form in parses(word[1:])[0].lexeme)


@cache
def _phrases(side: str) -> tuple[_Phrase, ...]:
    rows = [row for row in table("money_bounds") if row["side"] == side]
    rows.sort(key=lambda row: -len(row["phrase"].split()))
    return tuple(
        _Phrase(
            tuple(forms(word) for word in row["phrase"].split()),
            frozenset(row["links"].split()),
            row["bound"],
            bool(row["approximate"]),
            bool(row["printed"]),
        )
        for row in rows
    )


@cache
def _by_last_word() -> dict[str, list[_Phrase]]:
    found: dict[str, list[_Phrase]] = {}
    for phrase in _phrases("left"):
        for form in phrase.words[-1]:
            found.setdefault(form, []).append(phrase)
    return found


@cache
def _changes() -> frozenset[str]:
    return frozenset(row["lemma"] for row in table("money_changes"))


def bound(setting: Setting, amount: Amount) -> Bounded:
    """Read the bounding words around an amount."""
    lexemes = setting.lexemes
    bounded = Bounded(amount, "min") if amount.over else Bounded(amount)
    for _ in range(_MOST_PHRASES):
        found = _before(lexemes, bounded.amount.start)
        if found is None:
            break
        phrase, start = found
        if not _holds(setting, phrase, start, amount):
            break
        turned = _is_negated(setting, start)
        bounded = _apply(bounded, phrase._replace(bound=_OPPOSITE[phrase.bound]) if turned else phrase, start)
    return _behind(lexemes, bounded)


def _apply(bounded: Bounded, phrase: _Phrase, start: int) -> Bounded:
    amount = replace(bounded.amount, start=start) if phrase.printed else bounded.amount
    side = phrase.bound if bounded.bound == "exact" else bounded.bound
    return Bounded(amount, side, bounded.approximate or phrase.approximate)


def _before(lexemes: Sequence[Lexeme], stop: int) -> tuple[_Phrase, int] | None:
    """Find the longest phrase right before `lexemes[stop]`, with up to two linking words between."""
    for skipped in range(_MOST_LINKS + 1):
        last = stop - 1 - skipped
        if last < 0:
            return None
        links = {lexeme.text for lexeme in lexemes[last + 1 : stop]}
        fitting = [p for p in _by_last_word().get(lexemes[last].text, []) if links <= p.links]
        found = next((p for p in fitting if _matches(lexemes, p, last + 1 - len(p.words))), None)
        if found is not None:
            return found, last + 1 - len(found.words)
    return None


def _matches(lexemes: Sequence[Lexeme], phrase: _Phrase, start: int) -> bool:
    pieces = lexemes[start : start + len(phrase.words)] if start >= 0 else ()
    return len(pieces) == len(phrase.words) and all(
        piece.text in words for piece, words in zip(pieces, phrase.words, strict=True)
    )


def _holds(setting: Setting, phrase: _Phrase, start: int, amount: Amount) -> bool:
    """Tell whether the phrase bounds here: «вырос до 5 млн» and «20 % от 5 млн» do not."""
    word = setting.lexemes[start].text
    if word not in {"до", "от"} or len(phrase.words) > 1:
        return True
    if amount.exact:
        return False
    return not _is_share(setting.lemmas, start) if word == "от" else not _changes_before(setting, start)


def _is_share(lemmas: Sequence[str], start: int) -> bool:
    return start > 0 and lemmas[start - 1] in _SHARES


def _changes_before(setting: Setting, start: int) -> bool:
    """Tell whether a word of change governs «до»: no other verb and no other «до» may stand between."""
    for i in range(start - 1, max(-1, start - _REACH), -1):
        lexeme, token = setting.lexemes[i], setting.tokens[i]
        if setting.lemmas[i] in _changes():
            return True
        if lexeme.kind == "break" or setting.lemmas[i] in _STOPS or _ends_sentence(setting.lexemes, i):
            return False
        if token is not None and token.pos_ == "VERB" and "VerbForm=Part" not in token.morph:
            return False
    return False


def _is_negated(setting: Setting, start: int) -> bool:
    """Tell whether «не должна превышать», «не может быть больше» turn the bound round."""
    position = start - 1
    while position >= 0 and setting.lemmas[position] in _AUXILIARIES:
        position -= 1
    return 0 <= position < start - 1 and setting.lexemes[position].text == "не"


def _ends_sentence(lexemes: Sequence[Lexeme], position: int) -> bool:
    following = lexemes[position + 1 : position + 2]
    return lexemes[position].text in {".", "!", "?"} and any(piece.printed[:1].isupper() for piece in following)


def _behind(lexemes: Sequence[Lexeme], bounded: Bounded) -> Bounded:
    for phrase in _phrases("right"):
        if _matches(lexemes, phrase, bounded.amount.stop):
            amount = replace(bounded.amount, stop=bounded.amount.stop + len(phrase.words))
            return Bounded(amount, phrase.bound, bounded.approximate or phrase.approximate)
    return bounded


def bound_all(setting: Setting, amounts: Iterable[Amount]) -> list[Bounded]:
    """Read the bounds of every amount."""
    return [bound(setting, amount) for amount in amounts]
