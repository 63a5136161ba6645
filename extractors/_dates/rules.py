"""The rules by name: a pattern over folded text, and how its match is read. Earlier rules win where two fit equally."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractors._dates import readings, relative_readings
from extractors._dates.expressions import Item
from extractors._dates.grammar import pattern
from extractors._lexicon import table


class Rule(NamedTuple):
    """A named way of writing a date."""

    name: str
    source: str
    read: readings.Reader


_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_Y = r"(?: ?г\.| ?г(?!\w)| года)?"
_SPLIT = r"(?P<yyyy>(?:19|20)\d\d) ?[/-] ?(?P<yyyy2>(?:(?:19|20)\d\d|\d\d))(?!\d)"

_RULES = (
    Rule(
        "iso_date", r"(?P<yyyy>(?:1[0-9]|20)\d\d)-(?P<mm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01])", readings.numeric
    ),
    Rule(
        "numeric_range",
        rf"(?P<dd>{_D})\.? ?(?:-|/|-/) ?(?P<dd2>{_D})\.(?P<mm>{_M})(?:\.(?P<yyyy>(?:19|20)\d\d|\d\d)|\.?(?![\d.]))",
        readings.numeric_range,
    ),
    Rule(
        "numeric_date",
        rf"(?P<dd>{_D})\. ?(?P<mm>{_M})\. ?(?P<yyyy>(?:1[89]|20)\d\d|\d\d)(?![.,]?\d){_Y}",
        readings.numeric,
    ),
    Rule(
        "numeric_date", rf"(?P<dd>{_D})(?P<sep>[/-])(?P<mm>{_M})(?P=sep)(?P<yyyy>(?:19|20)\d\d){_Y}", readings.numeric
    ),
    Rule("numeric_day", rf"(?P<dd>{_D})\.(?P<mm>0[1-9]|1[0-2])(?![.,]?\d)\.?(?P<yyyy>)", readings.numeric),
    Rule("day_month", "{day} {month}{tail}?", readings.day_month),
    Rule("day_month_short_year", r"{day} {month}(?P<tail> \d\d)(?= \d\d?:\d\d)", readings.day_month),
    Rule("month_day_year", r"{month} (?P<day>\d\d?)(?P<tail>, \d{4})", readings.day_month),
    Rule("nth_weekday", "{ordinal} {weekday} {full_month}{tail}?", readings.nth_weekday),
    Rule("month", "(?:{relative} )?{full_month}{tail}?", readings.month),
    Rule("quarter", "(?:{ordinal}|{roman}) (?P<quarter>{Q}|кв\\.){tail}?", readings.part_of_year),
    Rule("half_year", "(?:{ordinal}|{roman}) (?P<half>полугоди(?:е|я|ю|ем|и)){tail}?", readings.part_of_year),
    Rule("half_of_month", r"{ordinal} половин(?:а|ы|е|у|ой) {full_month}{tail}?", readings.half_of),
    Rule("half_of_year", r"{ordinal} половин(?:а|ы|е|у|ой)(?: {year}|{tail}| (?P<year_word2>года))", readings.half_of),
    Rule("days_about", "(?P<ordinal>первых|последних|[12]0-?х) числах {full_month}{tail}?", readings.days_about),
    Rule("first_months", r"(?:первы(?:е|х|м|ми) )?{count} месяц(?:а|ев|ам|ами|ах){tail}?", readings.first_months),
    Rule("winter", rf"{{season}} {_SPLIT}(?: ?год(?:а|у|ов|ах|ы))?", readings.winter_of_two),
    Rule("season", "(?:{relative} )?{season}{tail}?", readings.season),
    Rule(
        "split_year",
        rf"{_SPLIT}(?: учебн\w{{2,4}})? ?(?:год(?:а|у|ом|е|ы|ов|ах)?|уч\. ?г\.|гг?\.)",
        readings.split_year,
    ),
    Rule("year", "{year}", readings.year),
    Rule(
        "part_of_unit",
        "{part} (?P<unit>недели|месяца|квартала|полугодия|года|десятилетия|века)",
        relative_readings.part_of_unit,
    ),
    Rule("relative_period", "{relative} {unit}", relative_readings.relative_period),
    Rule("same_year", "{same} {year_word}", readings.same_year),
    Rule("same_unit", "{same} {unit}", relative_readings.same_unit),
    Rule(
        "decade",
        r"(?P<decade>(?:1[5-9]|20)\d0(?=-?(?:е|х|ы|ми))|[1-9]0(?=-?(?:е|х|ы)))-?(?:е|х|ые|ых|ми)"
        r"(?: год(?:ы|ов|ах|ам|ами)| гг\.?)?",
        readings.decade,
    ),
    Rule(
        "decade_in_words",
        r"(?P<decade>(?:тридцат|сороков|пятидесят|шестидесят|семидесят|восьмидесят|девяност)(?:ые|ых|ым))"
        r"(?: год(?:ы|ов|ах|ам))?",
        readings.decade,
    ),
    Rule(
        "century",
        r"(?:{ordinal}|{roman}) (?P<c>век(?:а|у|ом|е|ов|и|ах|ами|ам)?|столети(?:е|я|ю|ем|и|й)|вв?\.)",
        readings.century,
    ),
    Rule("today", r"(?P<today>сегодня)(?:,? (?:утром|днем|вечером|ночью))?", relative_readings.today),
    Rule("todays_day", r"сегодняшн(?:ий|его|ему|им|ем) д(?:ень|ня|ню|нем|не)", relative_readings.today),
    Rule("todays_event", r"сегодняшн(?:ий|его|ему|им|ем|яя|ей|юю|ее)(?= (?:{E}))", relative_readings.today),
    Rule("word_day", r"{word_day}(?: д(?:ень|ня|ню|нем|не)(?!\w))?", relative_readings.word_day),
    Rule("eve", "накануне", relative_readings.eve),
    Rule("ago", r"(?:{count} )?{unit} (?:тому )?назад", relative_readings.ago),
    Rule("ahead", r"через (?:{count} )?{unit}", relative_readings.ahead),
    Rule("earlier", r"(?:{count} )?{unit} (?P<way>ранее|раньше|позже|позднее)", relative_readings.earlier),
    Rule(
        "analogous",
        r"(?:аналогичн|сопоставим|тот же|того же|тем же|такой же|таким же)\w{0,3} "
        r"(?:период|месяц|квартал|отрезк)\w{0,3}{tail}",
        relative_readings.analogous,
    ),
    Rule("weekday_of_week", "{weekday} (?:на )?{relative} недел(?:е|и)", relative_readings.weekday_of_week),
    Rule("weekday_of_week_after", "{relative} неделе(?:,)? (?:в|во) {weekday}", relative_readings.weekday_of_week),
    Rule("weekday", "(?:{relative} )?{weekday}", relative_readings.weekday),
    Rule("weekend", "{relative} выходн(?:ые|ых|ым)", relative_readings.weekend),
    Rule("holiday", "(?P<holiday>{H}){tail}?", readings.holiday),
    Rule("undefined_season", "{relative} сезон(?:а|у|ом|е)?", readings.undefined_season),
)
_PRIORITY = {rule.name: i for i, rule in enumerate(_RULES)}


@cache
def rules() -> tuple[tuple[str, re.Pattern[str], readings.Reader], ...]:
    """Give the rules, compiled."""
    holidays = "|".join(row["pattern"] for row in table("dates_holidays"))
    filled = (
        (r.name, r.source.replace("{H}", holidays).replace("{Q}", _QUARTERS).replace("{E}", _EVENTS), r.read)
        for r in _RULES
    )
    return tuple((name, pattern(source), read) for name, source, read in filled)


_EVENTS = "заседани|брифинг|совещани|встреч|матч|торг|пресс-конф|выступлени|мероприяти|голосовани|переговор|церемони"
_QUARTERS = "квартал(?:а|у|ом|е|ы|ов|ах|ам|ами)?"


def matches(text: str) -> Iterator[Item]:
    """Give what the rules find in folded text; the findings may overlap."""
    for name, compiled, read in rules():
        for match in compiled.finditer(text):
            expression = read(match)
            if expression is not None:
                yield Item(match.start(), match.end(), expression, name)


def best(items: list[Item]) -> list[Item]:
    """Keep the longest of those that begin first; an earlier rule breaks a tie."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda i: (i.start, -i.stop, _PRIORITY[i.rule])):
        if not kept or item.start >= kept[-1].stop:
            kept.append(item)
    return kept
