"""The first page: what there is, the search, and those that most is said of."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.belief.overview import most_told, overview
from pipeline.registry.database import reading
from pipeline.registry.kinds import EntityKind
from pipeline.web._render import page

_SHOWN = (EntityKind.CLUSTER, EntityKind.ORGANIZATION, EntityKind.PERSON)
_EACH = 10


def _home(request: Request) -> Response:
    with reading(request.app.state.database) as connection:
        there = overview(connection)
        told = [(kind, most_told(connection, kind, limit=_EACH)) for kind in _SHOWN]
    return page(request, "home.html", there=there, told=told, query="", kind=None)


ROUTES = [Route("/", _home, methods=["GET"])]
