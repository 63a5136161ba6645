"""Values into pages: the templates, what they may call, and pages that say no."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote, urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.registry.belief.view import Value
from pipeline.russian import format as format_
from pipeline.russian import labels
from pipeline.web import _marks
from pipeline.web._card import row_of

STATIC = Path(__file__).parent / "static"
WHO_COOKIE = "svodka_who"
LONGEST_NAME = 80

PAGES = MappingProxyType(
    {"/": "Поиск", "/review": "Проверка", "/changes": "Что нового", "/conflicts": "Противоречия"}
)  # fmt: skip

DONE = MappingProxyType(
    {
        "accepted": "Принято.",
        "rejected": "Отвергнуто.",
        "proposed": "Возвращено на проверку.",
        "correct": "Исправлено: прежнее значение отвергнуто, верное принято.",
        "chosen": "Выбрано: это значение принято, остальные отвергнуты.",
        "same": "Объединено.",
        "different": "Записано: это разные.",
        "split": "Отделено.",
        "undone": "Отменено: решения стоят так, как стояли до этого.",
    }
)
_CLAIMS_OF_A_VALUE = 20  # named in a form; the others that make the same value are found when it comes back
_TOLD_BY = frozenset({"done", "act", "judged"})
_GIVEN = re.compile("[0-9a-z-]{1,64}")


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= (
        format_.FILTERS | labels.FILTERS | {"marked": _marks.marked, "quotes": _marks.quotes, "query": _query}
    )
    made.globals |= {
        "PAGES": PAGES,
        "KINDS": labels.KINDS,
        "GROUPS": labels.GROUPS,
        "MATTERS": labels.MATTERS,
        "CONFLICTS": labels.CONFLICTS,
        "claims_of": claims_of,
        "row_of": row_of,
    }
    return made


def render(name: str, **values: Any) -> str:
    """Fill a template."""
    return _environment().get_template(name).render(**values)


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page of the site."""
    state = request.state
    about = {
        "form_key": state.form_key,
        "entered": state.session.entered,
        "locked": request.app.state.access.token is not None,
        "path": request.url.path,
        "who": who(request),
        "here": here(request),
        "done": _done(request),
    }
    return HTMLResponse(render(name, **about, **values), status)


def here(request: Request) -> str:
    """Give the address of this page as it was before anything was decided on it."""
    query = urlencode([(name, value) for name, value in request.query_params.multi_items() if name not in _TOLD_BY])
    return request.url.path + (f"?{query}" if query else "")


def done_at(address: str, what: str, act: str = "", *, judged: str = "") -> str:
    """Give an address whose page tells what was done just now, and takes it back: an act, or a word on an entity."""
    about = {"done": what, "act": act, "judged": judged}
    return f"{address}{'&' if '?' in address else '?'}{_query(about)}"


def _done(request: Request) -> dict[str, str] | None:
    told = DONE.get(request.query_params.get("done", ""))
    if told is None:
        return None
    given = {name: request.query_params.get(name, "") for name in ("act", "judged")}
    return {"told": told} | {name: value if _GIVEN.fullmatch(value) else "" for name, value in given.items()}


def refusal(request: Request, status: int, title: str, told: str) -> HTMLResponse:
    """Say that something cannot be shown or done, and what to do; no traces, no inner words."""
    return page(request, "error.html", status=status, title=title, told=told)


def who(request: Request) -> str:
    """Name the person who decides: as remembered by the browser, else the one who started the server."""
    kept = unquote(request.cookies.get(WHO_COOKIE, "")).strip()[:LONGEST_NAME]
    return kept if kept.isprintable() and kept else str(request.app.state.default_who)


def who_cookie(name: str) -> str:
    """Write the Set-Cookie header that remembers a name for a year."""
    return f"{WHO_COOKIE}={quote(name[:LONGEST_NAME])}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"


def claims_of(values: Iterable[Value]) -> list[str]:
    """List claims enough to tell which values a form is about."""
    shown = (told.claim for value in values for told in value.testimony[:_CLAIMS_OF_A_VALUE])
    return list(dict.fromkeys(shown))


def _query(values: dict[str, Any]) -> str:
    """Write the query of a link; what is empty stays out."""
    return urlencode({name: value for name, value in values.items() if value not in {None, ""}})
