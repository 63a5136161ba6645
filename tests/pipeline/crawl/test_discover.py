import asyncio
import tomllib

import pytest

from pipeline.crawl.capture import Document, Role
from pipeline.crawl.sources import sources_from
from pipeline.crawl.sources.discover import discover, proposed_table
from pipeline.crawl.sources.look import Look, look, told_feeds, told_sitemaps
from pipeline.errors import NetError, OptionError

SITE = "https://www.primer.ru"
FULL = (
    b"<?xml version='1.0'?><rss xmlns:yandex='http://news.yandex.ru'><channel>"
    b"<item><yandex:full-text>a</yandex:full-text></item><item><yandex:full-text>b</yandex:full-text></item></channel></rss>"
)
SHORT = b"<rss><channel><item/><item><title>a</title></item ><item><link>b</link></item></channel></rss>"
ATOM = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id></entry></feed>"
URLS = b"<urlset><url><loc>https://www.primer.ru/1</loc></url></urlset>"
NEWS = b"<urlset><url><loc>https://www.primer.ru/1</loc><news:publication_date>2026-11-24</news:publication_date></url></urlset>"
INDEX = b"<sitemapindex><sitemap><loc>https://www.primer.ru/s1.xml</loc></sitemap></sitemapindex>"


class Site:
    """A site in memory; remembers what it was asked for."""

    def __init__(self, pages, moved=None):
        self.pages = {f"{SITE}{path}": body for path, body in pages.items()}
        self.moved = moved or {}
        self.asked = []

    async def obtain(self, url, role):
        self.asked.append((url.removeprefix(SITE), role))
        url = self.moved.get(url, url)
        return Document(url, self.pages[url]) if url in self.pages else "404 Not Found"


def propose(site, url=f"{SITE}/"):
    return asyncio.run(discover(url, site.obtain))


def page(head="", body=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


RSS = '<link rel="alternate" type="application/rss+xml" href="{}">'


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (FULL, Look("feed", 2, 2)),
        (ATOM, Look("feed", 1)),
        (b"<rdf:RDF><item rdf:about='a'></item></rdf:RDF>", Look("feed", 1)),
        (URLS, Look("sitemap", 1)),
        (NEWS, Look("sitemap", 1, 0, news=True)),
        (INDEX, Look("sitemap index", 1)),
        (page(body="<p>&lt;rss&gt;"), Look("page")),
        (b"", Look("other")),
        (b"\x00" * 5000 + FULL, Look("other")),
    ],
)
def test_what_a_document_is(content, seen):
    assert look(content) == seen


def test_feeds_that_a_page_names_its_head_first():
    content = page(
        RSS.format("/all.xml") + "<link rel='stylesheet' type='text/css' href='/rss.css'>" + RSS.format("/all.xml#a"),
        '<a href="/rss/news">RSS</a><a href="/press/1">о пресс-службе</a><a href="https://vk.com/primer">ВК</a>',
    )
    assert told_feeds(content, f"{SITE}/") == [f"{SITE}/all.xml", f"{SITE}/rss/news"]
    assert told_feeds(b"", SITE) == []


def test_sitemaps_that_robots_name():
    robots = "User-agent: *\nDisallow: /a\nSITEMAP: /news.xml\n"
    robots += "Sitemap:https://www.primer.ru/all.xml # всё\n# Sitemap: /no.xml"
    assert told_sitemaps(robots.encode(), f"{SITE}/robots.txt") == [f"{SITE}/news.xml", f"{SITE}/all.xml"]


def test_the_feed_with_full_texts_comes_first():
    site = Site(
        {"/": page(RSS.format("/short") + RSS.format("/full") + RSS.format("/gone")), "/short": SHORT, "/full": FULL}
    )
    proposal = propose(site)
    assert [feed.url for feed in proposal.feeds] == [f"{SITE}/full", f"{SITE}/short"]
    assert proposal.failed == ((f"{SITE}/gone", "404 Not Found"),)
    assert proposal.sections == ()


def test_a_news_sitemap_is_better_than_one_of_all_pages():
    robots = b"Sitemap: https://www.primer.ru/all.xml\nSitemap: https://www.primer.ru/google-news.xml\n"
    site = Site({"/": page(), "/robots.txt": robots, "/all.xml": INDEX, "/google-news.xml": NEWS})
    proposal = propose(site)
    assert [sitemap.url for sitemap in proposal.sitemaps] == [f"{SITE}/google-news.xml"]
    assert ("/google-news.xml", Role.SITEMAP) in site.asked


def test_places_are_guessed_only_where_no_feed_is_named():
    named, silent = Site({"/": page(RSS.format("/a")), "/a": ATOM}), Site({"/": page(), "/feed/": ATOM})
    assert [feed.url for feed in propose(named).feeds] == [f"{SITE}/a"]
    assert ("/feed/", Role.FEED) not in named.asked
    proposal = propose(silent)
    assert [feed.url for feed in proposal.feeds] == [f"{SITE}/feed/"]
    assert proposal.failed == ()


def test_where_nothing_is_found_the_page_is_a_section():
    site = Site({"/news/": page()})
    assert propose(site, f"{SITE}/news/").sections == (f"{SITE}/news/",)


def test_a_page_that_is_served_for_every_address_is_no_feed():
    class Everything(Site):
        async def obtain(self, url, role):
            self.asked.append((url, role))
            return Document(url, page())

    site = Everything({})
    proposal = propose(site)
    assert (proposal.feeds, proposal.sitemaps) == ((), ())
    assert len(site.asked) < 10


def test_addresses_that_lead_to_one_are_proposed_once():
    moved = {f"{SITE}/b": f"{SITE}/a"}
    proposal = propose(Site({"/": page(RSS.format("/a") + RSS.format("/b")), "/a": ATOM}, moved))
    assert [feed.url for feed in proposal.feeds] == [f"{SITE}/a"]


def test_a_site_of_many_feeds_is_asked_for_few():
    feeds = {f"/rss/{i}": ATOM for i in range(100)}
    site = Site({"/": page("".join(map(RSS.format, feeds)))} | feeds)
    assert len(propose(site).feeds) == 8
    assert len(site.asked) <= 10


def test_what_is_proposed_is_a_valid_table():
    site = Site(
        {
            "/": page(RSS.format("/full?a=1&b=2")),
            "/full?a=1&b=2": FULL,
            "/robots.txt": b"Sitemap: /n.xml",
            "/n.xml": NEWS,
        }
    )
    written = proposed_table(propose(site))
    (source,) = sources_from(f'contact = "bot@primer.ru"\n{written}').sources
    assert source.name == "primer"
    assert source.feeds == (f"{SITE}/full?a=1&b=2",)
    assert source.sitemaps == (f"{SITE}/n.xml",)
    assert "# articles: 2, with their full text: 2" in written
    assert "# pages: 1, with dates of publication" in written


def test_what_a_server_says_cannot_write_into_the_table():
    async def obtain(url, _role):
        return (
            Document(url, page(RSS.format("/a")))
            if url == f"{SITE}/"
            else '500\x00\x85\n[sources.evil]\nurls = ["http://a.ru"]'
        )

    written = proposed_table(asyncio.run(discover(SITE, obtain)))
    assert list(tomllib.loads(written)["sources"]) == ["primer"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://m.primer.ru/", "primer"),
        ("https://kuban.primer.com.ru/", "primer-kuban"),
        ("http://127.0.0.1:80/", "site"),
    ],
)
def test_the_name_of_a_source(url, name):
    async def obtain(asked, _role):
        return Document(asked, page())

    assert asyncio.run(discover(url, obtain)).name == name


def test_a_site_that_does_not_answer_and_one_that_leads_away():
    with pytest.raises(NetError, match="404 Not Found"):
        propose(Site({}))
    with pytest.raises(OptionError):
        propose(Site({}), "ftp://primer.ru/")
    away = Site({}, {f"{SITE}/": "https://drugoy.ru/"})
    away.pages["https://drugoy.ru/"] = page()
    with pytest.raises(NetError, match="another site"):
        propose(away)
