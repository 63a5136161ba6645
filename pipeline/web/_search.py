"""The search: entities by what a person types, or all of a kind."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.belief.overview import most_told
from pipeline.registry.database import reading
from pipeline.registry.kinds import NAMED, EntityKind
from pipeline.registry.resolve.search import Found, search
from pipeline.web._asked import choice, page_number, words
from pipeline.web._render import page

SHOWN = 40
_KINDS = frozenset(kind.value for kind in NAMED)


def _search(request: Request) -> Response:
    query, asked, number = words(request, "q"), choice(request, "kind", _KINDS), page_number(request)
    kind, offset = EntityKind(asked) if asked else None, (number - 1) * SHOWN
    with reading(request.app.state.database) as connection:
        found = look_up(connection, query, kind, limit=SHOWN + 1, offset=offset)
    return page(
        request, "search.html", found=found[:SHOWN], more=len(found) > SHOWN, query=query, kind=asked, number=number
    )


def look_up(connection: Any, query: str, kind: EntityKind | None, *, limit: int, offset: int = 0) -> tuple[Found, ...]:
    """Find entities by what a person types; without a query, those of the kind that most is said of."""
    if query:
        return tuple(search(connection, query, kind=kind, limit=offset + limit)[offset:])
    return most_told(connection, kind, limit=limit, offset=offset) if kind else ()


ROUTES = [Route("/search", _search, methods=["GET"])]
