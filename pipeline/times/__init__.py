"""Reads points in time as pages print them, for machines and for people, and refuses those that cannot be.

A `date` that is no `datetime` is a day whose hour the page does not give: no midnight is made up. Knows nothing of
where on the page a time stands (see `metadata.py` for which of several counts), nor what time it is now: a page whose
time of reading is unknown may bear any year up to a fixed bound.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

from extractors import read_table

_EARLIEST = 1994  # there were no news pages before
_LATEST = 2099  # a later year is a misprint whenever the page was read
_SLACK = timedelta(days=1)  # clocks of sites run ahead
_DAYS = 9  # words a line may have besides its date
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:MSK)?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?"
)
_SECONDS = re.compile(r"[1-9]\d{8,9}|[1-9]\d{12}", re.ASCII)  # since 1970, or thousandths of them
_TIME = re.compile(r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d.:])")
_WORDED = re.compile(r"(?<!\d)(?P<day>[0-3]?\d)[\s.-]+(?P<name>[^\W\d_]{3,9})\.?,?[\s-]+(?P<year>(?:19|20)\d{2})(?!\d)")
_ENGLISH = re.compile(r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{2})(?!\d)")
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<day>[0-3]?\d)[./-](?P<month>[01]\d)[./-](?P<year>(?:(?:19|20)\d{2}|\d{2}))(?!\.?\d)"
)
_REVERSED = re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})[./-](?P<month>[01]\d)[./-](?P<day>[0-3]\d)(?!\d)")
_NOT_PUBLISHED = re.compile(
    r"^(?:сегодня|обновл|изменен|последнее|updated|modified|©|copyright|курс|погода|©)|свидетельств|регистрац|№"
)
_SHORT_OFFSET = re.compile(r"(?P<sign>\s[+-])(?P<hours>\d)$")  # the library takes it for minutes
_LAST_OFFSET = re.compile(r"\s(?:utc|gmt)?(?P<zone>[+-]\d{2}:?\d{2})\s*$")  # shorter ones may be the votes on a page
_WORD = re.compile(r"[^\W\d_]+")


def machine_time(value: str, until: datetime | None) -> date | None:
    """Read a time written for machines: ISO 8601 and its common misspellings, RFC 822, seconds since 1970.

    `until` is when the page was read; a later time is refused.

    >>> machine_time("2020-03-01T13:07:04+0300", None).isoformat()
    '2020-03-01T13:07:04+03:00'
    >>> machine_time("0000-00-00T00:00:00", None)
    """
    value = value.strip()[:60]
    if (found := _ISO.match(value)) and not _SECONDS.fullmatch(value):
        return _plausible(_built(found.groupdict()), until)
    try:
        if _SECONDS.fullmatch(value):
            return _plausible(datetime.fromtimestamp(int(value[:10]), UTC), until)
        if ":" not in value:
            return visible_time(value, until)
        return _plausible(
            _zoned(parsedate_to_datetime(_SHORT_OFFSET.sub(r"\g<sign>0\g<hours>00", value)), value), until
        )
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return visible_time(value, until)


def aware_time(value: str | None, zone: tzinfo) -> datetime | None:
    """Read a time as feeds and sitemaps write it; one without a zone is in `zone`, a day alone its first moment.

    >>> moscow = timezone(timedelta(hours=3))
    >>> aware_time("Вт, 24 ноя 2026 10:05:00 +0500", moscow).isoformat()
    '2026-11-24T10:05:00+05:00'
    >>> aware_time("2026-11-24", moscow).isoformat()
    '2026-11-24T00:00:00+03:00'
    """
    made = machine_time(value or "", None)
    if made is not None and not isinstance(made, datetime):
        made = datetime.combine(made, time())
    return made.replace(tzinfo=made.tzinfo or zone) if made else None


def visible_time(line: str, until: datetime | None) -> date | None:
    """Read the time in a line that is little else than a date with its year, as people read it.

    >>> visible_time("8 июля 2024, 14:20 (мск)", None).isoformat()
    '2024-07-08T14:20:00+03:00'
    >>> visible_time("Завод откроют 8 июля 2024 года, и это станет событием для всего края, сказал он.", None)
    """
    folded = line.casefold()
    if len(folded) > 120 or _NOT_PUBLISHED.search(folded):  # noqa: PLR2004 - a line of a date is short
        return None
    found = next((m for p in (_WORDED, _ENGLISH, _REVERSED, _NUMBERED) if (m := p.search(folded))), None)
    if not found or len(_WORD.findall(folded)) > _DAYS:
        return None
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    parts = {**found.groupdict(), **(clock.groupdict() if (clock := _TIME.search(rest)) else {})}
    return _plausible(_zoned(_built(parts), rest), until)


def address_day(url: str, until: datetime | None) -> date | None:
    """Read the day that an address bears: `/2024/07/08/`, `/20240708/`, `2024-07-08`.

    >>> address_day("https://example.ru/news/2024/07/08/zavod.html", None).isoformat()
    '2024-07-08'
    """
    found = re.search(r"(?<!\d)((?:19|20)\d{2})([/_-]?)([01]?\d)\2([0-3]?\d)(?!\d)", url)
    if not found or (not found.group(2) and len(found.group()) != len("20240708")):
        return None
    return _plausible(_built({"year": found.group(1), "month": found.group(3), "day": found.group(4)}), until)


def _built(parts: dict[str, str | None]) -> date | None:
    month = int(parts["month"] or 0) if "month" in parts else _months().get(parts["name"] or "", 0)
    year = int(parts["year"] or 0)
    year += 2000 if year < 70 else 1900 if year < 100 else 0  # noqa: PLR2004 - two digits name a year of 1970..2069
    try:
        day = date(year, month, int(parts["day"] or 0))
        if parts.get("hour") is None:
            return day
        hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
        return datetime.combine(day, time(hour, minute, second, tzinfo=_offset(parts.get("zone"))))
    except ValueError:
        return None


def _zoned(moment: date | None, text: str) -> date | None:
    """Give a time the zone that a text names, by an offset at its end or by a word, if it has none yet."""
    if not isinstance(moment, datetime) or moment.tzinfo:
        return moment
    folded = text.casefold()
    if found := _LAST_OFFSET.search(folded):
        return moment.replace(tzinfo=_offset(found["zone"]))
    minutes = next((z for word in _WORD.findall(folded) if (z := _zones().get(word)) is not None), None)
    return moment if minutes is None else moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _plausible(moment: date | None, until: datetime | None) -> date | None:
    """Refuse a time before there were such pages or after the page was read."""
    if moment is None or not _EARLIEST <= moment.year <= _LATEST:
        return None
    if until is None:
        return moment
    limit = until + _SLACK
    late = _aware(moment) > _aware(limit) if isinstance(moment, datetime) else moment > limit.date()
    return None if late else moment


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _table(name: str) -> tuple[dict[str, str], ...]:
    return read_table(files("pipeline.times").joinpath(f"{name}.tsv"))


@cache
def _months() -> dict[str, int]:
    return {name: int(row["number"]) for row in _table("months") for name in row["names"].split()}


@cache
def _zones() -> dict[str, int]:
    return {row["word"]: int(row["minutes"]) for row in _table("zones")}
