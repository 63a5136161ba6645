"""The pieces of the date grammar, built from the tables, and patterns written with them.

A pattern names pieces in braces, `{day} {month}{tail}?`; each becomes a group of that name. A piece has no group of
its own: what it matched is read again by `read_*` here. Every repetition is bounded, so matching is linear.
"""

import re
from decimal import Decimal
from functools import cache

from extractors._dates.expressions import SameYear, Year, YearsOff
from extractors._lexicon import table

_ORDINAL_END = r"(?:ьего|ьему|ьем|ьим|ьей|ьи|ья|ью|ье|ий|ый|ой|ое|ая|ую|ого|ому|ым|ом|ые|ых|ыми)"
_DIGIT_END = r"(?:-?(?:го|ого|его|му|ому|ему|ым|им|ое|ый|ой|ий|ом|ем|ых|ые|ми|е|й|м|я|ю|х)(?![а-я]))"
_YEAR_END = r"(?:-?(?:го|ого|его|му|ому|ем|ом|м|ый|ий|ой|й)(?![а-я]))"
_NUMBER_YEAR = rf"(?:1[0-9]|20)\d\d(?!\d|[.,/]\d| ?%){_YEAR_END}?"
# A number right after «8 июля» is a year unless it counts something.
_NO_COUNT = (
    r"(?! (?:тыс|млн|млрд|трлн|руб|дол|евро|тонн|человек|чел\.|раз|км|кв|га |м |машин|[а-я]{2,}(?:ов|ев|ей)(?!\w)))"
)
_BARE_YEAR = rf"(?:1[5-9]|20)\d\d(?!\d|[.,/:]\d| ?%){_YEAR_END}?{_NO_COUNT}"
_YEAR_WORD = r"(?:год(?:а|у|ом|е|ы|ов|ам|ами|ах)?(?![а-я])|гг?\.|гг?(?![а-яa-z]))"
_RELATIVE_END = r"(?:ого|его|ому|ему|ый|ий|ое|ее|ая|яя|ую|юю|ой|ей|ым|им|ом|ем|от|о|а|у|и|ие|ые|их|ых)"
_UNITS = {
    "day": r"д(?:ень|ня|ню|нем|не|ней|ни|нями)|сут(?:ки|ок)",
    "week": r"недел(?:я|и|ю|е|ей|ями|ь)",
    "month": r"месяц(?:а|у|ем|е|ев|ами|ы)?",
    "quarter": r"квартал(?:а|у|ом|е|ы|ов|ами)?",
    "half": r"полугоди(?:е|я|ю|ем|и)|полгода",
    "year": r"год(?:а|у|ом|е|ы|ами)?|лет",
    "decade": r"десятилети(?:е|я|ю|ем|и|й)",
    "century": r"век(?:а|у|ом|е|ов|и)?|столети(?:е|я|ю|ем|и|й)",
}
_SEP = re.compile(r"\s+")


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(set(words), key=len, reverse=True)) + ")"


def _column(name: str, column: str) -> list[str]:
    return [form for row in table(name) for form in row[column].split("|") if form]


def _numbers(name: str, key: str) -> dict[str, int]:
    return {form: int(row[key]) for row in table(name) for form in row["forms"].split("|")}


@cache
def pieces() -> dict[str, str]:
    """Give the pieces a pattern may name."""
    months = _any(_column("dates_months", "forms"))
    short_months = _any(_column("dates_months", "short"))
    stems = _any([row["stem"] for row in table("dates_ordinals")])
    tens = _any(_column("dates_ordinals", "tens"))
    ordinal = rf"(?:{tens} )?{stems}{_ORDINAL_END}"
    relative = _relative_piece()
    same = r"(?:т(?:ого|ому|от|ом|о|ой|у) же|эт(?:ого|ом|от) же)"
    year = rf"(?:{_NUMBER_YEAR} ?{_YEAR_WORD}|{_BARE_YEAR})"
    return {
        "day": rf"(?:(?:0?[1-9]|[12]\d|3[01])(?!\d){_DIGIT_END}?|{ordinal})",
        "month": rf"(?:{months}|{short_months}(?:\.|(?![а-я])))",
        "full_month": months,
        "year": year,
        "tail": rf"(?:,? {year}| (?:{relative}|{same}) {_YEAR_WORD}| \d\d ?{_YEAR_WORD}"
        r"| (?:текущего|нынешнего|прошлого|минувшего|следующего|будущего)(?=[.,;:)]|$)"
        r"| (?:эт|текущ|нынешн|прошл|минувш|позапрошл|будущ|следующ)[ео]го(?= и [а-я]{4,13}го год))",
        "number_year": _NUMBER_YEAR,
        "year_word": _YEAR_WORD,
        "relative": relative,
        "same": same,
        "ordinal": rf"(?:{ordinal}|\d{{1,2}}{_DIGIT_END}?)",
        "roman": r"[ivxх]{1,6}",
        "count": rf"(?:\d{{1,3}}|{_any(_column('dates_numerals', 'forms'))})",
        "weekday": _any(_column("dates_weekdays", "forms")),
        "short_weekday": _any(_column("dates_weekdays", "short")),
        "season": _any(_column("dates_seasons", "forms")),
        "word_day": _any(_column("dates_days", "forms")),
        "part": r"(?:начал(?:о|а|е|у|ом)|середин(?:а|ы|е|у|ой)|кон(?:ец|ца|це|цу|цом))",
        "unit": "(?:" + "|".join(_UNITS.values()) + ")",
    }


def _relative_piece() -> str:
    return rf"{_any(_column('dates_relative', 'stem'))}{_RELATIVE_END}"


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern; it never begins or ends inside a word.

    >>> pattern("{day} {month}").search("с 8 июля").group("month")
    'июля'
    """
    known = pieces()

    def group(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"(?P<{name}>{known[name.rstrip('0123456789')]})"

    body = re.sub(r"\{([a-z_]+\d?)\}", group, source)
    return re.compile(rf"(?<![\w]){body}(?!\w)")


@cache
def anchored(source: str) -> re.Pattern[str]:
    """Compile a pattern to be matched at the end of the text that stands before something."""
    return re.compile(rf"{pattern(source).pattern.removesuffix('(?!' + chr(92) + 'w)')}$")


@cache
def _tables() -> dict[str, dict[str, int]]:
    short = {s: int(r["number"]) for r in table("dates_months") for s in r["short"].split("|") if s}
    days = {s: int(r["number"]) for r in table("dates_weekdays") for s in r["short"].split("|")}
    return {
        "months": _numbers("dates_months", "number") | short,
        "weekdays": _numbers("dates_weekdays", "number") | days,
        "days": _numbers("dates_days", "offset"),
    }


def read_month(text: str) -> int:
    """Give a month's number."""
    return _tables()["months"][text.rstrip(".")]


def read_weekday(text: str) -> int:
    """Give a weekday's number, 0 for Monday."""
    return _tables()["weekdays"][text]


def read_word_day(text: str) -> int:
    """Give the distance in days from publication."""
    return _tables()["days"][text]


@cache
def read_ordinal(text: str) -> int:
    """Read an ordinal in digits, words or Roman figures.

    >>> read_ordinal("двадцать четвертого"), read_ordinal("18-го"), read_ordinal("xix"), read_ordinal("iv")
    (24, 18, 19, 4)
    """
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    if re.fullmatch("[ivxх]+", text):
        return _roman(text.replace("х", "x"))
    *tens, last = _SEP.split(text)
    total = sum(int(r["number"]) for r in table("dates_ordinals") if tens and r["tens"] == tens[0])
    fit = [r for r in table("dates_ordinals") if last.startswith(r["stem"])]
    return total + int(max(fit, key=lambda row: len(row["stem"]))["number"])


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in text]
    return sum(-v if v < max([0, *values[i + 1 : i + 2]]) else v for i, v in enumerate(values))


@cache
def read_count(text: str | None) -> Decimal:
    """Read a count; nothing printed is one («месяц назад»)."""
    if text is None or text.isdigit():
        return Decimal(text or 1)
    return next(Decimal(r["value"]) for r in table("dates_numerals") if text in r["forms"].split("|"))


@cache
def read_relative(text: str) -> tuple[str, int]:
    """Give the way and the offset of an adjective such as «прошлый»."""
    fit = [r for r in table("dates_relative") if re.fullmatch(r["stem"] + _RELATIVE_END, text)]
    row = max(fit, key=lambda r: len(r["stem"]))
    return row["way"], int(row["offset"])


@cache
def read_year(text: str | None) -> Year:
    """Read the year part of an expression; None where there is none.

    >>> read_year(" 2023-го"), read_year(" прошлого года"), read_year(" того же года")
    (2023, YearsOff(years=-1), SameYear(years=0))
    """
    if not text:
        return None
    digits = re.search(r"\d{4}|\d\d", text)
    if digits:
        return full_year(digits.group())
    words = text.strip(" ,").split(" ")
    if "же" in words:
        return SameYear()
    way, offset = read_relative(words[0])
    return SameYear(offset) if way == "previous" else YearsOff(offset)


def full_year(digits: str) -> int:
    """Complete a two-digit year: 00–49 are ours, the rest of the last century."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - two digits are what is in question
        return year
    return year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - the window the docstring states


def read_unit(text: str) -> str:
    """Name the unit of time a word stands for."""
    return next(name for name, forms in _UNITS.items() if re.fullmatch(forms, text))
