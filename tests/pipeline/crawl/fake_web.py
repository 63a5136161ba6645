"""A web of a few answers, with a clock that only waiting moves: for the crawl's tests."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from pipeline.net import World

NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
STORY = "<html><body><article><h1>Новость</h1><p>Завод в Заречье запустил линию.</p></article></body></html>".encode()
NOTHING = (404, {}, b"")
Answer = tuple[int, dict[str, str], bytes]


def page(body=STORY, status=200, **headers):
    return status, HTML | {name.replace("_", "-"): value for name, value in headers.items()}, body


def sent_on(to, status=302, **headers):
    return status, {"Location": to} | {name.replace("_", "-"): value for name, value in headers.items()}, b""


def robots(*lines):
    return 200, {"Content-Type": "text/plain"}, "\n".join(["User-agent: *", *lines]).encode()


@dataclass
class Web:
    """Answers by address: one for ever, or a list in turn, of which the last stays. An exception is raised."""

    answers: dict[str, Answer | Exception | list] = field(default_factory=dict)
    asked: list[tuple[float, httpx.Request]] = field(default_factory=list)
    seconds: float = 0.0
    began: datetime = NOON
    on_request: object = None

    def urls(self):
        return [str(request.url) for _, request in self.asked]

    def times(self, host=None):
        return [at for at, request in self.asked if host in (None, request.url.host)]

    def headers(self, url):
        return next(request.headers for _, request in self.asked if str(request.url) == url)

    def world(self):
        return World(
            clock=lambda: self.seconds,
            now=lambda: self.began + timedelta(seconds=self.seconds),
            chance=lambda: 1.0,
            transport=_Transport(self),
            pause=self._pause,
        )

    async def _pause(self, seconds):
        self.seconds += seconds
        await asyncio.sleep(0)


class _Transport(httpx.AsyncBaseTransport):
    def __init__(self, web):
        self.web = web

    async def handle_async_request(self, request):
        web = self.web
        web.asked.append((web.seconds, request))
        if web.on_request:
            web.on_request(request)
        await asyncio.sleep(0)
        answer = web.answers.get(str(request.url), NOTHING)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, Exception):
            raise answer
        status, headers, body = answer
        return httpx.Response(
            status, headers=headers | {"Content-Length": str(len(body))}, stream=httpx.ByteStream(body)
        )
