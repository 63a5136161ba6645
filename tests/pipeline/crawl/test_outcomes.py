"""What answers come to, and when to come again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.crawl.capture import Capture, Found, Known, Outcome, Role
from pipeline.crawl.outcomes import again_at, asked_seconds, of_reply, of_trouble
from pipeline.crawl.sources import sources_from
from pipeline.net import Ask, Mishap, Reply, Trouble
from tests.pipeline.crawl.fake_web import NOON, STORY

URL = "https://vestnik.ru/news/1"
FIXED = "https://vestnik.ru/fixed"
WALL = b"<html><head><title>Just a moment...</title></head><body><div id='cf-chl-x'></div></body></html>"
(SOURCE,) = sources_from(
    f'contact = "bot@svodka.example"\n[sources.v]\nfeeds = ["https://vestnik.ru/rss"]\nurls = ["{FIXED}"]'
).sources
HOUR = timedelta(hours=1)


def reply(status=200, body=STORY, kind="text/html", **headers):
    told = [(name.replace("_", "-"), value) for name, value in headers.items()]
    told += [("Content-Type", kind)] if kind else []
    return Reply(Ask(URL), NOON, status, "", "HTTP/1.1", tuple(told), body, None, 0.1)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (reply(), Outcome.NEW),
        (reply(203), Outcome.NEW),
        (reply(kind=None), Outcome.NEW),
        (reply(kind="Text/HTML;charset=windows-1251"), Outcome.NEW),
        (reply(kind="text/html, text/html"), Outcome.NEW),
        (reply(kind="application/xhtml+xml"), Outcome.NEW),
        (reply(kind="application/pdf"), Outcome.NOT_TEXT),
        (reply(kind="text/html5"), Outcome.NOT_TEXT),
        (reply(body=b""), Outcome.BROKEN),
        (reply(204, b""), Outcome.BROKEN),
        (reply(206), Outcome.BROKEN),
        (reply(302), Outcome.BROKEN),  # leads nowhere
        (reply(304, b""), Outcome.UNCHANGED),
        (reply(403), Outcome.REFUSED),
        (reply(403, WALL), Outcome.WALL),
        (reply(200, WALL), Outcome.WALL),
        (reply(503, WALL), Outcome.WALL),
        (reply(404), Outcome.GONE),
        (reply(410), Outcome.GONE),
        (reply(425), Outcome.SERVER_ERROR),
        (reply(429), Outcome.SERVER_ERROR),
        (reply(502), Outcome.SERVER_ERROR),
        (reply(404, b"garbled", Content_Encoding="gzip"), Outcome.GONE),
        (reply(200, b"garbled", Content_Encoding="gzip"), Outcome.BROKEN),
        (reply(200, b"what?", Content_Encoding="zstd"), Outcome.BROKEN),
    ],
)
def test_answers(answer, outcome):
    assert of_reply(answer, Role.PAGE, 1_000_000)[0] is outcome


def test_a_document_may_be_of_any_type_but_no_wall():
    feed = reply(kind="application/octet-stream", body=b"<rss/>")
    assert of_reply(feed, Role.FEED, 1000)[0] is Outcome.NEW
    assert of_reply(reply(403, WALL), Role.FEED, 1000) == (Outcome.WALL, "cloudflare, answered 403")


@pytest.mark.parametrize("mishap", Mishap)
def test_every_trouble_comes_to_something(mishap):
    assert of_trouble(Trouble(Ask(URL), NOON, mishap, "why", passing=False))[1] == "why"


def capture(outcome, url=URL, role=Role.PAGE, published=None, hops=()):
    return Capture(Found(url, "v", role, published), outcome, NOON, hops)


def again(outcome, tries=0, url=URL, digest=None, **told):
    done = capture(outcome, url, **told)
    moment = again_at(done, Known(done.found, tries, digest=digest), SOURCE)
    return moment and moment - NOON


def test_what_failed_is_asked_for_later_and_later_and_at_last_given_up():
    assert [again(Outcome.UNREACHABLE, tries) for tries in range(5)] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, None]
    assert [again(Outcome.WALL, tries) for tries in (0, 3, 4)] == [24 * HOUR, 24 * HOUR, None]


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.DISALLOWED, Outcome.OFF_SITE, Outcome.NOT_TEXT])
def test_what_will_not_pass_is_not_asked_for_again(outcome):
    assert again(outcome) is None


@pytest.mark.parametrize("outcome", Outcome)
def test_fixed_addresses_are_asked_for_every_night_whatever_came_of_them(outcome):
    assert again(outcome, 1000, url=FIXED) <= 24 * HOUR


def test_documents_are_none_of_the_frontiers():
    assert again(Outcome.SERVER_ERROR, role=Role.FEED) is None


def test_young_pages_are_rechecked():
    assert again(Outcome.NEW, published=NOON - 47 * HOUR) == 12 * HOUR
    assert again(Outcome.UNCHANGED, published=NOON - 49 * HOUR) is None
    assert again(Outcome.NEW) == 12 * HOUR
    done = capture(Outcome.UNCHANGED)
    assert again_at(done, Known(done.found, found_at=NOON - 47 * HOUR), SOURCE) == NOON + 12 * HOUR
    assert again_at(done, Known(done.found, found_at=NOON - 49 * HOUR), SOURCE) is None
    never = SOURCE.model_copy(update={"recheck_days": 0})
    done = capture(Outcome.NEW, published=NOON)
    assert again_at(done, Known(done.found), never) is None


@pytest.mark.parametrize(("asked", "hours"), [("60", 1), ("18000", 5), ("99999999999", 7 * 24), ("soon", 1)])
def test_a_server_is_left_alone_as_long_as_it_asks_to_a_limit(asked, hours):
    done = replace(capture(Outcome.SERVER_ERROR), hops=(reply(503, Retry_After=asked),))
    assert again_at(done, Known(done.found), SOURCE) == NOON + hours * HOUR


def test_how_long_it_asks():
    assert asked_seconds(reply(503, Retry_After="Wed, 06 Mar 2024 12:00:30 GMT")) == 30
    assert asked_seconds(reply(503)) is None
    assert asked_seconds(capture(Outcome.UNREACHABLE)) is None
