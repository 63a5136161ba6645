"""Joining what the rules found: weekday and date, parts of periods, ranges and lists, a day named twice."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from extractors._dates import calendar
from extractors._dates.expressions import (
    Expression,
    Fixed,
    InYear,
    Item,
    Relative,
    Unread,
)
from extractors._dates.grammar import anchored, read_weekday
from extractors._dates.ranges import bare_left, before, is_day, lists, ranges
from extractors._dates.state import State
from extractors._model import Granularity, Span

_WEEKDAY_GAP = re.compile(r",? (?:\()?|, (?:в|во) |\. ?")
_DECADES = {"decade", "decade_in_words"}
_PARTS = {"н": 0, "с": 1, "к": 2}


def compose(items: list[Item], text: str) -> list[Item]:
    """Join items, given in the order of the text and not overlapping."""
    steps: tuple[Callable[[list[Item], str], list[Item]], ...] = (
        _decades,
        _weekdays,
        _parts,
        ranges,
        bare_left,
        lists,
        _appositions,
    )
    for step in steps:
        items = step(items, text)
    return items


def _decades(items: list[Item], text: str) -> list[Item]:
    """Join «40-е годы XIX века»; «прошлого века» says nothing new."""
    joined: list[Item] = []
    for item in items:
        first = joined[-1] if joined and joined[-1].rule in _DECADES else None
        expression = _decade_of_century(first, item, text) if first else None
        if first and expression:
            joined[-1] = Item(first.start, item.stop, expression, first.rule)
        else:
            joined.append(item)
    return joined


def _decade_of_century(decade: Item, century: Item, text: str) -> Expression | None:
    if text[decade.stop : century.start] != " " or century.expression.unit != Granularity.CENTURY:
        return None
    if isinstance(century.expression, Relative) or not isinstance(decade.expression, Fixed):
        return decade.expression
    if not isinstance(century.expression, Fixed):
        return None
    first = century.expression.start.year - 1 + decade.expression.start.year % 100
    return Fixed(Granularity.DECADE, date(first, 1, 1), date(first + 9, 12, 31))


def _weekdays(items: list[Item], text: str) -> list[Item]:
    """Join «в четверг, 5 мая» into the day that must be a Thursday."""
    joined: list[Item] = []
    for item in map(partial(_short_weekday, text=text), items):
        pair = joined and _one_day_with_weekday(joined[-1], item, text)
        if pair:
            joined[-1] = pair
        else:
            joined.append(item)
    return joined


def _short_weekday(item: Item, text: str) -> Item:
    """Take in an abbreviated weekday right before a date: «Пт, 18 июля»."""
    if not is_day(item):
        return item
    found = anchored(r"{short_weekday}[,.]{1,2} ").search(before(text, item))
    if found is None:
        return item
    return _with_weekday(item, item.start - len(found.group()), item.stop, found["short_weekday"])


def _with_weekday(item: Item, start: int, stop: int, word: str) -> Item:
    if not isinstance(item.expression, InYear):
        return item
    return Item(start, stop, replace(item.expression, weekday=read_weekday(word)), "weekday_and_date")


def _one_day_with_weekday(first: Item, second: Item, text: str) -> Item | None:
    if not _WEEKDAY_GAP.fullmatch(text[first.stop : second.start]):
        return None
    for weekday, day in ((first, second), (second, first)):
        if weekday.rule == "weekday" and is_day(day):
            word = text[weekday.start : weekday.stop].rsplit(" ", maxsplit=1)[-1]
            bracket = "(" in text[first.stop : second.start] and text[second.stop : second.stop + 1] == ")"
            return _with_weekday(day, first.start, second.stop + bracket, word)
    return None


def _parts(items: list[Item], text: str) -> list[Item]:
    """Take in «начало», «середина», «конец» right before a period."""
    return [_part(item, text) for item in items]


def _part(item: Item, text: str) -> Item:
    found = anchored(r"{part} ").search(before(text, item))
    if found is None:
        return item
    which = _PARTS[found["part"][0]]
    return Item(
        item.start - len(found.group()), item.stop, part(item.expression, which), f"part_of_{item.expression.unit}"
    )


def part(expression: Expression, which: int) -> Expression:
    """Give the beginning (0), middle (1) or end (2) of an expression."""
    if isinstance(expression, InYear):
        return _part_in_year(expression, which)
    if isinstance(expression, Fixed):
        days = calendar.third(expression.unit, (expression.start, expression.stop), which)
        return Fixed(expression.unit, *days)
    if isinstance(expression, Relative):
        return Relative(expression.unit, partial(_part_of_answer, expression, which))
    return expression


def _part_in_year(expression: InYear, which: int) -> Expression:
    (first, day), last = expression.low, expression.high[0]
    if day != 1 or expression.low == expression.high:
        return Unread(expression.unit, "a part of a part")
    if first == last:
        edges = ((first, 1), (first, 10)), ((first, 11), (first, 20)), ((first, 21), (first, 0))
        return replace(expression, low=edges[which][0], high=edges[which][1])
    size = last - first + 1
    cuts = (0, size // 4, size - size // 4, size) if size >= 12 else (0, round(size / 3), round(size * 2 / 3), size)  # noqa: PLR2004
    low, high = (first + cuts[which], 1), (first + cuts[which + 1] - 1, 0)
    return replace(expression, low=low, high=high)


def _part_of_answer(expression: Relative, which: int, state: State, span: Span) -> tuple[date, date] | str:
    answer = expression.read(state, span)
    return answer if isinstance(answer, str) else calendar.third(expression.unit, answer, which)


def _appositions(items: list[Item], text: str) -> list[Item]:
    """Give «накануне, 4 января» the printed day."""
    told = list(items)
    for i, (item, after) in enumerate(pairwise(items)):
        leans = isinstance(item.expression, Relative) and item.expression.unit == Granularity.DAY
        if leans and is_day(after) and text[item.stop : after.start] in (", ", " ("):
            told[i] = replace(item, expression=after.expression)
    return told
