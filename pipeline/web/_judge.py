"""The keeper's word on whether two entities are one: merged, kept apart, split, taken back."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.errors import RegistryError
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading, write
from pipeline.registry.keeper.judgements import judge_different, judge_same, split, take_back
from pipeline.web._asked import inside, named, words
from pipeline.web._decide import signature
from pipeline.web._render import done_at, page
from pipeline.web._search import look_up

_CANDIDATES = 20


def _judge(request: Request) -> Response:
    form = request.state.form
    left, right, verdict = form.get("left", ""), form.get("right", ""), form.get("verdict", "")
    there, by, force = inside(form.get("next", "/")), signature(request), form.get("force") == "1"

    def work(connection: Any) -> None:
        if verdict == "same":
            judge_same(connection, left, right, by, force=force)
        else:
            judge_different(connection, left, right, by)

    if not left or not right or verdict not in {"same", "different"}:
        raise HTTPException(400, "Не сказано, о ком решение или какое оно.")
    try:
        write(request.app.state.database, work)
    except RegistryError as error:
        if error.__cause__ is not None or verdict == "different" or force:
            raise
        about = {"left": left, "right": right, "told": str(error), "next": there}
        return page(request, "judge_refused.html", status=409, **about)
    return RedirectResponse(done_at(there, verdict, judged=left), 303)


def _split(request: Request) -> Response:
    entity, member, by = named(request), request.state.form.get("member", ""), signature(request)
    write(request.app.state.database, lambda connection: split(connection, entity, [member], by))
    return RedirectResponse(done_at(f"/entity/{entity}", "split", judged=member), 303)


def _take_back(request: Request) -> Response:
    form, by = request.state.form, signature(request)
    write(request.app.state.database, lambda connection: take_back(connection, form.get("id", ""), by))
    return RedirectResponse(done_at(inside(form.get("next", "/")), "undone"), 303)


def _merge(request: Request) -> Response:
    """Offer entities to merge with: of the same kind, by name."""
    asked, query = named(request), words(request, "q")
    with reading(request.app.state.database) as connection:
        entity = entity_view(connection, asked)
        if entity is None:
            raise HTTPException(404)
        found = look_up(connection, query or entity.name, entity.kind, limit=_CANDIDATES)
    others = [one for one in found if one.id != entity.id]
    return page(request, "merge.html", entity=entity, query=query, others=others, as_of=None)


ROUTES = [
    Route("/judge", _judge, methods=["POST"]),
    Route("/judge/back", _take_back, methods=["POST"]),
    Route("/entity/{id}/split", _split, methods=["POST"]),
    Route("/entity/{id}/merge", _merge, methods=["GET"]),
]
