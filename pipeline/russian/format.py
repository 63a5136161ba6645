"""How dates, periods, amounts and counts are written in Russian; pure, and lenient: what is not understood is shown."""

import calendar
import re
from datetime import date, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь")  # fmt: skip
_OF_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
              "декабря")  # fmt: skip
_QUARTERS = ("I", "II", "III", "IV")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_THIN = "\N{NARROW NO-BREAK SPACE}"
_HARD = "\N{NO-BREAK SPACE}"
_SIGNS = MappingProxyType({"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥"})
_GREAT = ((10**12, "трлн"), (10**9, "млрд"), (10**6, "млн"))


def day(value: str | None) -> str:
    r"""Write a day or a moment as a day.

    >>> day("2024-03-06T07:00:00Z"), day("2024-03"), day(None), day("весной")
    ('6\xa0марта\xa02024', '2024-03', '', 'весной')
    """
    found = _date(value)
    return value or "" if found is None else f"{found.day}{_HARD}{_OF_MONTHS[found.month - 1]}{_HARD}{found.year}"


def moment(value: str | None) -> str:
    r"""Write a moment with its time of day, UTC.

    >>> moment("2024-03-06T07:00:00Z"), moment("2024-03-06")
    ('6\xa0марта\xa02024, 07:00\xa0UTC', '6\xa0марта\xa02024')
    """
    if value is None or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value):
        return day(value)
    return f"{day(value)}, {value[11:16]}{_HARD}UTC"


def since(value: str) -> str:
    r"""Write that something began then.

    >>> since("2024-03-05"), since("2021-01-01/2021-12-31"), since("2024-02-01/2024-02-29")
    ('с\xa05\xa0марта\xa02024', 'с\xa02021\xa0года', 'с\xa0февраля\xa02024')
    """
    return f"с{_HARD}{genitive(value)}"


def until(value: str) -> str:
    r"""Write that something ended then.

    >>> until("2024-07-01/2024-09-30"), until("../2024-03-05")
    ('до\xa0III\xa0квартала\xa02024', 'до\xa05\xa0марта\xa02024')
    """
    return period(value) if value.startswith("..") else f"до{_HARD}{genitive(value)}"


def genitive(value: str) -> str:
    """Write a period in the genitive."""
    words = {"год": "года", "годы": "годов", "квартал": "квартала"} | dict(zip(_MONTHS, _OF_MONTHS, strict=True))
    return _HARD.join(words.get(word, word) for word in period(value).split(_HARD))


def period(value: str | None) -> str:
    r"""Write a value of a date property: a day, or `from/to` with `..` for an open end.

    >>> [period(v) for v in ("2024-03-05", "2024-01-01/2024-12-31", "2024-07-01/2024-09-30", "2024-02-01/2024-02-29")]
    ['5\xa0марта\xa02024', '2024\xa0год', 'III\xa0квартал\xa02024', 'февраль\xa02024']
    >>> period("2024-03-05/.."), period("../2024-03-05"), period("2012-01-01/2016-12-31")
    ('с\xa05\xa0марта\xa02024', 'до\xa05\xa0марта\xa02024', '2012–2016\xa0годы')
    """
    if value is None or "/" not in value:
        return day(value)
    left, _, right = value.partition("/")
    start, stop = _date(left), _date(right)
    if start is None or stop is None:
        return " ".join(part for part in (_end("с", start), _end("до", stop)) if part) or value
    return _whole(start, stop) or f"{day(left)} – {day(right)}"


def _end(word: str, found: date | None) -> str:
    return f"{word}{_HARD}{day(found.isoformat())}" if found else ""


def _whole(start: date, stop: date) -> str | None:
    """Name a stretch that is a month, a quarter, a year or several."""
    if start.day != 1 or stop.day != calendar.monthrange(stop.year, stop.month)[1]:
        return None
    if (start.month, stop.month) == (1, 12):
        same = start.year == stop.year
        return f"{start.year}{_HARD}год" if same else f"{start.year}–{stop.year}{_HARD}годы"
    if start.year != stop.year:
        return None
    if start.month == stop.month:
        return f"{_MONTHS[start.month - 1]}{_HARD}{start.year}"
    if start.month % 3 == 1 and stop.month == start.month + 2:
        return f"{_QUARTERS[start.month // 3]}{_HARD}квартал{_HARD}{start.year}"
    return None


def _date(value: str | None) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if value and len(value) >= len("2024-03-06") else None
    except ValueError:
        return None


def number(value: object) -> str:
    """Group the digits of a number from five on; other text stays as it is.

    >>> number("1500000.5"), number(2000), number("много")
    ('1\u202f500\u202f000,5', '2000', 'много')
    """
    text = str(value)
    if not _NUMBER.fullmatch(text):
        return text
    whole, _, rest = text.partition(".")
    if len(whole.lstrip("-")) > len("9999"):
        whole = f"{int(whole):,}".replace(",", _THIN)
    return f"{whole},{rest}" if rest else whole


def amount(low: str | None, high: str | None, unit: str | None) -> str:
    r"""Write an amount of money or of anything else between two bounds, either of which may be open.

    >>> amount("2000000", "2000000", "RUB"), amount("1500000000", None, "USD"), amount(None, "30", "га")
    ('2\xa0млн\xa0₽', 'от 1,5\xa0млрд\xa0$', 'до 30\xa0га')
    """
    sign = _SIGNS.get(unit or "", unit or "")
    tail = f"{_HARD}{sign}" if sign else ""
    if low == high or low is None or high is None:
        word = "" if low == high else "от " if high is None else "до "
        return f"{word}{_short(low or high or '')}{tail}"
    return f"{_short(low)} – {_short(high)}{tail}"


def _short(value: str) -> str:
    """Write a round great number with its word: what is not exact to three decimals is written out."""
    if not _NUMBER.fullmatch(value):
        return value
    for size, word in _GREAT:
        thousandths = int(float(value) * 1000) // size if "." not in value else None
        if "." not in value and int(value) >= size and int(value) * 1000 % size == 0 and thousandths is not None:
            return f"{number(str(int(value) / size).removesuffix('.0'))}{_HARD}{word}"
    return number(value)


def percent(standing: float) -> str:
    """Write a share of one.

    >>> percent(0.834)
    '83\u202f%'
    """
    return f"{round(standing * 100)}{_THIN}%"


def plural(count: int, one: str, few: str, many: str) -> str:
    r"""Write a count with its noun.

    >>> plural(1, "статья", "статьи", "статей"), plural(12, "статья", "статьи", "статей")
    ('1\xa0статья', '12\xa0статей')
    """
    tens, units = count % 100, count % 10
    teen = tens in range(11, 15)
    word = one if units == 1 and not teen else few if units in {2, 3, 4} and not teen else many
    return f"{number(count)}{_HARD}{word}"


def web_link(url: str | None) -> str | None:
    """Give an address that may become a link: of the web and nothing else.

    >>> web_link("https://vestnik.example/1"), web_link("javascript:alert(1)"), web_link("//x.example")
    ('https://vestnik.example/1', None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


FILTERS = MappingProxyType(
    {f.__name__: f for f in (day, moment, period, number, percent, plural, web_link)}
)  # fmt: skip
