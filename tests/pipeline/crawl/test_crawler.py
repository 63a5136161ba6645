"""A whole crawl: documents, pages, budgets, stopping, and what goes wrong on the way."""

import errno
import os
import signal
from datetime import timedelta
from email.utils import format_datetime

import pytest

from pipeline.crawl import crawler
from pipeline.crawl.archive import open_archive
from pipeline.crawl.archive._tape import Tape
from pipeline.crawl.capture import Outcome, Role
from pipeline.crawl.crawler import crawl
from pipeline.crawl.sources import sources_from
from pipeline.crawl.visit import Visitor
from pipeline.errors import OutputError
from pipeline.read import read
from pipeline.settings import Limits
from tests.pipeline.crawl.fake_web import NOON, STORY, Web, page, robots

SITE = "https://vestnik.ru"
FEED = f"{SITE}/rss"
XML = {"Content-Type": "application/xml"}
TEXT = "Завод в Заречье запустил новую линию и набирает людей. " * 20
WALL = b"<html><head><title>Just a moment...</title></head><body><div id='cf-chl-x'></div></body></html>"


def news(number):
    return f"{SITE}/news/{number}"


def rss(*urls, text="", at=NOON, **headers):
    full = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>" if text else ""
    items = "".join(
        f"<item><title>Новость</title><link>{url}</link><pubDate>{format_datetime(at)}</pubDate>{full}</item>"
        for url in urls
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>В</title>'
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return 200, XML | told, f"{head}{items}</channel></rss>".encode()


def index(*urls):
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return (
        200,
        XML,
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'.encode(),
    )


def urlset(*urls):
    parts = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return 200, XML, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</urlset>'.encode()


@pytest.fixture
def go(tmp_path):
    """Crawl into the test's archive; give what came of it, and the captures by address."""

    def one(web, each="", *, documents=f'feeds = ["{FEED}"]', more=""):
        text = f'contact = "bot@svodka.example"\n{more}\n[sources.vestnik]\n{documents}\n{each}\n'
        told = {}
        with open_archive(tmp_path, web.world().now) as archive:
            crawled = crawl(sources_from(text), archive, web.world(), lambda kept: told.update({kept.found.url: kept}))
        return crawled, told

    return one


def outcomes(told):
    return {url: kept.outcome for url, kept in told.items()}


def versions(folder, url):
    with open_archive(folder, lambda: NOON) as archive:
        return list(archive.versions(url))


def test_a_night_and_the_next(go):
    web = Web({FEED: rss(news(1), news(2), ETag='"f"'), news(1): page(ETag='"1"'), news(2): page()})
    crawled, told = go(web)
    assert outcomes(told) == dict.fromkeys((FEED, news(1), news(2)), Outcome.NEW)
    assert (crawled.stopped, crawled.failures, dict(crawled.fresh)) == (None, (), {"vestnik": 2})
    web.began += timedelta(days=1)
    web.answers |= {FEED: (304, {}, b""), news(1): (304, {}, b""), news(2): page("Иначе: ".encode() + STORY)}
    crawled, told = go(web)
    assert outcomes(told) == {FEED: Outcome.UNCHANGED, news(1): Outcome.UNCHANGED, news(2): Outcome.CHANGED}
    last = {str(request.url): request.headers for _, request in web.asked}
    assert (last[FEED]["If-None-Match"], last[news(1)]["If-None-Match"]) == ('"f"', '"1"')
    assert dict(crawled.fresh) == {}


def test_yesterdays_night_does_not_count_for_today(go):
    web = Web({FEED: rss(news(1)), news(1): page()})
    go(web)
    web.began += timedelta(hours=24) - timedelta(seconds=web.seconds + 5)  # a timer is early by seconds
    assert dict(go(web)[0].fresh) == {}
    web.answers[FEED] = rss(news(1), news(3), at=NOON + timedelta(days=1))
    web.answers[news(3)] = page()
    assert dict(go(web)[0].fresh) == {"vestnik": 1}


def test_a_budget_of_pages_is_spent_whole_and_not_more_and_the_next_crawl_goes_on(go):
    pages = [news(number) for number in range(10)]
    web = Web({FEED: rss(*pages)} | dict.fromkeys(pages, page()))
    crawled, told = go(web, more="[night]\npages = 6")
    assert crawled.stopped == "budget_pages"
    assert len(told) == 1 + 6
    crawled, _ = go(web)
    assert crawled.stopped is None
    assert sorted(url for url in web.urls() if "/news/" in url) == sorted(pages)


def test_pages_that_may_not_be_asked_for_cost_nothing(go):
    closed = [f"{SITE}/closed/{number}" for number in range(9)]
    web = Web({f"{SITE}/robots.txt": robots("Disallow: /closed"), FEED: rss(*closed, news(1)), news(1): page()})
    crawled, told = go(web, more="[night]\npages = 5")
    assert told[news(1)].outcome is Outcome.NEW
    assert crawled.stopped is None


def test_a_budget_of_minutes_ends_even_a_wait_that_a_server_asks_for(go):
    web = Web({FEED: rss(news(1), news(2)), news(1): page(b"", 429, Retry_After="36000"), news(2): page()})
    web.answers[news(2)] = web.answers[news(1)]
    crawled, told = go(web, more="[night]\nminutes = 30")
    assert crawled.stopped == "budget_minutes"
    assert web.seconds <= 30 * 60 + 1
    assert sum(kept.outcome is Outcome.SERVER_ERROR for kept in told.values()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_after_what_is_under_way(go, number):
    pages = [news(step) for step in range(12)]
    web = Web({FEED: rss(*pages)} | dict.fromkeys(pages, page()))
    web.on_request = lambda _: os.kill(os.getpid(), number) if len(web.asked) == 5 else None
    before = signal.getsignal(number)
    crawled, _ = go(web)
    assert crawled.stopped == "interrupted"
    assert len(web.asked) < 10
    assert signal.getsignal(number) == before
    web.on_request = None
    assert go(web)[0].stopped is None
    assert sorted(url for url in web.urls() if "/news/" in url) == sorted(pages)


def test_a_signal_is_heard_where_nothing_may_be_asked_for(go, monkeypatch):
    closed = [news(number) for number in range(50)]
    web = Web({f"{SITE}/robots.txt": robots("Disallow: /news"), FEED: rss(*closed)})
    settled = crawler._SourceCrawl._settled

    def interrupting(self, capture, known):
        os.kill(os.getpid(), signal.SIGTERM)
        monkeypatch.setattr(crawler._SourceCrawl, "_settled", settled)
        return settled(self, capture, known)

    monkeypatch.setattr(crawler._SourceCrawl, "_settled", interrupting)
    crawled, told = go(web)
    assert crawled.stopped == "interrupted"
    assert len(told) < 20


def test_a_trap_is_bounded_and_what_is_known_stays_known(go):
    pages = [news(number) for number in range(8)]
    web = Web({FEED: rss(*pages)} | dict.fromkeys(pages, page()))
    assert len(go(web, "max_pages = 5")[1]) == 1 + 5


def test_nested_sitemaps_loop_and_lead_elsewhere(go):
    one, two, three, four = (f"{SITE}/map{number}.xml" for number in range(1, 5))
    away = "https://cdn.example.org/map.xml"
    answers = {
        one: index(two, one, away),
        two: index(three, one),
        three: index(four, two),
        four: urlset(news(4)),
        away: urlset(news(5)),
    }
    answers[three] = urlset(news(1))
    web = Web(answers | {news(1): page()})
    crawled, told = go(web, documents=f'sitemaps = ["{one}"]')
    assert [web.urls().count(url) for url in (one, two, three, away)] == [1, 1, 1, 0]
    assert told[news(1)].outcome is Outcome.NEW
    assert crawled.failures == ()
    web = Web({one: index(two), two: index(three), three: index(four), four: urlset(news(4))})
    go(web, documents=f'sitemaps = ["{one}"]')
    assert four not in web.urls()


def test_many_parts_do_not_crowd_out_the_other_documents(go, monkeypatch):
    monkeypatch.setattr(crawler, "MOST_PARTS", 3)
    parts = [f"{SITE}/part{number}.xml" for number in range(9)]
    section = f"{SITE}/all"
    web = Web({f"{SITE}/map.xml": index(*parts)} | dict.fromkeys(parts, urlset(news(1))))
    go(web, documents=f'sitemaps = ["{SITE}/map.xml"]\nsections = ["{section}"]')
    assert sum(url in parts for url in web.urls()) == 3
    assert section in web.urls()


def test_a_page_that_cannot_be_had_is_taken_from_its_feed(go, tmp_path):
    closed = f"{SITE}/closed/1"
    web = Web({f"{SITE}/robots.txt": robots("Disallow: /closed"), FEED: rss(closed, text=TEXT)})
    crawled, told = go(web)
    assert (told[closed].outcome, told[closed].detail) == (Outcome.NEW, "from the feed: disallowed")
    assert closed not in web.urls()
    assert crawled.failures == ()
    (kept,) = read([str(tmp_path)], Limits())
    assert "набирает людей" in kept.content.decode()
    assert go(web)[1].keys() == {FEED}
    web.began += timedelta(days=1)
    web.answers[FEED] = rss(closed, text=f"{TEXT} Дополнено.")
    assert go(web)[1][closed].outcome is Outcome.CHANGED
    assert len(versions(tmp_path, closed)) == 2


def test_feeds_are_not_believed_where_the_table_says_so(go):
    web = Web({f"{SITE}/robots.txt": robots("Disallow: /news"), FEED: rss(news(1), text=TEXT)})
    assert go(web, 'full_text = "page"')[1][news(1)].outcome is Outcome.DISALLOWED


def test_a_wall_before_a_page_that_was_had_is_no_change_of_it(go, tmp_path):
    web = Web({FEED: rss(news(1), text=TEXT), news(1): page()})
    go(web)
    web.began += timedelta(days=1)
    web.answers[news(1)] = page(WALL, 403)
    assert go(web)[1][news(1)].outcome is Outcome.WALL
    assert len(versions(tmp_path, news(1))) == 1


def test_a_page_that_fails_for_good_is_taken_from_its_feed_at_last(go):
    web = Web({FEED: rss(news(1), text=TEXT), news(1): page(b"", 500)})
    came = []
    for _ in range(5):
        came.append(go(web, more="retries = 0")[1][news(1)].outcome)
        web.began += timedelta(days=1)
        web.answers[FEED] = (304, {}, b"")
    assert came == [Outcome.SERVER_ERROR] * 4 + [Outcome.NEW]


@pytest.mark.parametrize("body", [b"<html><body>Oops</body></html>", b"<rss><channel>"])
def test_a_feed_that_is_none_is_told_and_asked_for_anew(go, body):
    web = Web({FEED: (200, XML | {"ETag": '"1"'}, body)})
    crawled, told = go(web)
    assert told[FEED].outcome is Outcome.BROKEN
    assert told[FEED].detail
    assert [failure.url for failure in crawled.failures] == [FEED]
    go(web)
    assert all("If-None-Match" not in request.headers for _, request in web.asked)


def test_a_mistake_of_ours_in_one_document_is_told_and_the_night_goes_on(go, monkeypatch, caplog):
    other = f"{SITE}/rss2"
    pointed_to = crawler.pointed_to

    def failing(source, found, document):
        if found.url == FEED:
            raise TypeError("two and two are five")
        return pointed_to(source, found, document)

    monkeypatch.setattr(crawler, "pointed_to", failing)
    web = Web({FEED: rss(news(1), ETag='"1"'), other: rss(news(2)), news(2): page()})
    crawled, told = go(web, documents=f'feeds = ["{FEED}", "{other}"]')
    assert outcomes(told) == {FEED: Outcome.BROKEN, other: Outcome.NEW, news(2): Outcome.NEW}
    assert "two and two are five" in crawled.failures[0].detail
    assert "two and two are five" in caplog.text
    monkeypatch.undo()
    web.answers[news(1)] = page()
    assert go(web, documents=f'feeds = ["{FEED}", "{other}"]')[1][news(1)].outcome is Outcome.NEW


def test_a_mistake_of_ours_in_one_page_is_told_and_the_night_goes_on(go, monkeypatch):
    visit = Visitor.visit

    async def failing(self, known, source):
        if known.found.url == news(1):
            raise KeyError("what")
        return await visit(self, known, source)

    monkeypatch.setattr(Visitor, "visit", failing)
    web = Web({FEED: rss(news(1), news(2)), news(2): page()})
    _, told = go(web)
    assert outcomes(told) == {FEED: Outcome.NEW, news(1): Outcome.BROKEN, news(2): Outcome.NEW}
    assert told[news(1)].retry_at


def test_a_full_disk_ends_the_crawl(go, monkeypatch):
    written = []
    write = Tape.write

    def failing(self, members, most):
        written.append(members)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, members, most)

    pages = [news(number) for number in range(20)]
    web = Web({FEED: rss(*pages)} | dict.fromkeys(pages, page()))
    monkeypatch.setattr(Tape, "write", failing)
    with pytest.raises(OutputError, match="No space left"):
        go(web)
    assert len(web.asked) < 12
    monkeypatch.undo()
    crawled, _ = go(web)
    assert (crawled.stopped, crawled.failures) == (None, ())


def test_what_the_table_excludes_since_is_not_asked_for(go):
    pages = [news(1), f"{SITE}/video/1"]
    web = Web({FEED: rss(*pages)} | dict.fromkeys(pages, page(b"", 500)))
    go(web, more="retries = 0")
    web.began += timedelta(days=1)
    told = go(web, 'exclude = ["/video/*"]', more="retries = 0")[1]
    assert set(told) == {FEED, news(1)}


def test_old_news_and_other_sites_are_passed_over(go):
    web = Web({FEED: rss(news(1), "https://drugoy.ru/1", at=NOON - timedelta(days=30))})
    assert set(go(web)[1]) == {FEED}
    web = Web({FEED: rss("https://drugoy.ru/1")})
    assert set(go(web)[1]) == {FEED}


def test_fixed_addresses(go):
    web = Web({news(1): page()})
    _, told = go(web, documents=f'urls = ["{news(1)}"]')
    assert (told[news(1)].outcome, told[news(1)].found.role) == (Outcome.NEW, Role.PAGE)
    web.began += timedelta(days=1)
    assert outcomes(go(web, documents=f'urls = ["{news(1)}"]')[1]) == {news(1): Outcome.UNCHANGED}


def test_one_source_that_is_down_is_no_trouble_to_the_others(go):
    web = Web({"https://dead.ru/robots.txt": page(b"", 500), FEED: rss(news(1)), news(1): page()})
    crawled, told = go(web, '[sources.dead]\nfeeds = ["https://dead.ru/rss"]')
    assert told["https://dead.ru/rss"].outcome is Outcome.ROBOTS_UNREACHABLE
    assert told[news(1)].outcome is Outcome.NEW
    assert [failure.source for failure in crawled.failures] == ["dead"]
