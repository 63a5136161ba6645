"""The gate before every page: hosts, sessions, the token, forms; and the headers on every answer.

Central, so that no page can forget it: whatever is not GET or HEAD is a POST with a form that brought its session's
key and comes from this very site, or it goes no further. Pages find `session`, `form_key` and `form` in the state.
"""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web._access import Access, Session
from pipeline.web._render import refusal

MOST_FORM_BYTES = 64 * 1024
MOST_FIELDS = 64
FORM_KEY = "key"
_OPEN = ("/static/", "/login")

HEADERS = MappingProxyType(
    {
        "content-security-policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
        "frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
)


class _Refused(Exception):  # noqa: N818 - no error of ours: an answer
    """A request goes no further; the status and what the person is told."""

    def __init__(self, status: int, title: str, told: str) -> None:
        super().__init__(title)
        self.status, self.title, self.told = status, title, told


class Guard:
    """Middleware that lets pass what may pass."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)  # the server's start and end; of web sockets there are none
            return
        request = Request(scope, receive)
        kept = self._access.unseal(request.cookies.get(self._access.cookie, ""))
        session = kept or self._access.new_session()
        request.state.session = session
        request.state.form_key = self._access.form_key(session)
        request.state.form = {}
        send = self._dressed(send, None if kept else session)
        try:
            answer = await self._admit(request, session)
        except _Refused as refused:
            answer = refusal(request, refused.status, refused.title, refused.told)
        await (answer or self._app)(scope, receive, send)

    async def _admit(self, request: Request, session: Session) -> Response | None:
        """Raise _Refused, give another answer than the page's, or let pass with None."""
        if not self._access.answers_to(request.headers.get("host", "")):
            raise _Refused(421, "Неизвестный адрес", "Сервер не отвечает на это имя. Откройте страницу по тому адресу, "
                           "который показан при запуске, или разрешите имя: --allow-host.")  # fmt: skip
        if request.method not in {"GET", "HEAD", "POST"}:
            raise _Refused(405, "Так нельзя", f"Метод {request.method[:16]} здесь не используется.")
        if not session.entered and not request.url.path.startswith(_OPEN):
            if request.method == "POST":
                raise _Refused(403, "Нужен ключ", "Сначала войдите с ключом доступа, затем повторите.")
            return RedirectResponse(f"/login?next={quote(_here(request))}", 303)
        if request.method == "POST":
            request.state.form = await self._form(request, session)
        return None

    async def _form(self, request: Request, session: Session) -> Mapping[str, str]:
        if not _from_here(request):
            raise _Refused(403, "Чужая форма", "Запрос пришёл не с этой страницы и не выполнен.")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
            raise _Refused(415, "Не форма", "Ожидались данные формы.")
        form = _fields(await _body(request))
        if not self._access.is_form_key(session, form.get(FORM_KEY, "")):
            raise _Refused(403, "Форма устарела", "Сервер перезапускали или сессия закончилась; ничего не изменено. "
                           "Вернитесь, обновите страницу и повторите.")  # fmt: skip
        return form

    def _dressed(self, send: Send, fresh: Session | None) -> Send:
        """Add headers to every answer, and the cookie of a fresh session."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                if fresh and not any(self._access.cookie in value for value in headers.getlist("set-cookie")):
                    headers.append("set-cookie", session_cookie(self._access, fresh))
            await send(message)

        return dressed


def session_cookie(access: Access, session: Session) -> str:
    """Write the Set-Cookie header of a session: for as long as the browser is open, for this site's own requests."""
    return f"{access.cookie}={access.seal(session)}; Path=/; HttpOnly; SameSite=Strict"


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _from_here(request: Request) -> bool:
    """Tell whether a POST was sent by a page of this server, by the Origin that every browser sends with it."""
    origin = urlsplit(request.headers.get("origin", ""))
    return origin.scheme in {"http", "https"} and origin.netloc.lower() == request.headers.get("host", "").lower()


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM_BYTES:
            raise _Refused(413, "Слишком много", f"Форма больше {MOST_FORM_BYTES // 1024} КиБ не принимается.")
    return body


def _fields(body: bytes) -> dict[str, str]:
    """Read a form; NUL, which no database holds, becomes U+FFFD as in records."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
        return {name: value.replace("\0", "\N{REPLACEMENT CHARACTER}") for name, value in pairs}
    except ValueError as error:
        raise _Refused(400, "Форма не читается", "Данные формы испорчены; ничего не изменено.") from error
