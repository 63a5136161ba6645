"""The application: which address shows which page, and what is shown when that fails."""

import time

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pipeline.errors import RegistryError
from pipeline.registry.database import Database
from pipeline.web import _article, _changes, _conflicts, _decide, _door, _entity, _home, _judge, _review, _search
from pipeline.web._access import Access
from pipeline.web._guard import HEADERS, Guard
from pipeline.web._put_off import PutOff
from pipeline.web._remembered import RememberedConflicts
from pipeline.web._render import STATIC, refusal

_TOLD = {
    400: ("Запрос не понят", "Проверьте адрес или поля формы."),
    404: ("Не найдено", "По этому адресу в реестре ничего нет: возможно, запись убрана или ссылка неполная."),
    405: ("Так нельзя", "Этот адрес не принимает такой запрос."),
}


def application(database: Database, access: Access, *, who: str) -> Starlette:
    """Make the application over an open registry; `who` decides where the browser has no other name."""
    made = Starlette(
        routes=[
            *_home.ROUTES,
            *_search.ROUTES,
            *_entity.ROUTES,
            *_article.ROUTES,
            *_review.ROUTES,
            *_conflicts.ROUTES,
            *_changes.ROUTES,
            *_decide.ROUTES,
            *_judge.ROUTES,
            *_door.ROUTES,
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[Middleware(Guard, access=access)],
        exception_handlers={HTTPException: _told, RegistryError: _registry_trouble, Exception: _trouble},
    )
    made.state.database = database
    made.state.access = access
    made.state.put_off = PutOff()
    made.state.conflicts = RememberedConflicts(time.monotonic)
    made.state.default_who = who
    return made


def _told(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, usual = _TOLD.get(status, ("Не получилось", ""))
    told = error.detail if isinstance(error, HTTPException) and not error.detail.isascii() else usual
    return refusal(request, status, title, told)


def _registry_trouble(request: Request, error: Exception) -> Response:
    """Tell what the registry refuses to be told from a database in trouble: that has an error of its own below."""
    if error.__cause__ is None:
        return refusal(request, 409, "Реестр этого не принимает", f"Ничего не изменено. {error}")
    return refusal(
        request,
        503,
        "Реестр недоступен",
        f"Запрос не выполнен, ничего не изменено. {error}. Проверьте, что база данных работает, и повторите; "
        "svodka registry check проверит её целость.",
    )


def _trouble(request: Request, _: Exception) -> Response:
    answer = refusal(request, 500, "Ошибка Сводки", "Запрос не выполнен. Подробности — в журнале сервера.")
    answer.headers.update(HEADERS)  # this answer is made outside of the guard
    return answer
