"""The page of what is new since a day: what the night brought."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.registry.belief.diff import Difference, difference
from pipeline.registry.database import reading
from pipeline.registry.kinds import EntityKind
from pipeline.web._asked import day
from pipeline.web._render import page

SHOWN = 30  # of each sort of news


def _changes(request: Request) -> Response:
    today = datetime.now(UTC).date()
    since = day(request, "since") or (today - timedelta(days=1)).isoformat()
    with reading(request.app.state.database) as connection:
        found = difference(connection, f"{since}T00:00:00Z")
    return page(request, "changes.html", **changes_values(found, since, today.isoformat()))


def changes_values(found: Difference, since: str, today: str) -> dict[str, Any]:
    """Give what the template shows of what is new."""
    return {
        "found": found,
        "since": since,
        "today": today,
        "most": SHOWN,
        "entities_by_kind": _by_kind(found.entities),
        "relations_by_kind": _by_kind(found.relations),
    }


def _by_kind(things: Iterable[Any]) -> dict[EntityKind, list[Any]]:
    """Group entities or relations, the groups in the order of their first."""
    found: dict[EntityKind, list[Any]] = {}
    for thing in things:
        found.setdefault(thing.kind, []).append(thing)
    return found


ROUTES = [Route("/changes", _changes, methods=["GET"])]
