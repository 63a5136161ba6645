"""The words of money: currencies, their hundredths, and the scales thousand, million and up, found in lexemes.

Reads `currencies.tsv` and `units.tsv`; declines the names in their tables. Knows no amounts.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import product
from typing import NamedTuple

from extractors._lexicon import table
from extractors._money.lexemes import Lexeme, lex
from extractors._morphology import parses

UNKNOWN = "?"
_LONGEST = 4
_LONGEST_ABBREVIATION = 7


class Currency(NamedTuple):
    """A currency as found: its code (`?` for a bare name that fits several), where it stops, whether a sign or code."""

    code: str
    stop: int
    is_sign: bool = False


class Unit(NamedTuple):
    """A scale as found: `one` tells that it counts itself («миллион»), `bare_plural` that it names no number."""

    scale: Decimal
    stop: int
    one: bool = False
    either: bool = False
    bare_plural: bool = False
    half: bool = False


class _Form(NamedTuple):
    code: str
    short: bool
    is_sign: bool


class _Index(NamedTuple):
    """Phrases with what they name, and the words with which phrases begin."""

    phrases: dict[tuple[str, ...], list[_Form]]
    firsts: frozenset[str]


@cache
def declined(name: str) -> frozenset[str]:
    """Give every form of a word; `=` before it keeps it as it stands."""
    if name.startswith("="):
        return frozenset({_fold(name[1:])})
    found = next((p for p in parses(name) if "nomn" in p.tag and {"NOUN", "ADJF"} & {p.tag.POS}), parses(name)[0])
    return frozenset(_fold(form.word) for form in found.lexeme) | {_fold(name)}


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")


def _phrases(name: str) -> Iterable[tuple[str, ...]]:
    words = [part for word in name.split() for part in word.replace("-", " - ").split()]
    return product(*(declined(word) for word in words))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def _forms(names: str, short: str) -> _Index:
    """Index the phrases of two columns of `currencies.tsv`: declined names and abbreviations (with signs and codes)."""
    found: dict[tuple[str, ...], list[_Form]] = {}
    for row in table("currencies"):
        for name in _split(row[names]):
            for phrase in _phrases(name):
                found.setdefault(phrase, []).append(_Form(row["code"], short=False, is_sign=False))
        for name in _split(row[short]):
            found.setdefault(tuple(_fold(name).split()), []).append(_Form(row["code"], short=True, is_sign=False))
    return _Index(found, frozenset(phrase[0] for phrase in found))


@cache
def _signs() -> _Index:
    """Index signs and codes, which keep their letter case."""
    found: dict[tuple[str, ...], list[_Form]] = {}
    for row in table("currencies"):
        for sign in _split(row["signs"]):
            found[tuple(lexeme.printed for lexeme in lex(sign))] = [_Form(row["code"], short=False, is_sign=True)]
        if row["code"] != UNKNOWN:
            found[(row["code"],)] = [_Form(row["code"], short=False, is_sign=True)]
    return _Index(found, frozenset(phrase[0] for phrase in found))


def read_currency(lexemes: Sequence[Lexeme], start: int) -> Currency | None:
    """Read the longest name, abbreviation or sign of a currency at `lexemes[start]`."""
    signed = _longest(lexemes, start, _signs(), printed=True)
    worded = _longest(lexemes, start, _forms("names", "short"))
    found = max((signed, worded), key=lambda pair: pair[1])
    if found[0] is None:
        return None
    return Currency(found[0][0].code, found[1], found[0][0].is_sign)


def read_minor(lexemes: Sequence[Lexeme], start: int, code: str | None) -> Currency | None:
    """Read a name of the hundredth; where several currencies share it, that of `code` or else the first listed."""
    forms, stop = _longest(lexemes, start, _forms("minor", "minor_short"))
    if forms is None or _is_preposition(lexemes, start, stop):
        return None
    codes = [form.code for form in forms if code or not form.short or len(lexemes[start].text) > 1]
    if code is not None:
        return Currency(code, stop) if code in codes else None
    return Currency(codes[0], stop) if codes else None


def _is_preposition(lexemes: Sequence[Lexeme], start: int, stop: int) -> bool:
    """Tell «20 к тому же» from «20 к.»: a letter alone with a word right behind."""
    alone = stop == start + 1 and len(lexemes[start].text) == 1
    return alone and stop < len(lexemes) and lexemes[stop].kind == "word"


@cache
def siblings(word: str) -> frozenset[str]:
    """Give the codes of all currencies whose name ends with the noun of which `word` is a form: every dollar."""
    nouns = [(row["code"], name.split()) for row in table("currencies") for name in _split(row["names"])]
    return frozenset(
        code
        for code, words in nouns
        if code != UNKNOWN
        and (word in declined(words[-1]) or (len(words) > 1 and words[-1][0] == "=" and word in declined(words[0])))
    )


@cache
def doubts() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Give forms of currency nouns that are other things too, with the lemmas that tell so («200 фунтов», «вес»)."""
    return tuple(
        (declined(noun), frozenset(lemmas.split()))
        for row in table("currencies")
        for noun, _, lemmas in [row["unless"].partition(":")]
        if lemmas
    )


def _longest(
    lexemes: Sequence[Lexeme], start: int, index: _Index, *, printed: bool = False
) -> tuple[list[_Form] | None, int]:
    """Match words with full stops allowed behind abbreviations; give the forms and where the last stops."""
    best: tuple[list[_Form] | None, int] = (None, start)
    if start >= len(lexemes) or (lexemes[start].printed if printed else lexemes[start].text) not in index.firsts:
        return best
    forms = index.phrases
    phrase: tuple[str, ...] = ()
    position = start
    while position < len(lexemes) and len(phrase) < _LONGEST:
        phrase += (lexemes[position].printed if printed else lexemes[position].text,)
        position += 1
        if phrase in forms:
            best = (forms[phrase], full_stop(lexemes, position) if forms[phrase][0].short else position)
        whole = phrase in forms and not forms[phrase][0].short
        if not printed and not whole and len(phrase[-1]) <= _LONGEST_ABBREVIATION:
            position = full_stop(lexemes, position)
    return best


def full_stop(lexemes: Sequence[Lexeme], position: int) -> int:
    """Step over the full stop of an abbreviation."""
    return position + 1 if position < len(lexemes) and lexemes[position].text == "." else position


@cache
def _units() -> dict[str, tuple[Decimal, str]]:
    columns = ("one", "either", "many", "short", "half", "only_before_currency")
    return {
        form: (Decimal(row["scale"]), column)
        for row in table("units")
        for column in columns
        for form in row[column].split()
    }


@cache
def _dotless() -> frozenset[str]:
    """Give the abbreviations that keep their word's last letter and so take no full stop: «млн», not «тыс.»."""
    return frozenset(
        short for row in table("units") for short in row["short"].split() if short[-1] == row["one"].split()[0][-1]
    )


def closing(lexemes: Sequence[Lexeme], stop: int) -> int:
    """Leave out a full stop at the end that is the sentence's: behind «млн» and «США»."""
    if stop > 1 and lexemes[stop - 1].text == ".":
        before = lexemes[stop - 2]
        return stop - 1 if before.text in _dotless() or before.printed.isupper() else stop
    return stop


@cache
def _stems() -> tuple[tuple[str, Decimal | None, str | None], ...]:
    scales = [(row["adjective"], Decimal(row["scale"]), None) for row in table("units")]
    codes = [(stem, None, row["code"]) for row in table("currencies") for stem in row["adjective"].split()]
    return (*scales, *codes)


def read_adjective(word: str) -> tuple[Decimal | None, str | None] | None:
    """Read the second half of «100-миллионный» or «20-долларовый»: a scale or a code."""
    return next(((scale, code) for stem, scale, code in _stems() if word.startswith(stem)), None)


@cache
def elliptic() -> dict[str, str]:
    """Give the adjectives that name roubles on their own («3 млрд российских»), by form."""
    names = [(name.split(), row["code"]) for row in table("currencies") for name in _split(row["names"])]
    return {
        form: code
        for words, code in names
        if len(words) == len(("чей", "рубль")) and words[1] == "рубль"
        for form in declined(words[0])
    }


def read_unit(lexemes: Sequence[Lexeme], start: int) -> Unit | None:
    """Read a scale at `lexemes[start]`."""
    if start >= len(lexemes) or lexemes[start].text not in _units():
        return None
    scale, column = _units()[lexemes[start].text]
    stop = start + 1
    if column in {"short", "only_before_currency"}:
        stop = full_stop(lexemes, stop)
    if column == "only_before_currency" and (stop >= len(lexemes) or read_currency(lexemes, stop) is None):
        return None
    return Unit(
        scale,
        stop,
        one=column in {"one", "either", "half"},
        either=column == "either",
        bare_plural=column == "many",
        half=column == "half",
    )
