"""Open ends, by the words before a date: «с 1 января», «до конца года», «не позднее марта»."""

import re
from dataclasses import replace

from extractors._dates.expressions import Item
from extractors._model import DateInterval

_REACH = 40
_FROM = re.compile(r"(?<!\w)(?:со?|не (?:ранее|раньше)(?: чем)?(?: в| во| с| со)?) (?:самого )?$")
_UNTIL = re.compile(r"(?<!\w)(?:до|не (?:позднее|позже)(?: чем)?(?: в| во)?|по) (?:самого )?$")
_WITH = re.compile(
    r"^\S+(?:ым|им|ом|ем)(?!\w)|годом|кварталом|полугодием|-м(?!\w)|летом|весной|осенью|зимой|месяцем|периодом|неделей|днем"
)
_NO_FROM = re.compile(r"(?:сравнени\w{1,3}|сопоставлени\w{1,3}|ночь|аналогии) со? $")
_NO_UNTIL = re.compile(r"(?<!\w)за [^.,;]{1,24} до $")
_MOVED = re.compile(r" на (?:\d{1,2} [а-я]|понед|втор|сред|четв|пятн|субб|воскр|\d{4} год)")
_BY = re.compile(r"(?<!\w)по $")
_ACCUSATIVE = re.compile(r"\d{1,2}(?:-е)? [а-я]+|.*год$|сегодняшний день|январь|июнь")


def opened(value: DateInterval, item: Item, text: str) -> DateInterval:
    """Open the end that the words before the item leave open."""
    if value.unresolved or item.rule.endswith("_range"):
        return value
    before, words = text[max(0, item.start - _REACH) : item.start], text[item.start : item.stop]
    moved = _MOVED.match(text, item.stop)
    if _FROM.search(before) and not moved and not _WITH.search(words) and not _NO_FROM.search(before):
        return replace(value, stop=None)
    if _BY.search(before) and not _ACCUSATIVE.match(words):
        return value
    if _UNTIL.search(before) and not _NO_UNTIL.search(before):
        return replace(value, start=None)
    return value
