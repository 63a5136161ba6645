"""Dates and amounts, one entry an occurrence."""

from datetime import date
from decimal import Decimal

from extractors import DateInterval, MoneyAmount
from pipeline.link._sighting import Sighting, printed
from pipeline.record import Date, Money


def dates(found: list[Sighting[DateInterval]]) -> tuple[Date, ...]:
    """Write dates as ISO strings."""
    return tuple(
        Date(
            id=f"dat{number}",
            text=sighting.mention.text,
            start=iso_day(sighting.value.start),
            stop=iso_day(sighting.value.stop),
            granularity=sighting.value.granularity,
            relative=sighting.value.relative,
            year_from=sighting.value.year_from,
            unresolved=sighting.value.unresolved,
            mentions=printed([sighting]),
        )
        for number, sighting in enumerate(found, 1)
    )


def money(found: list[Sighting[MoneyAmount]]) -> tuple[Money, ...]:
    """Write amounts as decimal strings."""
    return tuple(
        Money(
            id=f"mon{number}",
            text=sighting.mention.text,
            min=_decimal(sighting.value.min),
            max=_decimal(sighting.value.max),
            currency=sighting.value.currency,
            approximate=sighting.value.approximate,
            per_unit=sighting.value.per_unit,
            measures=sighting.value.measures,
            unresolved=sighting.value.unresolved,
            mentions=printed([sighting]),
        )
        for number, sighting in enumerate(found, 1)
    )


def iso_day(value: date | None) -> str | None:
    """Write a day, None for an open end."""
    return value.isoformat() if value else None


def _decimal(value: Decimal | None) -> str | None:
    """Write an amount in full digits: never 7E+9, no zeros behind the point."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
