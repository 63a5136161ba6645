import asyncio
import io
from datetime import UTC, datetime, timedelta

from rich.console import Console

from pipeline.cli.sources._given import given_view, remarks
from pipeline.crawl.capture import Document, Found, Role
from pipeline.crawl.sources import sources_from
from pipeline.crawl.sources.probe import probe
from pipeline.model import FeedItem

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
SITE = "https://primer.ru"


def given(table, told):
    """Probe a source whose documents point to what `told` says by their addresses; tell also what was asked."""
    (source,) = sources_from(f'contact = "bot@primer.ru"\n[sources.primer]\n{table}').sources
    asked = []

    async def obtain(url, role):
        asked.append((url, role))
        return Document(url, b"") if url in told else "404 Not Found"

    made = asyncio.run(probe(source, obtain, lambda _source, found, _document: told[found.url], NOW))
    return made, asked


def page(path, days=0, html=None):
    url = path if "://" in path else f"{SITE}{path}"
    item = FeedItem(f"{SITE}/rss", html=html)
    return Found(url, "primer", published_at=NOW - timedelta(days=days), item=item)


def part(path, days=None):
    modified = None if days is None else NOW - timedelta(days=days)
    return Found(f"{SITE}{path}", "primer", Role.SITEMAP, modified_at=modified)


def test_what_a_feed_gives_is_counted():
    pages = [
        page("/a", html="<p>Кластер."),
        page("/a"),
        page("/video/1"),
        page("/b", days=30),
        page("https://partner.ru/1"),
        page("https://partner.ru/2"),
        page("https://a.drugoy.ru/1"),
    ]
    (made,), asked = given(f'feeds = ["{SITE}/rss"]\nexclude = ["/video/*"]', {f"{SITE}/rss": pages})
    assert (made.pages, made.taken, made.old, made.full) == (6, 1, 1, 1)
    assert made.elsewhere == ("partner.ru", "a.drugoy.ru")
    assert made.newest == NOW
    assert asked == [(f"{SITE}/rss", Role.FEED)]
    assert not made.barren


def test_full_texts_are_counted():
    pages = [page("/a", html="<p>Кластер."), page("/b")]
    (made,), _ = given(f'feeds = ["{SITE}/rss"]', {f"{SITE}/rss": pages})
    assert made.full == 1


def test_a_document_that_is_not_there_and_one_that_gives_nothing():
    made, _ = given(f'feeds = ["{SITE}/gone", "{SITE}/empty"]', {f"{SITE}/empty": []})
    assert [(one.trouble, one.pages, one.barren) for one in made] == [("404 Not Found", 0, True), ("", 0, True)]
    assert made[1].newest is None


def test_of_an_index_the_newest_sitemap_is_asked_and_no_deeper_one():
    told = {
        f"{SITE}/index": [part("/old", 9), part("/new", 1), part("/undated")],
        f"{SITE}/new": [page("/a"), part("/index", 0)],
    }
    (made,), asked = given(f'sitemaps = ["{SITE}/index"]', told)
    assert [url for url, _ in asked] == [f"{SITE}/index", f"{SITE}/new"]
    assert (made.url, made.taken) == (f"{SITE}/index", 1)


def test_an_index_whose_part_is_gone_says_which():
    (made,), _ = given(f'sitemaps = ["{SITE}/index"]', {f"{SITE}/index": [part("/a"), part("/b")]})
    assert made.trouble == f"{SITE}/b: 404 Not Found"


def test_articles_are_not_asked_for():
    made, asked = given(f'urls = ["{SITE}/a"]', {})
    assert (made, asked) == ([], [])


def test_what_a_document_gave_is_told_with_what_wants_a_look():
    pages = [page("/a", days=30), page("https://partner.ru/1")]
    made, _ = given(
        f'feeds = ["{SITE}/rss", "{SITE}/gone", "{SITE}/empty"]', {f"{SITE}/rss": pages, f"{SITE}/empty": []}
    )
    assert [remarks(one) for one in made] == [
        "points to other sites, which `sites` may name: partner.ru; 1 older than max_age_days; nothing to fetch",
        "404 Not Found",
        "no articles found",
    ]
    console = Console(width=200, file=io.StringIO())
    console.print(given_view([("primer", one) for one in made], NOW + timedelta(hours=5)))
    _, *lines = console.file.getvalue().splitlines()
    assert lines[0].split()[:8] == ["primer", f"{SITE}/rss", "2", "0", "0", "5", "h", "ago"]
    assert lines[1].split() == ["primer", f"{SITE}/gone", "404", "Not", "Found"]
