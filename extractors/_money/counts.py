"""Reads counts: digits or number words, with the words in brackets that repeat them and «с половиной», «с лишним».

Knows no units or currencies.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from extractors._money.lexemes import DASHES, Lexeme, read_digits
from extractors._numerals import read_numeral

INDEFINITE = "indefinite count"
_CASE_ENDINGS = frozenset(["х", "ти", "и", "ю", "мя", "м", "ми", "го", "та", "тью"])
_OVER_TAILS = (["с", "лишним"], ["и", "более"], ["и", "больше"])
_LONGEST_NUMERAL = 6
_LONGEST_BRACKET = 40


class Count(NamedTuple):
    """A count: `printed` digits (None for words), its value (None for an indefinite one), the value words repeat."""

    value: Decimal | None
    stop: int
    printed: str | None = None
    words_say: Decimal | None = None
    half: bool = False
    over: bool = False
    problem: str | None = None


class _Quantity(Protocol):
    """What `bracket` needs to know of a quantity in words."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def stop(self) -> int: ...
    @property
    def worded(self) -> bool: ...


_Reader = Callable[[Sequence[Lexeme], int], _Quantity | None]


def read_count(lexemes: Sequence[Lexeme], start: int) -> Count | None:
    """Read the count at `lexemes[start]`."""
    if start >= len(lexemes):
        return None
    if lexemes[start].kind == "number":
        return _with_tail(lexemes, _digits(lexemes, start))
    if lexemes[start].kind != "word":
        return None
    words = [lexeme.text for lexeme in lexemes[start : start + _LONGEST_NUMERAL]]
    found = read_numeral(words, 0)
    if found is None:
        return None
    problem = INDEFINITE if found.value is None else None
    return _with_tail(lexemes, Count(found.value, start + found.stop, problem=problem))


def _digits(lexemes: Sequence[Lexeme], start: int) -> Count:
    printed, stop = lexemes[start].printed, start + 1
    behind = lexemes[stop : stop + 2]
    if [lexeme.text for lexeme in behind[:1]] == [","] and _is_cents(lexemes, start):
        printed, stop = f"{printed},{behind[1].printed}", stop + 2
    elif len(behind) > 1 and behind[0].text in DASHES and behind[0].glued and behind[1].text in _CASE_ENDINGS:
        stop += 2
    return Count(read_digits(printed, scaled=False).value, stop, printed)


def _with_tail(lexemes: Sequence[Lexeme], count: Count) -> Count:
    """Step over «с половиной», «с лишним», «и более» between a count and its unit."""
    tail = [lexeme.text for lexeme in lexemes[count.stop : count.stop + 2]]
    if tail == ["с", "половиной"]:
        return count._replace(stop=count.stop + 2, half=True)
    if tail_stop(lexemes, count.stop) is not None:
        return count._replace(stop=count.stop + 2, over=True)
    return count._replace(stop=count.stop + 1, over=True) if tail[:1] == ["+"] else count


def tail_stop(lexemes: Sequence[Lexeme], start: int) -> int | None:
    """Tell where «с лишним» at `lexemes[start]` stops."""
    return start + 2 if [lexeme.text for lexeme in lexemes[start : start + 2]] in _OVER_TAILS else None


def bracket(lexemes: Sequence[Lexeme], start: int, read: _Reader) -> tuple[Decimal, int] | None:
    """Read the number words of a bracket at `lexemes[start]`; give their value and where the bracket stops."""
    if start + 1 >= len(lexemes) or lexemes[start].text != "(":
        return None
    window = lexemes[start + 1 : start + _LONGEST_BRACKET]
    length = next((i for i, lexeme in enumerate(window) if lexeme.text in {"(", ")"}), None)
    if length is None or window[length].text == "(":
        return None
    said = read(window[:length], 0)
    if said is None or not said.worded or said.value is None:
        return None
    return said.value, start + length + len("()")


def _is_cents(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Tell whether «1 599 059, 38 евро» goes on behind its comma."""
    comma, cents = lexemes[start + 1 : start + 3] if len(lexemes) > start + 2 else (None, None)
    if comma is None or cents is None or not comma.glued or cents.kind != "number":
        return False
    grouped = lexemes[start].printed != lexemes[start].printed.replace(" ", "")
    return grouped and "," not in lexemes[start].printed and len(cents.printed) == len("38")
