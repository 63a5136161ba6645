"""The question whether two entities are one, with what is known of either side by side."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pipeline.registry.database import reading
from pipeline.registry.ids import digest
from pipeline.registry.judgements import UndecidedPair, undecided
from pipeline.registry.overview import acts_since
from pipeline.registry.queue import Matter
from pipeline.registry.view import EntityView
from pipeline.registry.views import entity_views
from pipeline.web._asked import words
from pipeline.web._put_off import put_off_by
from pipeline.web._render import page, who

LISTED = 60
_NEXT = 12


def ask_pair(request: Request) -> Response:
    """Ask whether two entities are one."""
    first, put_off = words(request, "first"), put_off_by(request).of(request.state.session.id)
    with reading(request.app.state.database) as connection:
        pairs = undecided(connection, LISTED + len(put_off))
        pairs = [one for one in pairs if pair_name(one) not in put_off][:LISTED]
        pair = next((one for one in pairs if pair_name(one) == first), pairs[0] if pairs else None)
        views = {view.id: view for view in entity_views(connection, [pair.left.id, pair.right.id])} if pair else {}
        done = acts_since(connection, who(request), datetime.now(UTC).strftime("%Y-%m-%dT00:00:00Z"))
    return page(request, "review_pair.html", **pair_values(pair, pairs, views), done_today=done, put_off=len(put_off))


def pair_values(pair: UndecidedPair | None, pairs: list[UndecidedPair], views: dict[str, EntityView]) -> dict[str, Any]:
    """Give what the template shows of two that may be one."""
    return {
        "pair": pair,
        "rest": [one for one in pairs if one is not pair][:_NEXT],
        "views": views,
        "matter": Matter.IDENTITY,
        "entity": "",
        "name_of": pair_name,
        "back": f"/review?matter={Matter.IDENTITY}",
    }


def pair_name(pair: UndecidedPair) -> str:
    """Name a question about two entities in an address."""
    return digest(*sorted((pair.left.id, pair.right.id)))
