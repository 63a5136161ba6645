"""The HTTP client against every fault, each a few lines of a fake network with a fake clock."""

import ssl
from datetime import UTC, datetime

import httpx
import pytest

from pipeline.errors import NetError
from pipeline.net import Ask, Manner, Patience, World, open_client
from pipeline.net.patience import retry_after

NOW = datetime(2024, 3, 6, 10, 0, tzinfo=UTC)
URL = "https://registry.example/push"


class Clock:
    def __init__(self):
        self.time = 0.0
        self.pauses = []

    async def pause(self, seconds):
        self.pauses.append(seconds)
        self.time += seconds


def send(handler, *, attempts=4, total=100.0, size=1000, url=URL, is_sound=lambda _: True):
    """Give the answer, the pauses, and the requests that the fake network saw."""
    clock, seen = Clock(), []

    def handle(request):
        seen.append(request)
        return handler(len(seen))

    world = World(lambda: clock.time, lambda: NOW, lambda: 1.0, httpx.MockTransport(handle), pause=clock.pause)
    manner = Manner("Svodka/1 (+mailto:keeper@vestnik.example)", 5, 10, size, Patience(attempts, total))
    with open_client(manner, world) as client:
        answer = client.send(Ask(url, "POST", b"body", {"Authorization": "Bearer secret"}), is_sound)
    return answer, clock.pauses, seen


def failing(times, trouble):
    """Fail so many times, then answer."""

    def handler(number):
        if number > times:
            return httpx.Response(200, content=b"ok")
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    return handler


def test_an_answer_is_a_value():
    answer, pauses, (request,) = send(lambda _: httpx.Response(404, content=b"no", headers={"X-Why": "gone"}))
    assert (answer.status, answer.body, answer.headers["x-why"], pauses) == (404, b"no", "gone", [])
    assert request.headers["user-agent"].startswith("Svodka/1 (+mailto:")
    assert request.headers["accept-encoding"] == "identity"
    assert request.content == b"body"


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("hung"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        *(httpx.Response(status) for status in (408, 425, 429, 500, 502, 503, 504)),
    ],
    ids=lambda trouble: str(getattr(trouble, "status_code", trouble)),
)
def test_what_may_pass_is_tried_again_with_longer_and_longer_pauses(trouble):
    answer, pauses, seen = send(failing(3, trouble))
    assert answer.body == b"ok"
    assert pauses == [0.5, 1.0, 2.0]
    assert len(seen) == 4
    with pytest.raises(NetError, match=r"https://registry\.example/push: .*at the last of 4 attempts"):
        send(failing(4, trouble))


@pytest.mark.parametrize("status", [200, 204, 301, 308, 400, 401, 403, 404, 409, 413, 422, 501, 505])
def test_what_will_not_pass_is_not_tried_again(status):
    answer, pauses, seen = send(lambda _: httpx.Response(status))
    assert (answer.status, pauses, len(seen)) == (status, [], 1)


@pytest.mark.parametrize(("value", "pause"), [("7", 7.0), ("Wed, 06 Mar 2024 10:00:20 GMT", 20.0), ("nonsense", 0.5),
                                              ("-5", 0.5), ("Wed, 06 Mar 2024 09:00:00 GMT", 0.5)])  # fmt: skip
def test_the_server_says_when_to_come_back(value, pause):
    _, pauses, _ = send(failing(1, httpx.Response(429, headers={"Retry-After": value})))
    assert pauses == [pause]


def test_a_server_that_asks_for_too_much_is_left_alone():
    with pytest.raises(NetError, match="asks to come back in 3600 s"):
        send(failing(1, httpx.Response(503, headers={"Retry-After": "3600"})))


@pytest.mark.parametrize("value", ["inf", "nan", "1e999", "Wed, 99 Mar 2024", ""])
def test_a_senseless_retry_after_says_nothing(value):
    assert retry_after(value, NOW) is None


def test_the_total_time_is_capped():
    with pytest.raises(NetError, match="at the last of 4 attempts"):
        send(failing(99, httpx.ReadTimeout("hung")), attempts=99, total=7.0)


def test_a_body_that_drips_for_ever_is_cut_off():
    ticks = iter(range(10**6))

    async def drip():
        while True:
            yield b"x"

    async def no_pause(_):
        pass

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=drip()))
    world = World(lambda: next(ticks), lambda: NOW, lambda: 1.0, transport, pause=no_pause)
    manner = Manner("Svodka", 5, 10, 10**6, Patience(3, 50.0))
    with pytest.raises(NetError, match="did not end in time"), open_client(manner, world) as client:
        client.send(Ask(URL))


def test_a_body_without_end_is_refused():
    async def endless():
        while True:
            yield b"x" * 512

    with pytest.raises(NetError, match="longer than 1,000 bytes"):
        send(lambda _: httpx.Response(200, content=endless()))


def test_a_compressed_answer_is_refused():
    with pytest.raises(NetError, match="compressed"):
        send(lambda _: httpx.Response(200, stream=httpx.ByteStream(b"?"), headers={"Content-Encoding": "gzip"}))


def test_an_answer_that_is_not_whole_is_asked_for_again():
    bodies = {1: b'{"refused": [', 2: b'{"refused": []}'}
    answer, pauses, _ = send(lambda n: httpx.Response(200, content=bodies[n]), is_sound=lambda a: a.body.endswith(b"}"))
    assert answer.body == bodies[2]
    assert pauses == [0.5]


def test_a_certificate_that_is_not_trusted_is_told_at_once():
    error = httpx.ConnectError("handshake")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    with pytest.raises(NetError, match="certificate"):
        send(failing(1, error))


@pytest.mark.parametrize(
    "url", ["ftp://registry.example/", "nonsense", "http://[::1", "https://registry.example:99999/"]
)
def test_what_is_no_url_is_told(url):
    with open_client(Manner("Svodka", 1, 1, 100, Patience(1, 1.0))) as client, pytest.raises(NetError):
        client.send(Ask(url))


def test_secrets_are_in_no_message():
    with pytest.raises(NetError) as caught:
        send(failing(9, httpx.ConnectError("refused")), url="https://me:secret@registry.example/push?key=secret")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(Ask(URL, headers={"Authorization": "secret"}))
