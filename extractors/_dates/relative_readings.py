"""From a match to an expression that leans on publication or on another date: the other half of the readers."""

import re
from decimal import Decimal

from extractors._dates import relative
from extractors._dates.expressions import Expression, Unread, YearsOff, whole_year
from extractors._dates.grammar import read_count, read_relative, read_unit, read_weekday, read_word_day, read_year
from extractors._dates.readings import Match, groups_of
from extractors._model import Granularity

_PARTS = "нск"  # начало, середина, конец
_ONE = frozenset({"год", "месяц", "неделю", "квартал", "полгода", "десятилетие", "век"})
_ONE_DAY = frozenset({"день", "сутки"})  # «через день» is every other day
_BY_ONE = frozenset({"годом", "месяцем", "неделей", "днем", "кварталом", "полугодием"})
_UNIT = {name: Granularity(name) for name in ("day", "week", "month", "quarter", "half", "year", "decade", "century")}


def relative_period(match: Match) -> Expression | None:
    """Read «прошлый год», «на этой неделе», «следующий квартал»."""
    way, offset = read_relative(match["relative"])
    unit = _UNIT[read_unit(match["unit"])]
    if way == "previous":
        return relative.anchored(unit, offset)
    if unit == Granularity.DAY:
        return relative.anchored(unit, offset, else_published=True) if way == "next" else None
    if unit == Granularity.YEAR and match["unit"] == "лет":
        return None
    if unit == Granularity.YEAR and way == "present":
        return whole_year(YearsOff(offset))
    return relative.off(unit, offset) if way in ("present", "next") else None


def part_of_unit(match: Match) -> Expression | None:
    """Read «к концу года», «в начале недели»: of the present period."""
    unit = _UNIT[read_unit(match["unit"])]
    if unit == Granularity.DAY:
        return None
    return relative.part_of_present(unit, _PARTS.index(match["part"][0]))


def same_unit(match: Match) -> Expression | None:
    """Read «в тот же день», «в том же месяце»."""
    return relative.anchored(_UNIT[read_unit(match["unit"])], 0)


def word_day(match: Match) -> Expression | None:
    """Read «вчера», «на завтрашнем заседании»."""
    return relative.off(Granularity.DAY, read_word_day(match["word_day"]))


def today(match: Match) -> Expression | None:  # noqa: ARG001 - one signature for all readers
    """Read «сегодня»."""
    return relative.off(Granularity.DAY, 0)


def eve(match: Match) -> Expression | None:  # noqa: ARG001
    """Read «накануне»: the day before publication."""
    return relative.off(Granularity.DAY, -1)


def ago(match: Match) -> Expression | None:
    """Read «два года назад»."""
    return _counted(match, -1)


def ahead(match: Match) -> Expression | None:
    """Read «через два года»."""
    return _counted(match, 1)


def _counted(match: Match, sign: int) -> Expression | None:
    count, unit = read_count(groups_of(match).get("count")), read_unit(match["unit"])
    if "count" not in groups_of(match) and match["unit"] not in _ONE and (sign > 0 or match["unit"] not in _ONE_DAY):
        return None
    if match["unit"].startswith("полгода"):
        return relative.ago(Granularity.MONTH, Decimal(6), sign)
    if re.search(
        r"более|больше|почти|около|примерно|свыше|менее|меньше", match.string[max(0, match.start() - 9) : match.start()]
    ):
        return Unread(_UNIT[unit], "an approximate distance")
    return relative.ago(_UNIT[unit], count, sign)


def earlier(match: Match) -> Expression | None:
    """Read «годом ранее», «двумя неделями позже»."""
    if "count" not in groups_of(match) and match["unit"] not in _BY_ONE:
        return None
    count, sign = read_count(groups_of(match).get("count")), 1 if match["way"].startswith("поз") else -1
    return relative.anchored(_UNIT[read_unit(match["unit"])], sign * int(count)) if count == int(count) else None


def analogous(match: Match) -> Expression | None:
    """Read «аналогичный период прошлого года»."""
    found = read_year(match["tail"])
    if isinstance(found, int):
        return relative.analogous_in(found)
    return relative.analogous(found.years) if isinstance(found, YearsOff) else None


def weekday(match: Match) -> Expression | None:
    """Read «в пятницу», «в минувшую пятницу», «ближайшая пятница»."""
    groups = groups_of(match)
    number = read_weekday(groups["weekday"])
    if "relative" not in groups:
        return relative.weekday(number, "")
    stem = groups["relative"]
    way, offset = read_relative(stem)
    if stem.startswith(("прошл", "предыдущ")):
        return relative.weekday(number, "past_week")
    if way == "next":
        return relative.weekday(number, "next_week")
    return relative.weekday(number, {-1: "last", 0: "this"}.get(offset, "coming"))


def weekday_of_week(match: Match) -> Expression | None:
    """Read «вторник на следующей неделе»."""
    return relative.weekday_of_week(read_weekday(match["weekday"]), read_relative(match["relative"])[1])


def weekend(match: Match) -> Expression | None:
    """Read «в минувшие выходные»."""
    way, offset = read_relative(match["relative"])
    return relative.weekend(offset, near=way == "near" or offset == 0)
