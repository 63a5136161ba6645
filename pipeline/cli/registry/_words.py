"""Values of the registry in a few words, as the terminal shows them."""

from collections.abc import Iterable

from rich.markup import escape

from pipeline.fact import FactStatus
from pipeline.registry.belief.view import Bound, Certainty, Term, Testimony, Value
from pipeline.registry.kinds import Status

_SOURCES = 3


def quote(said: Testimony) -> str:
    """Give the words that a statement rests on, in one line."""
    return " ".join((said.quote or said.original or "").split())


def standing(value: float, status: Status = Status.PROPOSED) -> str:
    """Write a standing, and that a keeper settled it."""
    settled = {Status.ACCEPTED: " accepted", Status.REJECTED: " rejected"}.get(status, "")
    return f"{value:.2f}{settled}"


def modality(of: FactStatus) -> str:
    """Write a modality that is not plainly so."""
    return "" if of is FactStatus.ACTUAL else of.value


def written(value: Value) -> str:
    """Write a value with its modality."""
    put = modality(value.modality)
    return escape(f"{value.value} ({put})" if put else value.value)


def sources(testimony: Iterable[Testimony]) -> str:
    """Name the first sources and count the rest."""
    names = list(dict.fromkeys(_source(said) for said in testimony))
    more = f" +{len(names) - _SOURCES}" if len(names) > _SOURCES else ""
    return escape(", ".join(names[:_SOURCES])) + more


def seen(first: str | None, last: str | None) -> str:
    """Write from when till when something was seen, by days."""
    days = [time[:10] for time in (first, last) if time]
    return " … ".join(dict.fromkeys(days))


def begun(term: Term) -> str:
    """Write when a term began: `2024-03`, `by 2024-03-05`, `seen 2024-03-05`, `?`."""
    return _bound(term.start)


def ended(term: Term) -> str:
    """Write when a term ended, or when it was last seen to go on."""
    if term.end.days is not None:
        return _bound(term.end)
    return f"open, seen {term.last_seen}" if term.last_seen else "?"


def period(term: Term) -> str:
    """Write a term in one piece: `2024-03 – by 2024-06-20`, or only when it was seen, where nobody told more."""
    if term.start.certainty is Certainty.SEEN and term.end.days is None:
        return f"seen {seen(term.first_seen, term.last_seen)}"
    return f"{begun(term)} – {ended(term)}"


def where(said: Testimony) -> str:
    """Name the article of a statement: its day, source and address."""
    parts = (said.day, _source(said), said.title, said.url)
    return " · ".join(part for part in parts if part)


def _source(said: Testimony) -> str:
    return said.site or (said.source if said.source != "-" else "unknown source")


def _bound(bound: Bound) -> str:
    prefix = {Certainty.AT_LATEST: "by ", Certainty.SEEN: "seen "}.get(bound.certainty, "")
    return f"{prefix}{bound.days}" if bound.days is not None else "?"
