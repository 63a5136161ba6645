"""The review queue: one question after the other, with the words in view; or the list of what comes."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.registry.belief.overview import acts_since
from pipeline.registry.belief.testimony import canonical_ids
from pipeline.registry.belief.trust import trust_of
from pipeline.registry.belief.views import entity_views
from pipeline.registry.database import reading
from pipeline.registry.keeper.asked import asked_of
from pipeline.registry.keeper.queue import Item, Matter, queue
from pipeline.russian.labels import MATTERS
from pipeline.web._asked import choice, inside, words
from pipeline.web._put_off import put_off_by
from pipeline.web._render import page, who

LISTED = 60
_NEXT = 12
_MATTERS = frozenset(MATTERS)


def _review(request: Request) -> Response:
    asked, first = choice(request, "matter", _MATTERS), words(request, "first")
    put_off = put_off_by(request).of(request.state.session.id)
    matter, entity = Matter(asked) if asked else None, words(request, "entity")
    with reading(request.app.state.database) as connection:
        if entity:
            items = [item for item in _of_entity(connection, entity) if not item.keys <= put_off]
        else:
            items = queue(connection, matter=matter, limit=LISTED if first else _NEXT, without=put_off)
        done = acts_since(connection, who(request), datetime.now(UTC).strftime("%Y-%m-%dT00:00:00Z"))
        item = next((one for one in items if name_of(one) == first), items[0] if items else None)
        both = [item.pair.left.id, item.pair.right.id] if item and item.pair else []
        views = {view.id: view for view in entity_views(connection, both)}
    values = review_values(item, items, asked, entity) | {"views": views, "done_today": done, "put_off": len(put_off)}
    return page(request, "review_pair.html" if both else "review.html", **values)


def _of_entity(connection: Any, entity: str) -> list[Item]:
    """Ask about one entity: all of it that is not decided."""
    ids = canonical_ids(connection, [entity]).values()
    return [
        Item(Matter.VALUE, there.id, there.kind, there.name, there.undecided)
        for there in asked_of(connection, list(ids), trust_of(connection))
        if there.undecided
    ]


def review_values(item: Item | None, items: list[Item], matter: str | None, entity: str = "") -> dict[str, Any]:
    """Give what the template shows of a question, and of those after it."""
    rest = [one for one in items if one is not item]
    asked = urlencode({"entity": entity} if entity else {"matter": matter} if matter else {})
    return {
        "item": item,
        "rest": rest[:_NEXT],
        "matter": matter,
        "entity": entity,
        "name_of": name_of,
        "back": f"/review?{asked}" if asked else "/review",
    }


def _list(request: Request) -> Response:
    asked = choice(request, "matter", _MATTERS)
    put_off = put_off_by(request).of(request.state.session.id)
    with reading(request.app.state.database) as connection:
        items = queue(connection, matter=Matter(asked) if asked else None, limit=LISTED, without=put_off)
    return page(request, "review_list.html", items=items, matter=asked, name_of=name_of, most=LISTED)


def _skip(request: Request) -> Response:
    form = request.state.form
    put_off_by(request).add(request.state.session.id, form.get("keys", "").split()[:100])
    return RedirectResponse(inside(form.get("next", "/review")), 303)


def _again(request: Request) -> Response:
    put_off_by(request).clear(request.state.session.id)
    return RedirectResponse(inside(request.state.form.get("next", "/review")), 303)


def name_of(item: Item) -> str:
    """Name a question in an address."""
    return min(item.keys, default="")


ROUTES = [
    Route("/review", _review, methods=["GET"]),
    Route("/review/list", _list, methods=["GET"]),
    Route("/review/skip", _skip, methods=["POST"]),
    Route("/review/again", _again, methods=["POST"]),
]
