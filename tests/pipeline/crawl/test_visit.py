"""One address and all that servers do to those who ask for it."""

import asyncio
import gzip
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import httpx
import pytest

from pipeline.crawl.archive import open_archive
from pipeline.crawl.capture import Found, Known, Outcome, Role
from pipeline.crawl.sources import sources_from
from pipeline.crawl.visit import Visitor
from pipeline.net import Bounds, Guard, open_wire
from tests.pipeline.crawl.fake_web import NOON, STORY, Web, page, robots, sent_on

SITE = "https://vestnik.ru"
URL = f"{SITE}/news/1"
ROBOTS = f"{SITE}/robots.txt"


def table(more="", each=""):
    return sources_from(f'contact = "bot@svodka.example"\n{more}\n[sources.vestnik]\nfeeds = ["{SITE}/rss"]\n{each}\n')


def visits(web, folder, *knowns, more="", each=""):
    """Visit one after the other, as one crawl."""
    sources = table(more, each)

    async def all_of_them(archive):
        world = web.world()
        async with open_wire(sources.agent, Bounds(), Guard(), world) as wire:
            visitor = Visitor(wire, archive, sources, world, world.pause)
            return [await visitor.visit(known, sources.sources[0]) for known in knowns]

    with open_archive(folder, web.world().now) as archive:
        return asyncio.run(all_of_them(archive))


def known(url=URL, role=Role.PAGE, **state):
    return Known(Found(url, "vestnik", role), **state)


@pytest.fixture
def visit(tmp_path):
    def one(answers, url=URL, *, each="", more="", role=Role.PAGE, **state):
        web = answers if isinstance(answers, Web) else Web(answers)
        (capture,) = visits(web, tmp_path, known(url, role, **state), more=more, each=each)
        return capture, web

    return one


def test_a_page_is_asked_for_after_its_robots_txt_by_our_name(visit):
    capture, web = visit({URL: page()})
    assert (capture.outcome, capture.reply.body) == (Outcome.NEW, STORY)
    assert web.urls() == [ROBOTS, URL]
    assert web.headers(URL)["User-Agent"] == "SvodkaBot/0.1 (+bot@svodka.example)"
    assert "If-None-Match" not in web.headers(URL)


def test_what_robots_txt_disallows_is_never_asked_for(visit):
    capture, web = visit({ROBOTS: robots("Disallow: /news/"), URL: page()})
    assert capture.outcome is Outcome.DISALLOWED
    assert web.urls() == [ROBOTS]


@pytest.mark.parametrize("status", [404, 403, 401, 410])
def test_no_robots_txt_allows_all(visit, status):
    assert visit({ROBOTS: (status, {}, b"User-agent: *\nDisallow: /"), URL: page()})[0].outcome is Outcome.NEW


@pytest.mark.parametrize(
    "trouble",
    [
        (500, {}, b""),
        (503, {}, b""),
        (429, {}, b""),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
    ],
)
def test_an_unreachable_robots_txt_disallows_all_and_is_not_asked_for_again_by_each_page(tmp_path, trouble):
    web = Web({ROBOTS: trouble, URL: page()})
    captures = visits(web, tmp_path, known(), known(f"{SITE}/news/2"))
    assert [capture.outcome for capture in captures] == [Outcome.ROBOTS_UNREACHABLE] * 2
    assert captures[0].detail.startswith("robots.txt: ")
    assert web.urls() == [ROBOTS] * 4
    was = web.seconds
    visits(web, tmp_path, known())
    assert (web.seconds, web.urls()) == (was, [ROBOTS] * 4)  # not tried again, which could come to nothing else


def test_a_robots_txt_that_fails_once_is_asked_for_again(visit):
    capture, web = visit({ROBOTS: [(500, {}, b""), robots("Disallow: /x")], URL: page()})
    assert capture.outcome is Outcome.NEW
    assert web.urls() == [ROBOTS, ROBOTS, URL]


def test_a_robots_txt_that_asks_to_be_left_alone_for_an_hour_is(visit):
    capture, web = visit({ROBOTS: (429, {"Retry-After": "3600"}, b""), URL: page()})
    assert capture.outcome is Outcome.ROBOTS_UNREACHABLE
    assert web.urls() == [ROBOTS]
    assert web.seconds < 300


def test_a_robots_txt_may_be_moved_and_be_of_any_length(visit):
    long = b"User-agent: *\nDisallow: /news/\n" + b"#" * 3_000_000
    moved = f"{SITE}/r.txt"
    packed = (200, {"Content-Encoding": "gzip"}, gzip.compress(long))
    capture, web = visit({ROBOTS: sent_on("/r.txt", 301), moved: packed, URL: page()})
    assert capture.outcome is Outcome.DISALLOWED
    assert web.urls() == [ROBOTS, moved]


def test_robots_txt_is_remembered_for_a_day_and_not_longer(tmp_path):
    web = Web({ROBOTS: robots("Disallow: /x"), URL: page()})
    visits(web, tmp_path, known())
    visits(web, tmp_path, known())
    web.began += timedelta(hours=25)
    visits(web, tmp_path, known())
    assert web.urls() == [ROBOTS, URL, URL, ROBOTS, URL]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_each_in_its_turn(visit, status):
    end = f"{SITE}/b"
    capture, web = visit({URL: sent_on("/a", status), f"{SITE}/a": sent_on("b", status), end: page()}, each="delay = 5")
    assert (capture.outcome, capture.reply.ask.url, len(capture.hops)) == (Outcome.NEW, end, 3)
    assert capture.found.url == URL
    assert gaps(web) >= 5


def gaps(web):
    times = web.times()
    return min(later - earlier for earlier, later in pairwise(times))


@pytest.mark.parametrize("length", [10, 11])
def test_ten_redirects_are_followed_and_not_eleven(visit, length):
    answers = {f"{SITE}/{step}": sent_on(f"/{step + 1}") for step in range(length)} | {f"{SITE}/{length}": page()}
    capture, web = visit(answers, f"{SITE}/0")
    assert capture.outcome is (Outcome.NEW if length == 10 else Outcome.REDIRECT_LOOP)
    assert len(web.asked) == 12


def test_a_loop_is_left(visit):
    capture, web = visit({URL: sent_on("/a"), f"{SITE}/a": sent_on("/news/1")})
    assert capture.outcome is Outcome.REDIRECT_LOOP
    assert len(web.asked) == 5


def test_a_redirect_to_itself_that_sets_a_cookie(visit):
    capture, web = visit({URL: [sent_on("/news/1", Set_Cookie="seen=1"), page()]})
    assert capture.outcome is Outcome.NEW
    assert web.asked[-1][1].headers["Cookie"] == "seen=1"
    assert visit({URL: sent_on("/news/1")})[0].outcome is Outcome.REDIRECT_LOOP


@pytest.mark.parametrize(
    ("to", "outcome"),
    [
        ("https://drugoy.ru/1", Outcome.OFF_SITE),
        ("http://10.0.0.1/", Outcome.UNSAFE_ADDRESS),
        ("http://127.0.0.1:8080/admin", Outcome.UNSAFE_ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", Outcome.UNSAFE_ADDRESS),
        ("http://[::1]/", Outcome.UNSAFE_ADDRESS),
        ("http://0x7f.1/", Outcome.UNSAFE_ADDRESS),
        ("file:///etc/passwd", Outcome.UNSAFE_ADDRESS),
        ("javascript:alert(1)", Outcome.UNSAFE_ADDRESS),
        ("https://me:secret@vestnik.ru/", Outcome.UNSAFE_ADDRESS),
    ],
)
def test_redirects_that_are_not_followed(visit, to, outcome):
    capture, web = visit({URL: sent_on(to)})
    assert capture.outcome is outcome
    assert web.urls() == [ROBOTS, URL]


def test_a_redirect_to_what_robots_txt_disallows_is_not_followed(visit):
    capture, web = visit({ROBOTS: robots("Disallow: /closed"), URL: sent_on("/closed/1")})
    assert (capture.outcome, capture.detail) == (Outcome.DISALLOWED, f"sent on to {SITE}/closed/1")
    assert web.urls() == [ROBOTS, URL]


def test_an_address_that_is_ours_alone_is_unsafe_and_not_unreachable(tmp_path):
    web = Web()
    (capture,) = visits(web, tmp_path, known("http://192.168.0.1/1"))
    assert capture.outcome is Outcome.UNSAFE_ADDRESS
    assert web.asked == []


def test_own_headers_go_where_they_were_meant_to_and_nowhere_else(tmp_path):
    partner, www, plain = "https://partner.ru/1", "https://www.vestnik.ru/1", "http://vestnik.ru/1"
    ends = [sent_on(partner), sent_on(www), sent_on(plain)]
    web = Web({URL: ends} | dict.fromkeys((partner, www, plain), page()))
    each = 'sites = ["partner.ru"]\nheaders = {Cookie = "secret=1", X-Key = "k"}'
    assert [one.outcome for one in visits(web, tmp_path, *[known()] * 3, each=each)] == [Outcome.NEW] * 3
    told = {str(request.url): request.headers for _, request in web.asked}
    assert told[URL]["X-Key"] == told[www]["X-Key"] == "k"
    for url in (partner, plain, ROBOTS, "https://partner.ru/robots.txt"):
        assert "X-Key" not in told[url]
        assert "Cookie" not in told[url]


def test_500_twice_then_a_page(visit):
    capture, web = visit({URL: [page(status=500), page(status=500), page()]}, each="delay = 4")
    assert capture.outcome is Outcome.NEW
    assert len(web.asked) == 4
    assert gaps(web) >= 4


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (page(b"", 503), Outcome.SERVER_ERROR),
        (page(b"", 408), Outcome.SERVER_ERROR),
        (httpx.ConnectError("refused"), Outcome.UNREACHABLE),
        (httpx.ReadTimeout("slow"), Outcome.UNREACHABLE),
        (httpx.RemoteProtocolError("cut off"), Outcome.BROKEN),
        (page(b"no gzip", Content_Encoding="gzip"), Outcome.BROKEN),
        (page(b" \n"), Outcome.BROKEN),
    ],
)
def test_what_may_pass_is_tried_again_so_often(visit, trouble, outcome):
    capture, web = visit({URL: trouble}, more="retries = 2")
    assert capture.outcome is outcome
    assert web.urls() == [ROBOTS, URL, URL, URL]
    assert web.seconds >= 1 + 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_will_not_pass_is_asked_for_once(visit, status):
    capture, web = visit({URL: page(b"<p>Nothing here.", status)})
    assert capture.outcome is (Outcome.GONE if status in (404, 410) else Outcome.REFUSED)
    assert web.urls() == [ROBOTS, URL]


@pytest.mark.parametrize("kind", ["seconds", "date"])
def test_retry_after_is_heeded(visit, kind):
    asked = "40" if kind == "seconds" else format_datetime(NOON + timedelta(seconds=41), usegmt=True)
    capture, web = visit({URL: [page(b"", 429, Retry_After=asked), page()]})
    assert capture.outcome is Outcome.NEW
    assert gaps(Web(asked=web.asked[1:])) >= 39


def test_a_long_retry_after_is_left_to_another_night(visit):
    capture, web = visit({URL: page(b"", 503, Retry_After="7200")})
    assert capture.outcome is Outcome.SERVER_ERROR
    assert web.urls() == [ROBOTS, URL]
    assert web.seconds < 300


def test_tries_end_when_their_time_does(visit):
    _, web = visit({URL: page(b"", 500)}, more="retries = 20", each="delay = 60")
    assert web.seconds <= 300 + 60


def test_the_crawl_delay_of_robots_txt_holds(visit):
    _, web = visit({ROBOTS: robots("Crawl-delay: 20"), URL: sent_on("/2"), f"{SITE}/2": [page(b"", 500), page()]})
    assert web.urls() == [ROBOTS, URL, f"{SITE}/2", URL, f"{SITE}/2"]
    assert gaps(web) >= 20


def test_conditional_requests(visit):
    last = "Tue, 05 Mar 2024 10:00:00 GMT"
    capture, web = visit({URL: (304, {}, b"")}, etag='"1"', last_modified=last, digest="sha1:A")
    assert capture.outcome is Outcome.UNCHANGED
    assert (web.headers(URL)["If-None-Match"], web.headers(URL)["If-Modified-Since"]) == ('"1"', last)
    assert "If-None-Match" not in web.headers(ROBOTS)


def test_304_to_a_request_without_a_condition_is_no_page(visit):
    assert visit({URL: [(304, {}, b""), page()]})[0].outcome is Outcome.NEW
    assert visit({URL: (304, {}, b"")})[0].outcome is Outcome.BROKEN


def test_a_bomb_is_too_large_and_does_no_harm(visit):
    bomb = gzip.compress(bytes(3_000_000))
    capture, web = visit({URL: page(bomb, Content_Encoding="gzip")}, more="[limits]\nexpanded_mb = 1")
    assert capture.outcome is Outcome.TOO_LARGE
    assert web.urls() == [ROBOTS, URL]


def test_hosts_are_asked_side_by_side_and_each_at_its_pace(tmp_path):
    sources = table(each='delay = 3\nsites = ["golos.ru"]')
    web = Web({f"https://{host}/{n}": page() for host in ("vestnik.ru", "golos.ru") for n in range(4)})

    async def together(archive):
        world = web.world()
        async with open_wire(sources.agent, Bounds(), Guard(), world) as wire:
            visitor = Visitor(wire, archive, sources, world, world.pause)
            await asyncio.gather(*(visitor.visit(known(url), sources.sources[0]) for url in web.answers))

    with open_archive(tmp_path, web.world().now) as archive:
        asyncio.run(together(archive))
    for host in ("vestnik.ru", "golos.ru"):
        assert len(web.times(host)) == 5
        times = web.times(host)
        assert all(later - earlier >= 3 for earlier, later in pairwise(times))
