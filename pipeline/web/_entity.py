"""The pages of an entity: its card, and the splitting of what was merged."""

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.registry.articles import Member, members_named
from pipeline.registry.database import reading
from pipeline.registry.view import EntityView
from pipeline.registry.views import entity_view
from pipeline.web._asked import day, named
from pipeline.web._card import card
from pipeline.web._render import page

MOST_MEMBERS = 40


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


ROUTES = [Route("/entity/{id}", _entity, methods=["GET"])]
