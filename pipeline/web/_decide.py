"""The keeper's word on claims, as buttons send it: accepted, rejected, corrected, or the last word taken back."""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.registry.corrections import correct
from pipeline.registry.database import write
from pipeline.registry.decisions import VERDICTS, Signature, decide, undo_act
from pipeline.registry.kinds import Status
from pipeline.web._asked import inside
from pipeline.web._render import done_at, who

CORRECT = "correct"
LONGEST_WHY = 500


def _decide(request: Request) -> Response:
    form = request.state.form
    claims, verdict, value = form.get("claims", "").split(), form.get("verdict", ""), form.get("value", "")
    by = signature(request)
    if not claims or verdict not in VERDICTS | {CORRECT}:
        raise HTTPException(400, "Не сказано, о чём решение или какое оно.")
    if verdict == CORRECT:
        act = write(request.app.state.database, lambda connection: correct(connection, claims, value, by)).act
    else:
        act = write(request.app.state.database, lambda connection: decide(connection, claims, Status(verdict), by))
    return RedirectResponse(done_at(inside(form.get("next", "/")), verdict, act), 303)


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
