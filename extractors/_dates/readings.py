"""From a rule's match to an expression: one function a kind of writing; None where the words are no date after all."""

import re
from collections.abc import Callable
from datetime import date

from extractors._dates import relative
from extractors._dates.expressions import (
    Expression,
    Fixed,
    InYear,
    Unread,
    Year,
    YearsOff,
    months,
    whole_year,
)
from extractors._dates.grammar import (
    full_year,
    read_count,
    read_month,
    read_ordinal,
    read_relative,
    read_weekday,
    read_year,
)
from extractors._lexicon import table
from extractors._model import Granularity

Match = re.Match[str]
Reader = Callable[[Match], Expression | None]

_ABOUT = {"первых": (1, 10), "последних": (21, 0), "10": (10, 19), "20": (20, 0)}  # a day of 0 is the last
_MONTHS_IN = {"quarter": 3, "half": 6}
_LAST_MONTH = 12
_UNIT = {name: Granularity(name) for name in ("day", "week", "month", "quarter", "half", "year", "decade", "century")}


def groups_of(match: Match) -> dict[str, str]:
    """Give the named groups that matched something."""
    return {name: value for name, value in match.groupdict().items() if value}


def _one_day(month: int, day: int, year: Year) -> Expression | None:
    if not (1 <= month <= _LAST_MONTH and 1 <= day <= 31):  # noqa: PLR2004 - the longest month
        return None
    return InYear(Granularity.DAY, (month, day), (month, day), year)


def numeric(match: Match) -> Expression | None:
    """Read «24.01.2017», «2017-01-24», «27.05.99», «15.02»."""
    year = match.groupdict().get("yyyy")
    return _one_day(int(match["mm"]), int(match["dd"]), full_year(year) if year else None)


def numeric_range(match: Match) -> Expression | None:
    """Read «14.–15.10.2018»."""
    year = full_year(match["yyyy"]) if match["yyyy"] else None
    month, first, last = int(match["mm"]), int(match["dd"]), int(match["dd2"])
    if first >= last or _one_day(month, last, year) is None:
        return None
    return InYear(Granularity.DAY, (month, first), (month, last), year)


def day_month(match: Match) -> Expression | None:
    """Read «27-го мая 2016 года»."""
    return _one_day(read_month(match["month"]), read_ordinal(match["day"]), read_year(groups_of(match).get("tail")))


def month(match: Match) -> Expression | None:
    """Read «в июле прошлого года», «этот май»."""
    groups, number = groups_of(match), read_month(match["full_month"])
    year = read_year(groups.get("tail"))
    if year is None and "relative" in groups:
        way, offset = read_relative(groups["relative"])
        if way == "near" or offset > 0:
            return relative.nearest(Granularity.MONTH, number, number)
        if offset == -1:
            clear = _is_clear(groups["relative"])
            return relative.past_months(Granularity.MONTH, number, number, clear=clear)
        return months(Granularity.MONTH, number, number, YearsOff(offset) if offset else None)
    return months(Granularity.MONTH, number, number, year)


def nth_weekday(match: Match) -> Expression | None:
    """Read «четвёртый четверг ноября»; needs a printed year or publication, so it is placed later."""
    return relative.nth_weekday(read_ordinal(match["ordinal"]), read_weekday(match["weekday"]), day_of_month(match))


def day_of_month(match: Match) -> InYear:
    """Give the month of a match as an expression."""
    number = read_month(match["full_month"])
    return months(Granularity.MONTH, number, number, read_year(groups_of(match).get("tail")))


def part_of_year(match: Match) -> Expression | None:
    """Read «III квартал», «первое полугодие»."""
    groups = groups_of(match)
    unit = "quarter" if "quarter" in groups else "half"
    size, number = _MONTHS_IN[unit], read_ordinal(groups.get("ordinal") or groups["roman"])
    if not 1 <= number <= _LAST_MONTH // size:
        return None
    year = read_year(groups.get("tail"))
    return months(_UNIT[unit], (number - 1) * size + 1, number * size, year)


def half_of(match: Match) -> Expression | None:
    """Read «вторая половина 2023 года», «первая половина июля»."""
    groups, second = groups_of(match), read_ordinal(match["ordinal"]) - 1
    if second not in (0, 1):
        return None
    if "full_month" in groups:
        number, year = read_month(groups["full_month"]), read_year(groups.get("tail"))
        low, high = ((number, 16), (number, 0)) if second else ((number, 1), (number, 15))
        return InYear(Granularity.MONTH, low, high, year)
    year = read_year(groups.get("year") or groups.get("tail")) if "year_word2" not in groups else None
    return months(Granularity.HALF, 6 * second + 1, 6 * second + 6, year)


def days_about(match: Match) -> Expression | None:
    """Read «в первых числах мая», «в 20-х числах марта»."""
    number, word = read_month(match["full_month"]), match["ordinal"]
    ends = _ABOUT.get(word) or _ABOUT.get(word[:2])
    if ends is None:
        return None
    return InYear(Granularity.MONTH, (number, ends[0]), (number, ends[1]), read_year(groups_of(match).get("tail")))


def first_months(match: Match) -> Expression | None:
    """Read «девять месяцев 2023 года»."""
    count = read_count(match["count"])
    if count != int(count) or not 1 <= count <= _LAST_MONTH:
        return None
    year = read_year(groups_of(match).get("tail"))
    if year is None:
        return relative.months_just_over(int(count))
    return months(Granularity.MONTH, 1, int(count), year)


def season(match: Match) -> Expression | None:
    """Read «осенью 2022 года», «этой весной»; the winter of one printed year may be either of two."""
    groups = groups_of(match)
    first, last = next(
        (int(r["first"]), int(r["last"])) for r in _seasons() if groups["season"] in r["forms"].split("|")
    )
    if "relative" in groups:
        way, offset = read_relative(groups["relative"])
        if way == "near":
            return relative.nearest(Granularity.QUARTER, first, last)
        if last > _LAST_MONTH:
            return relative.winter(offset)
        if offset == -1:
            return relative.past_months(Granularity.QUARTER, first, last, clear=_is_clear(groups["relative"]))
        return months(Granularity.QUARTER, first, last, YearsOff(offset))
    year = read_year(groups.get("tail"))
    if year is not None and last > _LAST_MONTH:
        return Unread(Granularity.QUARTER, "one of two winters")
    return months(Granularity.QUARTER, first, last, year)


def _is_clear(word: str) -> bool:
    """Tell «минувший», the last one, from «прошлый», which may be that of the last year."""
    return not word.startswith(("прошл", "предыдущ"))


def _seasons() -> tuple[dict[str, str], ...]:
    return table("dates_seasons")


def winter_of_two(match: Match) -> Expression | None:
    """Read «зима 2022/23»."""
    year = full_year(match["yyyy"])
    return months(Granularity.QUARTER, 12, 14, year) if (year + 1) % 100 == int(match["yyyy2"]) % 100 else None


def year(match: Match) -> Expression | None:
    """Read «2016 год», «в 2016-м», «(2021)»."""
    return whole_year(read_year(match["year"]))


def same_year(match: Match) -> Expression | None:
    """Read «в том же году»."""
    return whole_year(read_year(f" {match['same']} года"))


def split_year(match: Match) -> Expression | None:
    """Read «2022/23 год»: both years; a school year from September to August."""
    first = full_year(match["yyyy"])
    if (first + 1) % 100 != int(match["yyyy2"]) % 100:
        return None
    if "учебн" in match.group():
        return InYear(Granularity.YEAR, (9, 1), (20, 31), first)
    return InYear(Granularity.YEAR, (1, 1), (24, 31), first)


def decade(match: Match) -> Expression | None:
    """Read «1990-е», «90-е годы», «девяностые»; which twenties are meant is never clear."""
    digits = match["decade"]
    number = int(digits) if digits.isdigit() else read_ordinal(digits)
    if number < 30:  # noqa: PLR2004 - the tens and twenties exist in two living centuries
        return Unread(Granularity.DECADE, "one of two centuries")
    first = number if number > 99 else 1900 + number  # noqa: PLR2004 - two digits
    return Fixed(Granularity.DECADE, date(first, 1, 1), date(first + 9, 12, 31))


def century(match: Match) -> Expression | None:
    """Read «XIX век», «двадцатое столетие»."""
    groups = groups_of(match)
    number = read_ordinal(groups.get("roman") or groups["ordinal"])
    if not 1 <= number <= 30:  # noqa: PLR2004 - later centuries are no news
        return None
    return Fixed(Granularity.CENTURY, date(number * 100 - 99, 1, 1), date(number * 100, 12, 31))


def holiday(match: Match) -> Expression | None:
    """Read «до Нового года»."""
    row = next(r for r in table("dates_holidays") if re.fullmatch(r["pattern"], match["holiday"]))
    return _one_day(int(row["month"]), int(row["day"]), read_year(groups_of(match).get("tail")))


def undefined_season(match: Match) -> Expression | None:  # noqa: ARG001
    """Read «в прошлом сезоне»: whose season, nobody can tell."""
    return Unread(Granularity.YEAR, "a season of unknown bounds")
