"""Values in the short notation of the gold tables (`corpus/gold/*.tsv`), one line a person can read and type.

money         `1500000 RUB`, `3..5 USD`, `7000000000.. RUB` (at least), `..5 EUR` (at most), `~100 RUB` (about),
              `90 USD per баррель`, `? why` (unresolved)
dates         `2024-07-08`, `2024-07-08..2024-07-11`, `2023-01-01..`, `..2030-12-31`, `? why`
organizations `name | kind`        persons   `name`               events `name | year`
clusters      `name | kind | status`          places    `name | kind | region`
officials     `person | position | scope | status`, person and scope as printed
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from extractors._model import (
    ClusterName,
    DateInterval,
    EventName,
    Mention,
    MoneyAmount,
    OrganizationName,
    PersonName,
    PlaceName,
    Post,
    Span,
)


def notation(mention: Mention, text: str) -> str:
    """Write a mention's value; `text` is the text it was found in.

    Raises KeyError for a value of an unknown type.
    """
    return _WRITERS[type(mention.value)](mention.value, text)


def _interval(low: str, high: str) -> str:
    return low if low == high else f"{low}..{high}"


def _money(value: MoneyAmount, text: str) -> str:  # noqa: ARG001 - one signature for all writers
    if value.unresolved:
        return f"? {value.unresolved}"
    amount = _interval(_number(value.min), _number(value.max))
    about = "~" if value.approximate else ""
    per = f" per {value.per_unit}" if value.per_unit else ""
    return f"{about}{amount} {value.currency or '?'}{per}"


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _date(value: DateInterval, text: str) -> str:  # noqa: ARG001
    if value.unresolved:
        return f"? {value.unresolved}"
    return _interval(_day(value.start), _day(value.stop))


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _cut(text: str, span: Span | None) -> str:
    return "" if span is None else text[span.start : span.stop]


def _parts(*parts: object) -> str:
    return " | ".join("" if part is None else str(part) for part in parts).strip()


_WRITERS: dict[type, Callable[[Any, str], str]] = {
    MoneyAmount: _money,
    DateInterval: _date,
    OrganizationName: lambda value, text: _parts(value.name, value.kind),  # noqa: ARG005
    ClusterName: lambda value, text: _parts(value.name, value.kind, value.status),  # noqa: ARG005
    PersonName: lambda value, text: value.name,  # noqa: ARG005
    PlaceName: lambda value, text: _parts(value.name, value.kind, value.region),  # noqa: ARG005
    EventName: lambda value, text: _parts(value.name, value.year),  # noqa: ARG005
    Post: lambda value, text: _parts(_cut(text, value.person), value.position, _cut(text, value.scope), value.status),
}
