"""The wire against real servers on loopback that keep to no rule."""

import asyncio
import gzip
import ipaddress
import random
import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.net import EVERYWHERE, Ask, Bounds, Guard, Mishap, Reply, Trouble, World, guard_allowing, open_wire
from tests.pipeline.net.raw import saying, serving

AGENT = "Svodka/1 (+mailto:keeper@vestnik.example)"
BOUNDS = Bounds(connect_seconds=5, read_seconds=5, total_seconds=10, body_bytes=100_000, header_bytes=8_000)
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def ask(*urls, guard=EVERYWHERE, bounds=BOUNDS, world=None, headers=None):
    """Ask for one thing after the other on one wire."""

    async def all_of_them():
        async with open_wire(AGENT, bounds, guard, world) as wire:
            return [
                await wire.exchange(url if isinstance(url, Ask) else Ask(url, headers=headers or {})) for url in urls
            ]

    return asyncio.run(all_of_them())


def told(answer, *, bounds=BOUNDS):
    """Give what the wire makes of an answer's bytes."""
    with serving(saying(answer, keep=False)) as server:
        return ask(server.url, bounds=bounds)[0]


def test_an_answer_as_it_was_sent():
    packed = gzip.compress(b"news")
    with serving(saying(b"HTTP/1.1 203 Fine so\r\nX-One: a\r\nx-one: b\r\nContent-Encoding: gzip\r\n"
                        b"Content-Length: %d\r\n\r\n%b" % (len(packed), packed))) as server:  # fmt: skip
        (reply,) = ask(server.url + "news?id=1#part", headers={"If-None-Match": '"1"'})
    assert isinstance(reply, Reply)
    assert (reply.status, reply.reason, reply.version, reply.address) == (203, "Fine so", "HTTP/1.1", "127.0.0.1")
    assert reply.headers[:2] == (("X-One", "a"), ("x-one", "b"))
    assert reply.body == packed
    assert reply.at.tzinfo is UTC
    (head,) = server.heads
    assert head.startswith("GET /news?id=1 HTTP/1.1\r\n")
    assert f"User-Agent: {AGENT}" in head
    assert "Accept-Encoding: gzip, deflate, br" in head
    assert 'If-None-Match: "1"' in head
    assert [f"{name}: {value}" for name, value in reply.sent] == head.split("\r\n")[1:-2]


def test_connections_are_kept():
    with serving(saying(FINE)) as server:
        replies = ask(server.url, server.url + "2", server.url + "3")
    assert [reply.body for reply in replies] == [b"ok"] * 3
    assert server.connections == 1


@pytest.mark.parametrize("status", [301, 304, 404, 429, 500, 503])
def test_any_status_is_an_answer_and_redirects_are_not_followed(status):
    reply = told(b"HTTP/1.1 %d Word\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n" % status)
    assert reply.status == status
    assert reply.header("location") == "/other"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200",
        b"<html>no head</html>\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nlonger",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
        b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1e9\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffffff\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nBad Header: 1\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 99999 OK\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3,
    ],
    ids=lambda answer: answer.decode().replace("\r\n", "|")[-60:],
)
def test_what_is_no_http_is_trouble_that_may_pass(answer):
    trouble = told(answer)
    assert isinstance(trouble, Trouble)
    assert (trouble.mishap, trouble.passing) == (Mishap.PROTOCOL, True)
    assert trouble.detail


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 200 OK\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1;x=y\r\nk\r\n0\r\nX-Trailer: 1\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + FINE,
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    ],
)
def test_what_is_unusual_but_right_is_an_answer(answer):
    assert told(answer).body == b"ok"


def test_a_reset_is_trouble_that_may_pass():
    async def reset(_, __, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")
        await writer.drain()
        writer.transport.abort()

    with serving(reset) as server:
        (trouble,) = ask(server.url)
    assert trouble.mishap in (Mishap.CONNECTION, Mishap.PROTOCOL)
    assert trouble.passing


def test_nobody_there_is_trouble_that_may_pass():
    with serving(saying(FINE)) as server:
        pass
    (trouble,) = ask(server.url)
    assert (trouble.mishap, trouble.passing) == (Mishap.CONNECTION, True)


def test_silence_and_dripping_are_cut_off():
    async def silent(*_):
        await asyncio.sleep(60)

    async def drip(_, __, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.01)

    async def drip_head(_, __, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X: y\r\n")
            await asyncio.sleep(0.01)

    for answer, words in ((silent, "no answer in time"), (drip, "did not end"), (drip_head, "did not end")):
        with serving(answer) as server:
            (trouble,) = ask(server.url, bounds=replace(BOUNDS, read_seconds=0.2, total_seconds=0.5))
        assert (trouble.mishap, trouble.passing) == (Mishap.TIMEOUT, True)
        assert words in trouble.detail


def endless(head, piece):
    async def answer(_, __, writer):
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return answer


@pytest.mark.parametrize(
    ("head", "piece", "word"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, "100,000"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", b"x" * 65536, "100,000"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"8\r\nxxxxxxxx\r\n" * 1000, "100,000"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 100, "headers"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 1000, "headers"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 9000 + b"\r\nContent-Length: 0\r\n\r\n", b"", "headers"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 10, "headers"),
    ],
)
def test_what_has_no_end_is_too_large(head, piece, word):
    with serving(endless(head, piece)) as server:
        (trouble,) = ask(server.url)
    assert (trouble.mishap, trouble.passing) == (Mishap.TOO_LARGE, False)
    assert word in trouble.detail


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + EVIL,
        b"HTTP/1.1 304 Not Modified\r\n\r\n" + EVIL,
        b"HTTP/1.1 204 No Content\r\n\r\n" + EVIL,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + EVIL,
    ],
)
def test_what_follows_an_answer_answers_no_other_question(answer):
    with serving(saying(answer, FINE)) as server:
        first, second = ask(server.url + "1", server.url + "2")
    assert second.body == b"ok"
    assert server.connections == 2
    assert b"evil" not in getattr(first, "body", b"")


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://vestnik.example/", "file:///etc/passwd", "http://", "http://[::1",
                                 "http://a b/", "https://vestnik.example:99999/", "http://" + "a" * 70 + ".example/",
                                 "javascript:alert(1)", "http://\u2488.example\x00/", "http://a..b/"])  # fmt: skip
def test_what_is_no_address_is_trouble_that_stays(url):
    (trouble,) = ask(url)
    assert isinstance(trouble, Trouble)
    assert not trouble.passing or trouble.mishap is Mishap.CONNECTION


def test_headers_that_cannot_be_sent_are_trouble_without_their_secrets():
    with serving(saying(FINE)) as server:
        (trouble,) = ask(server.url, headers={"Cookie": "secret\r\nX: y"})
    assert trouble.mishap is Mishap.BAD_URL
    assert "secret" not in trouble.detail


# The guard


def names(**table):
    async def resolve(host, _):
        found = table.get(host.replace(".", "_"), [host])
        return [ipaddress.ip_address(address) for address in found]

    return World(resolve=resolve)


def test_our_own_network_is_refused():
    with serving(saying(FINE)) as server:
        hosts = ("127.0.0.1", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0")  # noqa: S104 - asked for
        troubles = ask(*(f"http://{host}:{server.port}/" for host in hosts), guard=Guard())
    assert {trouble.mishap for trouble in troubles} <= {Mishap.FORBIDDEN_ADDRESS, Mishap.BAD_URL}
    assert not any(trouble.passing for trouble in troubles)
    assert server.connections == 0


def test_a_name_for_our_own_network_is_refused_and_what_is_allowed_is_not():
    with serving(saying(FINE)) as server:
        url = f"http://vestnik.example:{server.port}/"
        world = names(vestnik_example=["127.0.0.1"])
        (refused,) = ask(url, guard=Guard(), world=world)
        assert (refused.mishap, refused.detail) == (Mishap.FORBIDDEN_ADDRESS, "127.0.0.1 is a loopback address")
        assert server.connections == 0
        for entry in ("127.0.0.0/8", f"vestnik.example:{server.port}", "vestnik.example"):
            (reply,) = ask(url, guard=guard_allowing([entry]), world=world)
            assert reply.address == "127.0.0.1"
        (refused,) = ask(url, guard=guard_allowing(["vestnik.example:1"]), world=world)
        assert refused.mishap is Mishap.FORBIDDEN_ADDRESS


def test_the_connection_goes_to_the_address_that_was_judged():
    asked = []

    async def rebinding(host, _):
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1" if len(asked) == 1 else "169.254.169.254")]

    with serving(saying(FINE, keep=False)) as server:
        url = f"http://vestnik.example:{server.port}/"
        first, second = ask(url, url, guard=guard_allowing(["127.0.0.1/32"]), world=World(resolve=rebinding))
    assert first.address == "127.0.0.1"
    assert second.detail == "169.254.169.254 is a link-local address, as metadata services have"


def test_the_next_address_is_tried():
    with serving(saying(FINE)) as server:
        world = names(vestnik_example=["10.0.0.1", "127.0.0.9", "127.0.0.1"])
        (reply,) = ask(f"http://vestnik.example:{server.port}/", guard=guard_allowing(["127.0.0.0/8"]), world=world)
    assert reply.address == "127.0.0.1"


def test_a_name_that_does_not_resolve_may_pass():
    (trouble,) = ask("http://vestnik.invalid/", guard=Guard())
    assert (trouble.mishap, trouble.passing) == (Mishap.CONNECTION, True)


# Cookies


def test_cookies_come_back_to_their_site_only():
    answers = (b"HTTP/1.1 302 Found\r\nSet-Cookie: pass=1; Path=/\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", FINE)
    with serving(saying(*answers)) as server:
        urls = [f"http://{host}:{server.port}/" for host in ("127.0.0.1", "127.0.0.1", "localhost")]
        ask(*urls)
    assert ["Cookie: pass=1" in head for head in server.heads] == [False, True, False]


def test_a_site_may_set_a_cookie_for_its_www_and_for_nobody_else():
    setting = b"Set-Cookie: pass=1; Domain=vestnik.example; Path=/\r\nSet-Cookie: evil=1; Domain=example\r\n"
    answers = (b"HTTP/1.1 302 Found\r\n" + setting + b"Content-Length: 0\r\n\r\n", FINE)
    world = names(vestnik_example=["127.0.0.1"], www_vestnik_example=["127.0.0.1"], golos_example=["127.0.0.1"])
    with serving(saying(*answers)) as server:
        ask(*(f"http://{host}.example:{server.port}/" for host in ("vestnik", "www.vestnik", "golos")), world=world)
    assert ["pass=1" in head for head in server.heads] == [False, True, False]
    assert not any("evil" in head for head in server.heads)


# Proxies


def test_a_proxy_of_the_environment_is_used(monkeypatch):
    with serving(saying(FINE)) as proxy, serving(saying(FINE)) as server:
        monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//me:word@"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        world = names(vestnik_example=["93.184.215.14"], evil_example=["10.0.0.1"], unknown_example=[])
        far, inside, unknown, near = ask("http://vestnik.example/a", "http://evil.example/", "http://unknown.example/",
                                         server.url, world=world, guard=guard_allowing(["127.0.0.1"]))  # fmt: skip
    assert (far.body, far.address, near.address) == (b"ok", None, "127.0.0.1")
    assert inside.mishap is Mishap.FORBIDDEN_ADDRESS
    assert unknown.body == b"ok"
    assert proxy.heads[0].startswith("GET http://vestnik.example/a HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic" in proxy.heads[0]
    assert len(proxy.heads) == 2
    assert len(server.heads) == 1


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert,
                    "-days", "2", "-subj", "/CN=vestnik.example", "-addext", "subjectAltName=DNS:vestnik.example"],
                   check=True, capture_output=True)  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def test_tls_is_verified(certificate, monkeypatch):
    trusted, context = certificate
    world = names(vestnik_example=["127.0.0.1"], golos_example=["127.0.0.1"])
    with serving(saying(FINE), context=context) as server:
        url = f"https://vestnik.example:{server.port}/"
        (unknown,) = ask(url, world=world)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        reply, again, other = ask(url, url, url.replace("vestnik", "golos"), world=world)
    assert (unknown.mishap, unknown.passing) == (Mishap.DISTRUST, False)
    assert (other.mishap, other.passing) == (Mishap.DISTRUST, False)
    assert (reply.body, again.body, reply.address) == (b"ok", b"ok", "127.0.0.1")


def test_plain_http_where_tls_is_expected_may_pass():
    with serving(saying(FINE), until=b"\x16") as server:
        (trouble,) = ask(server.url.replace("http:", "https:"))
    assert (trouble.mishap, trouble.passing) == (Mishap.CONNECTION, True)


def test_being_cancelled_leaves_a_wire_that_works():
    async def slow(number, _, writer):
        if number == 1:
            await asyncio.sleep(60)
        writer.write(FINE)
        return True

    async def broken_off(url):
        async with open_wire(AGENT, BOUNDS, EVERYWHERE) as wire:
            task = asyncio.create_task(wire.exchange(Ask(url)))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await wire.exchange(Ask(url))

    with serving(slow) as server:
        assert asyncio.run(broken_off(server.url)).body == b"ok"


def test_what_is_cut_off_leaves_no_connection_behind():
    async def hang(number, _, writer):
        if number % 2:
            writer.write(FINE)
            return True
        await asyncio.sleep(60)
        return False

    async def many(url):
        hasty = replace(BOUNDS, read_seconds=0.3, total_seconds=0.3)
        async with open_wire(AGENT, BOUNDS, EVERYWHERE) as wire:
            results = await asyncio.gather(*(wire.exchange(Ask(url), hasty) for _ in range(40)))
            assert {type(result) for result in results} == {Reply, Trouble}
            return [str(connection) for connection in wire.lines.straight.connections]

    with serving(hang) as server:
        left = asyncio.run(many(server.url))
    assert all("IDLE" in connection for connection in left)


def test_the_moment_is_when_the_request_went_out():
    moments = iter([datetime(2024, 3, 6, 10, 0, second, tzinfo=UTC) for second in range(10)])
    with serving(saying(FINE)) as server:
        first, second = ask(server.url, server.url, world=World(now=lambda: next(moments)))
    assert first.at < second.at
    assert first.at.second >= 1  # the first look at the clock was before the connection


def test_whatever_comes_is_an_answer_or_trouble():
    """Good answers with bytes changed, dropped and doubled at random."""
    chance = random.Random(4)  # noqa: S311 - no secrets
    whole = [
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Max-Age=9; Path=/\r\nContent-Length: 6\r\n\r\nanswer",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;a=b\r\nanswer\r\n0\r\nX: y\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
    ]
    odd = [
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"1" * 5000 + b"\r\n\r\nok",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\nwhatever",
        b"HTTP/1.1 200 OK\r\nSet-Cookie: =; expires=soon; Max-Age=" + b"9" * 99 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nSet-Cookie: \xff\xfe=\xd0\x96; Domain=..; Path=\xff\r\nContent-Length: 0\r\n\r\n",
    ]
    answers = [_garbled(chance, chance.choice(whole)) for _ in range(300)] + odd * 3
    with serving(saying(*answers, keep=False)) as server:
        results = ask(*[server.url] * len(answers), bounds=replace(BOUNDS, read_seconds=1))
    assert {type(result) for result in results} == {Reply, Trouble}
    assert all(result.passing or result.mishap is Mishap.TOO_LARGE for result in results if isinstance(result, Trouble))


def _garbled(chance, answer):
    data = bytearray(answer)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice([b"", b"\r\n", b"\0", bytes([chance.randrange(256)])])
    return bytes(data)
