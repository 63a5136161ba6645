"""Ranges and lists: «с 8 по 11 июля», «2019–2024 годы», «в марте, апреле и мае 2023 года»."""

import re
from dataclasses import replace
from datetime import date

from extractors._dates.expressions import Expression, Fixed, InYear, Item, Pair, Unread, YearsOff, whole_year
from extractors._dates.grammar import anchored, read_ordinal, read_year
from extractors._model import Granularity

_REACH = 40  # characters: the longest piece that may stand before an item
_RANGE = re.compile(r" ?- ?| по |, по | до (?:конца )?| на ")
_LIST = re.compile(r",? (?:и|или) |, ?|/")
_FROM = re.compile(r"(?<!\w)(?:со?|от|начиная с) $")
_SHARING = {"day_month", "month", "quarter", "half_year", "season", "numeric_day"}
_BARE = (
    (
        "day",
        r"(?P<opening>со? |от |в ночь с )?{day}(?: числа)?(?P<gap> ?- ?| по | до | на | и |, )",
        {"day_month", "day_month_short_year"},
    ),
    (
        "year",
        r"(?P<opening>со? |от )?(?P<year>(?:1[5-9]|20)\d\d)(?:-?го|-?м)?(?P<gap> ?- ?| по | до | и | или |, )",
        {"year"},
    ),
    ("part", r"(?P<opening>со? )?(?:{ordinal}|{roman})(?P<gap> ?- ?| по | и |, )", {"quarter", "century", "half_year"}),
)


def before(text: str, item: Item) -> str:
    """Give the words right before an item."""
    return text[max(0, item.start - _REACH) : item.start]


def is_day(item: Item) -> bool:
    """Tell whether an item is a single day of some year."""
    return isinstance(item.expression, InYear) and item.expression.low == item.expression.high


def ranges(items: list[Item], text: str) -> list[Item]:
    """Join neighbours that a dash, «по» or «до» binds into one interval."""
    joined: list[Item] = []
    for item in items:
        bound = _range(joined[-1], item, text) if joined else None
        if bound:
            joined[-1] = bound
        else:
            joined.append(item)
    return joined


def _range(first: Item, last: Item, text: str) -> Item | None:
    gap = text[first.stop : last.start]
    if not _RANGE.fullmatch(gap):
        return None
    opening = _FROM.search(before(text, first))
    if not opening and gap.strip() not in ("-", "по"):
        return None
    if gap == " на " and not before(text, first).endswith(("ночь с ", "ночь со ")):
        return None
    if gap.strip() == "-" and _two_points(first, last, text):
        return None
    expression = join(first.expression, last.expression)
    if expression is None:
        return None
    start = first.start - len(opening.group()) if opening else first.start
    numeric = first.rule == "numeric_day"
    return Item(start, last.stop, expression, "numeric_range" if numeric else f"{last.expression.unit}_range")


def _two_points(first: Item, last: Item, text: str) -> bool:
    """«(1 мая 1890 — 3 июня 1950)»: two days with years of their own in brackets are two dates."""
    both = all(
        is_day(i) and isinstance(i.expression, InYear) and isinstance(i.expression.year, int) for i in (first, last)
    )
    return both and text[first.start - 1 : first.start] == "(" and text[last.stop : last.stop + 1] == ")"


def join(first: Expression, last: Expression) -> Expression | None:
    """Join two ends; an end without a year takes that of the other."""
    if isinstance(first, Unread) or isinstance(last, Unread):
        return Unread(last.unit, "an end of the range is not clear")
    if not (isinstance(first, InYear) and isinstance(last, InYear)):
        return Pair(first, last)
    turned = first.low > last.high if last.high[1] else first.low[0] > last.high[0]
    if first.year is None and isinstance(last.year, int | YearsOff):
        first = replace(first, year=_year_before(last.year) if turned else last.year)
    elif last.year is None and isinstance(first.year, int):
        last = replace(last, year=first.year + turned)
    if first.year != last.year:
        return Pair(first, last)
    high = (last.high[0] + 12, last.high[1]) if turned and first.year is None else last.high
    return InYear(last.unit, first.low, high, first.year)


def _year_before(year: int | YearsOff) -> int | YearsOff:
    return year - 1 if isinstance(year, int) else YearsOff(year.years - 1)


def bare_left(items: list[Item], text: str) -> list[Item]:
    """Take in a number that leans on the date after it: «8–11 июля», «2019, 2020 и 2021 годы», «III и IV квартал»."""
    done: list[Item] = []
    for item in items:
        bound = done[-1].stop if done else 0
        done += _with_left(item, text, bound)
    return done


def _with_left(item: Item, text: str, bound: int) -> list[Item]:
    for _, source, names in _BARE:
        if item.rule not in names:
            continue
        found = anchored(source).search(text[max(bound, item.start - _REACH) : item.start])
        if found is None:
            continue
        left = _left_expression(found, item.expression)
        if left is None:
            continue
        start = item.start - len(found.group())
        return _left_joined(found, start, left, item, (text, bound))
    return [item]


def _left_expression(found: re.Match[str], right: Expression) -> InYear | Fixed | None:
    groups = {k: v for k, v in found.groupdict().items() if v}
    if isinstance(right, Fixed):
        return _century(read_ordinal(groups.get("ordinal") or groups["roman"]))
    if not isinstance(right, InYear):
        return None
    if "day" in groups:
        if not (groups.get("opening") or groups["day"][0].isdigit()):
            return None
        left = replace(right, low=(right.low[0], read_ordinal(groups["day"])), weekday=None)
        left = replace(left, high=left.low)
        return left if left.low < right.low else None
    if "year" in groups:
        return (
            whole_year(read_year(groups["year"]))
            if isinstance(right.year, int) and int(groups["year"]) < right.year
            else None
        )
    size = right.high[0] - right.low[0] + 1
    first = (read_ordinal(groups.get("ordinal") or groups["roman"]) - 1) * size + 1
    return replace(right, low=(first, 1), high=(first + size - 1, 0)) if 0 < first < right.low[0] else None


def _century(number: int) -> Fixed | None:
    if not 1 <= number <= 30:  # noqa: PLR2004 - later centuries are no news
        return None
    return Fixed(Granularity.CENTURY, date(number * 100 - 99, 1, 1), date(number * 100, 12, 31))


def _left_joined(
    found: re.Match[str], start: int, left: InYear | Fixed, item: Item, around: tuple[str, int]
) -> list[Item]:
    text, bound = around
    gap, opening = found["gap"].strip(), found["opening"] or ""
    listed = gap in (",", "и", "или")
    if gap in ("до", "на") and not opening:
        return [item]
    right = item.expression
    if listed and not _follow_each_other(left, right):
        alone = Item(start + len(opening), start + len(found.group()) - len(found["gap"]), left, item.rule)
        return [*_with_left(alone, text, bound), item]
    if listed and gap != "и":
        return [item]
    joined = join(left, right)
    begin = start + (len("в ночь ") if opening.startswith("в ночь") else 0)
    return [Item(begin, item.stop, joined, f"{item.expression.unit}_range")] if joined else [item]


def _follow_each_other(left: Expression, right: Expression) -> bool:
    """Two days in a row are one stretch."""
    return (
        isinstance(right, InYear)
        and isinstance(left, InYear)
        and left.unit == Granularity.DAY
        and left.high[0] == right.low[0]
        and left.high[1] + 1 == right.low[1]
    )


def lists(items: list[Item], text: str) -> list[Item]:
    """Give the year printed at the end of a list to the dates before it: «в марте, апреле и мае 2023 года»."""
    done: list[Item] = []
    for item in reversed(items):
        after = done[-1] if done else None
        done.append(_sharing(item, after, text) if after else item)
    return done[::-1]


def _sharing(item: Item, after: Item, text: str) -> Item:
    mine, theirs = item.expression, after.expression
    if not (isinstance(mine, InYear) and isinstance(theirs, InYear)) or mine.year is not None or theirs.year is None:
        return item
    if item.rule not in _SHARING or not _LIST.fullmatch(text[item.stop : after.start]):
        return item
    return replace(item, expression=replace(mine, year=theirs.year))
