"""Discovery and probing of a real server on loopback, over the wire; answers become captures, as a visit does it."""

import asyncio
import gzip
import zlib
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pipeline.crawl.capture import Capture, Document, Found, Outcome, Role
from pipeline.crawl.documents import document_of, pointed_to
from pipeline.crawl.sources import sources_from
from pipeline.crawl.sources.discover import discover, proposed_table
from pipeline.crawl.sources.probe import probe
from pipeline.net import Ask, Bounds, Reply, guard_allowing, open_wire

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
MOST = 1_000_000
RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:yandex="http://news.yandex.ru"><channel><title>Вестник</title>
<item><title>Завод открыт</title><link>/news/1?utm_source=rss</link><pubDate>Tue, 24 Nov 2026 03:00:00 +0300</pubDate>
<yandex:full-text>В Приморске открыт завод.</yandex:full-text></item>
<item><title>Старая новость</title><link>/news/2</link><pubDate>Tue, 01 Sep 2026 03:00:00 +0300</pubDate></item>
</channel></rss>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}/news/3</loc></url></urlset>"""
HOME = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body></body></html>'


class Handler(BaseHTTPRequestHandler):
    """Serves the pages of its server: bytes, and what they are packed as."""

    def do_GET(self):
        self.server.asked.append(self.path)
        body, encoding = self.server.pages.get(self.path, (b"", None))
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/xml; charset=windows-1251" if self.path == "/rss.xml" else "text/html")
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.asked, server.base = [], f"http://127.0.0.1:{server.server_port}"
        server.pages = {
            "/": (HOME.encode(), None),
            "/robots.txt": (b"User-agent: *\nDisallow:\nSitemap: /sitemap.xml.gz\n", None),
            "/rss.xml": (gzip.compress(RSS.encode("cp1251")), "gzip"),
            "/sitemap.xml.gz": (gzip.compress(SITEMAP.format(server.base).encode()), None),
        }
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def over_the_wire(server, task):
    """Run `task(obtain)` with an obtain that asks the server."""

    async def run():
        guard = guard_allowing([f"127.0.0.1:{server.server_port}"])
        async with open_wire("SvodkaBot/0.1 (+bot@primer.ru)", Bounds(), guard) as wire:

            async def obtain(url, role):
                reply = await wire.exchange(Ask(url))
                outcome = Outcome.NEW if reply.status == 200 else Outcome.GONE
                return document_of(Capture(Found(url, "", role), outcome, reply.at, (reply,), str(reply.status)), MOST)

            return await task(obtain)

    return asyncio.run(run())


def test_a_site_is_discovered_and_what_is_proposed_can_be_probed(server):
    proposal = over_the_wire(server, lambda obtain: discover(server.base, obtain))
    assert [feed.url for feed in proposal.feeds] == [f"{server.base}/rss.xml"]
    assert [sitemap.url for sitemap in proposal.sitemaps] == [f"{server.base}/sitemap.xml.gz"]
    assert sorted(server.asked) == ["/", "/robots.txt", "/rss.xml", "/sitemap.xml.gz"]
    (source,) = sources_from(f'contact = "bot@primer.ru"\n{proposed_table(proposal)}').sources
    read = lambda *where: pointed_to(*where).founds  # noqa: E731 - as the command makes it
    feed, sitemap = over_the_wire(server, lambda obtain: probe(source, obtain, read, NOW))
    assert (feed.pages, feed.taken, feed.old, feed.full) == (2, 1, 1, 1)
    assert feed.newest == datetime(2026, 11, 24, 0, tzinfo=UTC)
    assert (sitemap.pages, sitemap.taken, sitemap.trouble) == (1, 1, "")


def test_a_section_is_read_by_the_selector_of_its_source():
    (source,) = sources_from(
        'contact = "bot@primer.ru"\n[sources.a]\nsections = ["https://a.ru/"]\nselector = "h2 a"'
    ).sources
    page = b"<h2><a href='/1'>one</a></h2><p><a href='/2'>two</a></p>"
    found = pointed_to(source, next(source.documents()), Document("https://a.ru/", page))
    assert [one.url for one in found.founds] == ["https://a.ru/1"]


def reply(body, *headers):
    return Reply(Ask("https://a.ru/"), NOW, 200, "OK", "HTTP/1.1", headers, body, None, 0.1)


@pytest.mark.parametrize(
    ("outcome", "detail", "told"),
    [
        (Outcome.DISALLOWED, "by robots.txt", "disallowed: by robots.txt"),
        (Outcome.ROBOTS_UNREACHABLE, "", "robots unreachable"),
    ],
)
def test_what_was_not_captured_says_why(outcome, detail, told):
    assert document_of(Capture(Found("https://a.ru/", "a", Role.FEED), outcome, NOW, (), detail), MOST) == told


def test_a_bomb_is_not_expanded():
    bomb = reply(zlib.compress(b"a" * 5_000_000), ("Content-Encoding", "deflate"))
    told = document_of(Capture(Found("https://a.ru/", "a"), Outcome.NEW, NOW, (bomb,)), MOST)
    assert told == "expands to more than 1,000,000 bytes"
    hidden = reply(gzip.compress(b"a" * 5_000_000))
    assert isinstance(document_of(Capture(Found("https://a.ru/", "a"), Outcome.NEW, NOW, (hidden,)), MOST), str)


def test_the_charset_of_the_transport_is_kept():
    got = document_of(
        Capture(Found("https://a.ru/", "a"), Outcome.NEW, NOW, (reply(b"x", ("content-type", 'a; charset="KOI8-R"')),)),
        MOST,
    )
    assert got == Document("https://a.ru/", b"x", "KOI8-R")
