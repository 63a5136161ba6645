"""Reads the dates of feeds and sitemaps however they are written: ISO 8601, RFC 822, Russian months, seconds.

A time without a zone is in the source's. Knows nothing of what time it is now.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files

from extractors import read_table

_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{1,2})(?:-?(?P<day>\d{1,2}))?"
    r"(?:[T ]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<zone>.*)"
)
_WORDED = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})[\s.-]+(?P<name>[^\W\d]{3,9})\.?[\s,-]+(?P<year>\d{4}|\d{2})\b[\sг.,]*"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<zone>.*)"
)
_AMERICAN = re.compile(
    r"(?:[^\W\d]+,\s+)?(?P<name>[^\W\d]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})[\s,]*"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<zone>.*)"
)
_DOTTED = re.compile(
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})[\s,T]*"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<zone>.*)"
)
_SECONDS = re.compile(r"\d{9,10}|\d{13}", re.ASCII)
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?\b")
_YEARS = range(1990, 2100)  # others are misprints
_LONGEST = 100  # characters
_FARTHEST = 14 * 60  # minutes that a zone is off UTC


def told_time(value: str | None, zone: tzinfo) -> datetime | None:
    """Read a time, aware; None when it is none. A day alone is its first moment.

    >>> from zoneinfo import ZoneInfo
    >>> moscow = ZoneInfo("Europe/Moscow")
    >>> told_time("Вт, 24 ноя 2026 10:05:00 +0500", moscow).isoformat()
    '2026-11-24T10:05:00+05:00'
    >>> told_time("24.11.2026 10:05", moscow).isoformat()
    '2026-11-24T10:05:00+03:00'
    >>> told_time("вчера", moscow) is None
    True
    """
    text = " ".join((value or "").split())[:_LONGEST]
    try:
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        found = next((m for p in (_ISO, _WORDED, _AMERICAN, _DOTTED) if (m := p.match(text))), None)
        return _built(found.groupdict(), zone) if found else None
    except (ValueError, OverflowError):
        return None


def _built(parts: dict[str, str | None], zone: tzinfo) -> datetime | None:
    month = int(parts["month"] or 0) if "month" in parts else _months().get((parts["name"] or "")[:3].lower(), 0)
    year = int(parts["year"] or 0)
    year += 2000 * (year < 100)  # noqa: PLR2004 - two digits name a year of this century
    if year not in _YEARS:
        return None
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    told = datetime(year, month, int(parts["day"] or 1), hour % 24, minute, min(second, 59), tzinfo=zone)
    return told.replace(tzinfo=_zone(parts["zone"] or "") or zone)


def _zone(text: str) -> tzinfo | None:
    low = text.lower().strip(" ()")
    if found := _OFFSET.match(low):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        signed = -minutes if found[1] == "-" else minutes
        return timezone(timedelta(minutes=signed)) if minutes <= _FARTHEST else None
    word = re.match(r"[^\W\d_]+", low)
    minutes_of = _zones().get(word[0]) if word else None
    return None if minutes_of is None else timezone(timedelta(minutes=minutes_of))


@cache
def _months() -> dict[str, int]:
    rows = read_table(files("pipeline.crawl.find").joinpath("months.tsv"))
    return {start: int(row["number"]) for row in rows for start in row["beginnings"].split()}


@cache
def _zones() -> dict[str, int]:
    rows = read_table(files("pipeline.crawl.find").joinpath("zones.tsv"))
    return {row["name"]: int(row["minutes"]) for row in rows}
