"""One event for all its mentions, with the place and days its own sentences give it."""

from spacy.tokens import Doc, Span

from extractors import EventName, PlaceKind, text_of
from pipeline.link._cues import find
from pipeline.link._sighting import Sighting, grouped, printed
from pipeline.naming import Words, acronyms, includes, key
from pipeline.record import Date, Event, Place


def events(
    doc: Doc, found: list[Sighting[EventName]], places: tuple[Place, ...], dates: tuple[Date, ...]
) -> tuple[Event, ...]:
    """Group the mentions of events and read where and when they are held."""
    keys = [key(sighting.value.name) for sighting in found]
    owners = {k: next((other for other in keys if includes(other, k) or _abbreviates(k, other)), k) for k in keys}
    groups = grouped(found, (owners[k] for k in keys))
    return tuple(_event(number, doc, group, (places, dates)) for number, group in enumerate(groups, 1))


def _abbreviates(short: Words, full: Words) -> bool:
    """«ПМЭФ-2024» is the «Петербургский международный экономический форум»."""
    return len(short) == 1 and len(full) > 1 and short[0].partition("-")[0] in acronyms(full)


def _event(
    number: int, doc: Doc, group: list[Sighting[EventName]], around: tuple[tuple[Place, ...], tuple[Date, ...]]
) -> Event:
    places, dates = around
    best = max(group, key=lambda sighting: (sighting.value.year is not None, len(sighting.value.name))).value
    spans = [doc.char_span(s.mention.start, s.mention.stop, alignment_mode="expand") for s in group]
    held = [span for span in spans if span is not None and find(span.sent, "held")]
    date = next((d for span in held if (d := _day_in(span, dates))), None)
    place = next((p for span in [*held, *spans] if span is not None and (p := _place_in(span, places))), None)
    return Event(
        id=f"eve{number}",
        name=best.name,
        kind=next((s.value.kind for s in group if s.value.kind), None),
        place=place.name if place else None,
        start=date.start if date else None,
        stop=date.stop if date else None,
        mentions=printed(group),
    )


def _day_in(span: Span, dates: tuple[Date, ...]) -> Date | None:
    """The first resolved day or days in the event's sentence; a year or a month is no date of an event."""
    low, high = span.sent.start_char, span.sent.end_char
    inside = [d for d in dates if low <= d.mentions[0].start < high and d.granularity == "day" and not d.unresolved]
    return inside[0] if inside else None


def _place_in(span: Span, places: tuple[Place, ...]) -> Place | None:
    """The city named with «в» in the event's sentence, the nearest after the event's name first."""
    cities = [
        (mention.start, place)
        for place in places
        if place.kind is PlaceKind.CITY
        for mention in place.mentions
        if span.sent.start_char <= mention.start < span.sent.end_char and _follows_preposition(span.doc, mention.start)
    ]
    ranked = sorted(cities, key=lambda pair: (pair[0] < span.end_char, abs(pair[0] - span.end_char)))
    return ranked[0][1] if ranked else None


def _follows_preposition(doc: Doc, start: int) -> bool:
    return text_of(doc)[:start].rstrip().casefold().endswith((" в", " во", "\nв"))
