"""Coming in with the token, leaving, and the name under which one decides."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.web._access import Access
from pipeline.web._asked import inside
from pipeline.web._guard import session_cookie
from pipeline.web._render import page, who_cookie


def _login(request: Request) -> Response:
    there = inside(request.query_params.get("next", "/"))
    if request.state.session.entered:
        return RedirectResponse(there, 303)
    return page(request, "login.html", next=there, failed=False)


def _enter(request: Request) -> Response:
    access: Access = request.app.state.access
    form = request.state.form
    there = inside(form.get("next", "/"))
    session = access.enter(form.get("token", "").strip())
    if session is None:
        return page(request, "login.html", status=403, next=there, failed=True)
    answer = RedirectResponse(there, 303)
    answer.headers.append("set-cookie", session_cookie(access, session))
    return answer


def _logout(request: Request) -> Response:
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(request.app.state.access.cookie, httponly=True, samesite="strict")
    return answer


def _remember_name(request: Request) -> Response:
    form = request.state.form
    answer = RedirectResponse(inside(form.get("next", "/")), 303)
    name = " ".join(form.get("who", "").split())
    if name.isprintable():
        answer.headers.append("set-cookie", who_cookie(name))
    return answer


ROUTES = [
    Route("/login", _login, methods=["GET"]),
    Route("/login", _enter, methods=["POST"]),
    Route("/logout", _logout, methods=["POST"]),
    Route("/who", _remember_name, methods=["POST"]),
]
