"""The first page: what there is, and the search."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.database import reading
from pipeline.registry.overview import overview
from pipeline.web._render import page


def _home(request: Request) -> Response:
    with reading(request.app.state.database) as connection:
        there = overview(connection)
    return page(request, "home.html", there=there, query="", kind=None)


ROUTES = [Route("/", _home, methods=["GET"])]
