"""The page of contradictions: what cannot all be so, side by side, with the words of each side."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.belief.conflicts import ConflictKind
from pipeline.registry.database import reading
from pipeline.web._asked import choice, page_number
from pipeline.web._remembered import RememberedConflicts
from pipeline.web._render import page

SHOWN = 30
_KINDS = frozenset(kind.value for kind in ConflictKind)


def _conflicts(request: Request) -> Response:
    asked, number = choice(request, "kind", _KINDS), page_number(request)
    with reading(request.app.state.database) as connection:
        found = _remembered(request).of(connection)
    found = tuple(one for one in found if asked in {None, one.kind})
    start = (number - 1) * SHOWN
    some = found[start : start + SHOWN]
    return page(
        request, "conflicts.html", conflicts=some, kind=asked, total=len(found), number=number, start=start, each=SHOWN
    )


def _remembered(request: Request) -> RememberedConflicts:
    kept = request.app.state.conflicts
    assert isinstance(kept, RememberedConflicts)  # noqa: S101 - the state of an application has no types
    return kept


ROUTES = [Route("/conflicts", _conflicts, methods=["GET"])]
