"""The site keeps its word: what it serves is what its plan says, and its faults are faults on the wire."""

import gzip
import http.client
import socket
import time
import zlib

import brotli
import pytest
from defusedxml.ElementTree import fromstring

from tests.site import Document, Host, Item, Plan, Request, open_site, shortest_gaps
from tests.site.articles import marked
from tests.site.bombs import EXPANDED, gzip_bomb
from tests.site.documents import WRITERS
from tests.site.faults import manners
from tests.site.log import most_at_once
from tests.site.plan import FORMS, TRAPS, random_plan
from tests.site.robots import ROBOTS

ADDRESS = "127.0.0.2"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "deflate": zlib.decompress, "identity": bytes}


def path_of(fault):
    return f"/news/{fault.replace(' ', '').replace(',', '-')}"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    items = [Item(number, path_of(fault), "/feed", fault) for number, fault in enumerate(manners())]
    items.append(Item(900, "/news/changes", "/feed", changes=True))
    items.append(Item(901, "/news/dated", "/feed", validator="date"))
    documents = tuple(Document(f"/{form}", form) for form in WRITERS)
    plan = Plan((Host(ADDRESS, tuple(items), (Document("/feed", "rss"), *documents)), Host("127.0.0.3", (), ())))
    with open_site(plan, tmp_path_factory.mktemp("site")) as opened:
        yield opened


def raw(site, path, *headers, seconds=2.0, limit=1_000_000):
    """Ask by hand; give all bytes up to a limit, and how the connection ended."""
    with socket.create_connection((ADDRESS, site.port), timeout=seconds) as client:
        client.sendall("\r\n".join([f"GET {path} HTTP/1.1", f"Host: {ADDRESS}", *headers, "", ""]).encode())
        got = b""
        try:
            while len(got) < limit and (piece := client.recv(65536)):
                got += piece
        except TimeoutError:
            return got, "waits"
        except ConnectionResetError:
            return got, "reset"
        return got, "closed" if len(got) < limit else "goes on"


def get(site, path, headers=None):
    client = http.client.HTTPConnection(ADDRESS, site.port, timeout=5)
    client.request("GET", path, headers=headers or {})
    answer = client.getresponse()
    body = answer.read()
    client.close()
    return answer, body


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "raw-deflate", "identity"])
def test_packed_articles_are_the_article(site, coding):
    answer, body = get(site, path_of(coding))
    unpack = (
        UNPACK[answer.headers["Content-Encoding"]] if coding != "raw-deflate" else lambda b: zlib.decompress(b, -15)
    )
    assert marked(unpack(body)) == (ADDRESS, path_of(coding), 1)


@pytest.mark.parametrize(
    ("fault", "encoding"), [("cp1251", "cp1251"), ("koi8r", "koi8-r"), ("cp1251_said_utf8", "cp1251")]
)
def test_encodings_are_as_the_page_says(site, fault, encoding):
    _, body = get(site, path_of(fault))
    assert "Вымышленные вести" in body.decode(encoding)
    assert b"utf-8" not in body


@pytest.mark.parametrize(
    ("fault", "end"),
    [("hung", "waits"), ("hung_within", "waits"), ("reset", "reset"), ("closed", "closed"), ("truncated", "closed"),
     ("endless", "goes on"), ("endless_announced", "goes on"), ("endless_head", "goes on"), ("chunk_error", "closed")],
)  # fmt: skip
def test_connections_end_as_the_fault_says(site, fault, end):
    site_fresh = path_of(fault)  # each passing fault is asked for the first time here
    got, ended = raw(site, site_fresh, seconds=0.7)
    assert ended == end
    head, _, body = got.partition(b"\r\n\r\n")
    if fault == "truncated":
        assert len(body) * 2 == pytest.approx(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]), abs=2)


def test_what_passes_is_over_after_its_times(site):
    assert [get(site, path_of("500_twice"))[0].status for _ in range(3)] == [500, 500, 200]
    first, _ = get(site, path_of("429_seconds"))
    assert (first.status, first.headers["Retry-After"]) == (429, "1")
    assert get(site, path_of("429_seconds"))[0].status == 200


def test_redirects_end_where_they_should(site):
    path, statuses = path_of("redirect_chain"), []
    while True:
        answer, body = get(site, path)
        statuses.append(answer.status)
        if answer.status == 200:
            break
        path = answer.headers["Location"]
    assert statuses == [301, 302, 307, 308, 200]
    assert marked(body) == (ADDRESS, path_of("redirect_chain"), 1)


def test_cookies_open_the_door(site):
    answer, _ = get(site, path_of("cookie"))
    assert answer.status == 302
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert get(site, path_of("cookie"), {"Cookie": cookie})[0].status == 200


def test_conditional_requests_and_nights(site):
    answer, body = get(site, "/news/changes")
    assert marked(body) == (ADDRESS, "/news/changes", 1)
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert get(site, "/news/changes", etag)[0].status == 304
    dated, _ = get(site, "/news/dated")
    since = {"If-Modified-Since": dated.headers["Last-Modified"]}
    site.turn(2)
    assert marked(get(site, "/news/changes", etag)[1]) == (ADDRESS, "/news/changes", 2)
    assert get(site, "/news/dated", since)[0].status == 304
    site.turn(1)


def test_the_bomb_is_one():
    packer = zlib.decompressobj(31)
    assert len(packer.decompress(gzip_bomb(), 8 * 1024**2)) == 8 * 1024**2
    assert len(gzip_bomb()) * 500 < EXPANDED


@pytest.mark.parametrize("form", [*FORMS["feed"], *FORMS["sitemap"], *FORMS["section"], *TRAPS])
def test_every_document_lists_or_traps(form):
    item = Item(7, "/news/7", "/x")
    body = WRITERS.get(form, WRITERS["plain"])[0]([("http://127.0.0.2:1/news/7", item, 1)])
    if form not in {"broken", *TRAPS, "list", "trap", "gz"}:
        fromstring(body)
    text = gzip.decompress(body) if form == "gz" else body
    assert (b"/news/7" in text) is (form not in TRAPS)


def test_sitemaps_nest(tmp_path):
    items = tuple(Item(number, f"/news/{number}", "/loop") for number in range(10_005))
    with open_site(Plan((Host(ADDRESS, items, (Document("/loop", "loop"),)),)), tmp_path) as site:
        assert get(site, "/loop")[1].count(b"<loc>") == 4
        assert get(site, "/loop?part=1")[1].count(b"<loc>") == 5
        assert b"/loop</loc>" in get(site, "/loop?part=deeper")[1]


def test_the_calendar_has_no_end(site):
    _, body = get(site, "/calendar/2026/12/")
    assert b"/calendar/2027/01/" in body
    assert b"/calendar/2026/11/" in body


def test_the_truth_of_a_plan():
    items = (
        Item(1, "/news/1", "/feed", changes=True),
        Item(2, "/closed/2", "/feed"),
        Item(3, "/news/3", "/feed", "404"),
        Item(4, "/news/4", "/gone"),
        Item(5, "/news/5", "/feed", "reset", first_night=2),
    )
    plan = Plan((Host(ADDRESS, items, (Document("/feed", "rss"), Document("/gone", "rss", "410"))),))
    assert plan.reachable(1) == {(ADDRESS, "/news/1", 1)}
    assert plan.reachable(2) == {(ADDRESS, "/news/1", 2), (ADDRESS, "/news/5", 1)}


def test_random_plans_repeat_themselves():
    assert random_plan(5) == random_plan(5) != random_plan(6)


def test_robots_forms_mean_what_they_say():
    assert not ROBOTS["closing"].allows("/closed/1")
    assert ROBOTS["absent"].allows("/closed/1")
    assert not ROBOTS["down"].allows("/news/1")
    assert len(ROBOTS["large"].body) < 500 * 1024  # RFC 9309: so much has to be read


def test_the_log_measures_arrivals(site):
    before = time.monotonic()
    for _ in range(2):
        get(site, "/about/1")
        time.sleep(0.2)
    asked = [request for request in site.settled() if request.path == "/about/1"]
    assert len(asked) == 2
    assert all(before <= request.seen <= request.ended for request in asked)
    assert shortest_gaps(asked)[ADDRESS] >= 0.2
    assert most_at_once(asked) == {ADDRESS: 1}


def test_overlapping_requests_are_counted():
    def request(seen, ended):
        return Request(ADDRESS, "/", seen, seen, ended, 200, "", 1, "", False, True, 1)

    assert most_at_once([request(1, 3), request(2, 4), request(4, 5)]) == {ADDRESS: 2}
