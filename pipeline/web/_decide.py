"""The keeper's word on values, as buttons send it: accepted, rejected, corrected, chosen among several, taken back.

A form names claims of a value as they were shown; the decision is on all claims that make the value.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.registry.belief.settled import same_value
from pipeline.registry.database import write
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import VERDICTS, Signature, choose, decide, undo_act
from pipeline.web._asked import inside
from pipeline.web._render import done_at, who

LONGEST_WHY = 500

Way = Callable[[Any, list[str], Mapping[str, str], Signature], str]


def _decide(request: Request) -> Response:
    form = request.state.form
    claims, verdict = form.get("claims", "").split(), form.get("verdict", "")
    if not claims or verdict not in _WAYS:
        raise HTTPException(400, "Не сказано, о чём решение или какое оно.")
    way, by = _WAYS[verdict], signature(request)
    act = write(request.app.state.database, lambda connection: way(connection, claims, form, by))
    return RedirectResponse(done_at(inside(form.get("next", "/")), verdict, act), 303)


def _give(status: Status) -> Way:
    return lambda connection, claims, _, by: decide(connection, same_value(connection, claims), status, by)


def _correct(connection: Any, claims: list[str], form: Mapping[str, str], by: Signature) -> str:
    return correct(connection, same_value(connection, claims), form.get("value", ""), by).act


def _choose(connection: Any, claims: list[str], form: Mapping[str, str], by: Signature) -> str:
    """Accept one of several values that cannot all be so, and reject the others."""
    wrong = same_value(connection, form.get("wrong", "").split())
    return choose(connection, same_value(connection, claims), wrong, by)


_WAYS: Mapping[str, Way] = MappingProxyType(
    {**{status: _give(status) for status in VERDICTS}, "correct": _correct, "chosen": _choose}
)


def _undo(request: Request) -> Response:
    form = request.state.form
    by = signature(request)
    write(request.app.state.database, lambda connection: undo_act(connection, form.get("act", ""), by))
    return RedirectResponse(done_at(inside(form.get("next", "/")), "undone"), 303)


def signature(request: Request) -> Signature:
    """Say who decides and when, and why if the form has it."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Signature(who(request), now, request.state.form.get("why", "").strip()[:LONGEST_WHY] or None)


ROUTES = [Route("/decide", _decide, methods=["POST"]), Route("/undo", _undo, methods=["POST"])]
