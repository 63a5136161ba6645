"""The search: entities by what a person types, or all of a kind."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.database import reading
from pipeline.registry.find import find
from pipeline.registry.kinds import NAMED, EntityKind
from pipeline.registry.overview import most_told
from pipeline.web._asked import choice, page_number, words
from pipeline.web._render import page

SHOWN = 40
_KINDS = frozenset(kind.value for kind in NAMED)


def _search(request: Request) -> Response:
    query, asked, number = words(request, "q"), choice(request, "kind", _KINDS), page_number(request)
    kind, offset = EntityKind(asked) if asked else None, (number - 1) * SHOWN
    with reading(request.app.state.database) as connection:
        if query:
            found = find(connection, query, kind=kind)[offset : offset + SHOWN + 1]
        else:
            found = most_told(connection, kind, limit=SHOWN + 1, offset=offset) if kind else ()
    return page(
        request, "search.html", found=found[:SHOWN], more=len(found) > SHOWN, query=query, kind=asked, number=number
    )


ROUTES = [Route("/search", _search, methods=["GET"])]
