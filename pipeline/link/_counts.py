"""Numbers that count things: «27», «1,5 тыс.», «сто двенадцать», with the bound the words before them set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from spacy.tokens import Doc, Span, Token

from extractors import read_numeral

_DIGITS = re.compile(r"(\d+(?:,\d+)?)(?:[–—-](\d+(?:,\d+)?))?")
_GROUP = re.compile(r"\d{3}")
_SCALES = {
    "десяток": 10,
    "сотня": 100,
    "тыс": 1000,
    "тысяча": 1000,
    "млн": 10**6,
    "миллион": 10**6,
    "млрд": 10**9,
    "миллиард": 10**9,
}
_LOWER = (("более",), ("больше",), ("свыше",), ("не", "менее"), ("не", "меньше"), ("минимум",), ("как", "минимум"))
_UPPER = (("менее",), ("меньше",), ("до",), ("не", "более"), ("не", "больше"), ("максимум",))


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its bounds as decimal strings; `start` and `stop` are tokens."""

    start: int
    stop: int
    low: str | None
    high: str | None


def counts(sentence: Span) -> Iterator[Count]:
    """Read the numbers of a sentence in their order; an indefinite one («несколько») is none."""
    words = [token.lower_.replace("ё", "е") for token in sentence]
    index = sentence.start
    while index < sentence.end:
        found = _digits(sentence, index) or _words(sentence, index, words)
        if found is None:
            index += 1
            continue
        yield _bounded(sentence, *found)
        index = found[1]


def _digits(sentence: Span, index: int) -> tuple[int, int, Decimal, Decimal] | None:
    match = _DIGITS.fullmatch(sentence.doc[index].text)
    if match is None:
        return None
    printed, stop = match[1], index + 1
    while not match[2] and stop < sentence.end and _continues(sentence.doc, stop):
        printed, stop = printed + sentence.doc[stop].text, stop + 1
    scale, stop = _scale(sentence, stop)
    low = Decimal(printed.replace(",", ".")) * scale
    return index, stop, low, Decimal(match[2].replace(",", ".")) * scale if match[2] else low


def _continues(doc: Doc, stop: int) -> bool:
    """A group of three digits right behind a blank: «1 500»."""
    previous = doc[stop - 1]
    return bool(_GROUP.fullmatch(doc[stop].text)) and len(previous.text) <= 3 and bool(previous.whitespace_)  # noqa: PLR2004


def _words(sentence: Span, index: int, words: list[str]) -> tuple[int, int, Decimal, Decimal] | None:
    numeral = read_numeral(words, index - sentence.start)
    if numeral is None or numeral.value is None or numeral.value == 1:  # «один» is as often a pronoun
        return None
    scale, stop = _scale(sentence, sentence.start + numeral.stop)
    return index, stop, numeral.value * scale, numeral.value * scale


def _scale(sentence: Span, stop: int) -> tuple[int, int]:
    if stop >= sentence.end:
        return 1, stop
    scale = _SCALES.get(sentence.doc[stop].lemma_.rstrip(".")) or _SCALES.get(sentence.doc[stop].lower_.rstrip("."))
    if scale is None:
        return 1, stop
    dotted = sentence.doc[stop + 1 : stop + 2].text == "." and stop + 1 < sentence.end
    return scale, stop + 1 + dotted


def _bounded(sentence: Span, start: int, stop: int, low: Decimal, high: Decimal) -> Count:
    before = [token.lower_ for token in sentence.doc[max(sentence.start, start - 2) : start]]
    if any(_ends(before, words) for words in _UPPER) and not _ends(before, ("не", "менее")):
        reached = _ends(before, ("до",)) and _reaches(sentence, start)
        return Count(start, stop, _text(low) if reached else None, _text(high))
    if any(_ends(before, words) for words in _LOWER) and not _ends(before, ("не", "более")):
        return Count(start, stop, _text(low), None)
    return Count(start, stop, _text(low), _text(high))


def _ends(before: list[str], words: tuple[str, ...]) -> bool:
    return tuple(before[-len(words) :]) == words


def _reaches(sentence: Span, start: int) -> bool:
    """«вырос до 92», «довести число до 20»: the number is reached, not a bound."""
    return any(_moves(token) for token in sentence if token.i < start)


def _moves(token: Token) -> bool:
    return token.lower_.startswith(("вырос", "вырас", "увелич", "довест", "довед", "расшир", "сокра", "снизи", "сниз"))


def _text(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
