"""Cuts a text into what the money grammar reads: numbers with their printed separators, words, signs, line ends.

Owns the writings of numbers in digits. Knows no currencies. Works on characters, since a general tokenizer glues
commas to digits and parts «1 599» at its blank. Linear in the length of the text.
"""

import re
from decimal import Decimal
from typing import NamedTuple

BLANKS = " \t\u00a0\u2007\u2009\u202f"
DASHES = frozenset("-‐‑‒–—−")

_GROUPED = "|".join(
    (
        rf"\d{{1,3}}(?:[{BLANKS}]\d{{3}})+(?!\d)(?:[.,]\d+)?",
        rf"(?!(?:19|20)\d\d[{BLANKS}])\d{{4,6}}(?:[{BLANKS}]\d{{3}})+(?!\d)(?:[.,]\d+)?",
        r"\d{1,3}(?:['’]\d{3})+(?!\d)(?:[.,]\d+)?",
        r"\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?",
        r"\d{1,3}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?",
        r"\d{1,3}\.\d{3},\d{1,2}(?!\d)",
        r"\d{1,3},\d{3}\.\d{1,2}(?!\d)",
    )
)
_CODE = rf"\d+(?:[.:/]\d+){{2,}}|\d+[:/]\d+|[^\W\d_]+[-‑]?\d[\w-]*|№[{BLANKS}]?\d+"
_LEXEME = re.compile(
    rf"(?P<grouped>{_GROUPED})|(?P<code>{_CODE})|(?P<number>\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<break>[\n\r\u2028\u2029]+)|(?P<sign>\S)"
)
_TWO_OR_MORE_SEPARATORS = 2


class Lexeme(NamedTuple):
    """A piece of the text; `text` is lower case with «е» for «ё»; `glued`: no blank stands before it."""

    kind: str
    start: int
    stop: int
    text: str
    printed: str
    glued: bool


class Reading(NamedTuple):
    """What digits say; `problem` tells why they cannot be read with certainty."""

    value: Decimal
    problem: str | None = None


def lex(text: str) -> list[Lexeme]:
    """Cut a text.

    >>> [lexeme.printed for lexeme in lex("около 1 599,5 млн руб.")]
    ['около', '1 599,5', 'млн', 'руб', '.']
    """
    found, stop = [], -1
    for match in _LEXEME.finditer(text):
        printed = match.group()
        folded = printed.lower().replace("ё", "е")
        kind = "number" if match.lastgroup == "grouped" else str(match.lastgroup)
        found.append(Lexeme(kind, match.start(), match.end(), folded, printed, match.start() == stop))
        stop = match.end()
    return found


def read_digits(printed: str, *, scaled: bool) -> Reading:
    """Read a number; `scaled` when a unit follows, so that a lone comma or full stop is the decimal one.

    >>> read_digits("20.000", scaled=False).value, read_digits("2,125", scaled=True).value
    (Decimal('20000'), Decimal('2.125'))
    >>> read_digits("1,234", scaled=False).problem
    '1,234 may be thousands or decimals'
    """
    digits = re.sub(rf"[{BLANKS}'’]", "", printed)
    marks = re.sub(r"\d", "", digits)
    if len(marks) >= _TWO_OR_MORE_SEPARATORS:
        return Reading(_many_marks(digits, marks))
    whole, _, decimals = digits.replace(",", ".").partition(".")
    lone_group = marks and digits == printed and len(decimals) == len("000") and len(whole) <= len("000")
    if not lone_group or scaled or not int(whole):
        return Reading(Decimal(f"{whole}.{decimals or 0}") if decimals else Decimal(whole))
    if decimals.endswith("00"):
        return Reading(Decimal(whole + decimals))
    return Reading(Decimal(whole + decimals), f"{printed} may be thousands or decimals")


def _many_marks(digits: str, marks: str) -> Decimal:
    """Two or more marks: the last is the decimal one if it differs from those before."""
    if marks[-1] == marks[0]:
        return Decimal(re.sub(r"[.,]", "", digits))
    whole, decimals = digits.rsplit(marks[-1], 1)
    return Decimal(re.sub(r"[.,]", "", whole) + "." + decimals)
