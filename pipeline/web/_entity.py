"""The pages of an entity: its card, and everything that was ever said of it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.registry.belief.articles import Member, members_named
from pipeline.registry.belief.history import Entry, History, history
from pipeline.registry.belief.view import EntityView
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading
from pipeline.web._asked import day, named, page_number, words
from pipeline.web._card import card
from pipeline.web._marks import Quote, cut
from pipeline.web._render import page

MOST_MEMBERS = 40
MOST_ENTRIES = 60


def _entity(request: Request) -> Response:
    asked, as_of = named(request), day(request, "as_of")
    with reading(request.app.state.database) as connection:
        entity = entity_view(connection, asked, as_of=as_of, rejected=True)
        members = members_named(connection, entity.members[:MOST_MEMBERS]) if entity else ()
    if entity is None:
        raise HTTPException(404)
    if entity.id != asked:
        return RedirectResponse(f"/entity/{entity.id}" + (f"?as_of={as_of}" if as_of else ""), 302)
    return page(request, "entity.html", **card_values(entity, members, as_of))


def card_values(entity: EntityView, members: Iterable[Member], as_of: str | None) -> dict[str, Any]:
    """Give what the template shows of an entity; `members` are some of the articles' entities that make it up."""
    return {"entity": entity, "card": card(entity), "members": list(members), "as_of": as_of}


def _history(request: Request) -> Response:
    asked, prop, number = named(request), words(request, "prop"), page_number(request)
    with reading(request.app.state.database) as connection:
        found = history(connection, asked)
    if found is None:
        raise HTTPException(404)
    return page(request, "history.html", **history_values(found, prop, number))


def history_values(found: History, prop: str, number: int) -> dict[str, Any]:
    """Give what the template shows of a history: the latest first, some at a time."""
    entries = [entry for entry in reversed(found.entries) if not prop or prop in {entry.prop, entry.kind}]
    start = (number - 1) * MOST_ENTRIES
    return {
        "entity": found,
        "sentences": _sentences(entries[start : start + MOST_ENTRIES]),
        "judgements": found.judgements[::-1],
        "props": sorted({entry.prop for entry in found.entries}),
        "prop": prop,
        "number": number,
        "more": len(entries) > start + MOST_ENTRIES,
        "total": len(entries),
        "as_of": None,
    }


def _sentences(entries: list[Entry]) -> list[tuple[Quote, list[Entry]]]:
    """Put together what one sentence says."""

    def place(entry: Entry) -> tuple[str, int | None, int | None]:
        return entry.testimony.revision_id, entry.testimony.quote_start, entry.testimony.quote_stop

    grouped = (list(group) for _, group in groupby(sorted(entries, key=_day, reverse=True), key=place))
    return [(Quote(some[0].testimony, cut([entry.testimony for entry in some])), some) for some in grouped]


def _day(entry: Entry) -> tuple[str, str, int, int]:
    told = entry.testimony
    return told.day or "", told.revision_id, told.quote_start or 0, told.seq


ROUTES = [
    Route("/entity/{id}/history", _history, methods=["GET"]),
    Route("/entity/{id}", _entity, methods=["GET"]),
]
