import gzip
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find import sitemaps
from pipeline.crawl.find.sitemaps import read_sitemap

MOSCOW = ZoneInfo("Europe/Moscow")
MAP = Found("https://vesti-zareche.example/sitemap.xml", "zareche", Role.SITEMAP)
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = """<url><image:image><image:loc>/pic.jpg</image:loc><image:title>Фото</image:title></image:image>
<loc>https://vesti-zareche.example/news/1</loc><news:news>
<news:publication><news:name>Вести</news:name><news:language>ru</news:language></news:publication>
<news:publication_date>2026-11-24T10:00:00+03:00</news:publication_date>
<news:title>Цех открыли</news:title></news:news></url>"""


def urlset(inner, root="urlset"):
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {NAMES}>{inner}</{root}>'.encode()


def url(number, rest=""):
    return f"<url><loc>https://vesti-zareche.example/news/{number}</loc>{rest}</url>"


def read(content):
    return read_sitemap(content, MAP, MOSCOW)


def test_a_news_sitemap_tells_title_and_time():
    (found,) = read(urlset(NEWS)).founds
    assert found.url == "https://vesti-zareche.example/news/1"
    assert found.published_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert found.item.title == "Цех открыли"


def test_lastmod_is_the_time_of_a_change():
    (found,) = read(urlset(url(1, "<lastmod>2026-11-24</lastmod>"))).founds
    assert found.published_at is None
    assert found.modified_at == datetime(2026, 11, 23, 21, tzinfo=UTC)


def test_an_index_gives_sitemaps():
    inner = "<sitemap><loc>/sitemap-1.xml.gz</loc><lastmod>2026-11-24T00:00:00Z</lastmod></sitemap>"
    (found,) = read(urlset(inner, "sitemapindex")).founds
    assert (found.url, found.role) == ("https://vesti-zareche.example/sitemap-1.xml.gz", Role.SITEMAP)


def test_a_packed_sitemap_is_read_and_a_cut_one_as_far_as_it_goes():
    packed = gzip.compress(urlset("".join(url(i) for i in range(2000))))
    assert len(read(packed).founds) == 2000
    cut = read(packed[: len(packed) // 2])
    assert 0 < len(cut.founds) < 2000
    assert any("breaks off" in complaint for complaint in cut.complaints)


def test_a_bomb_is_not_expanded_beyond_the_bound(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 100_000)
    bomb = gzip.compress(urlset(url(1) + " " * 10_000_000 + url(2)))
    finding = read(bomb)
    assert len(finding.founds) <= 1
    assert any("larger than" in complaint for complaint in finding.complaints)


def test_a_bare_ampersand_does_not_cost_the_rest():
    finding = read(urlset(url("?a=1&b=2") + url(2)))
    assert finding.founds[-1].url.endswith("/news/2")
    assert any("broken XML" in complaint for complaint in finding.complaints)


def test_more_than_the_protocol_allows_is_cut(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_URLS", 10)
    finding = read(urlset("".join(url(i) for i in range(11))))
    assert len(finding.founds) == 10
    assert any("more than 10" in complaint for complaint in finding.complaints)


def test_fifty_thousand_addresses():
    finding = read(urlset("".join(url(i) for i in range(50_000))))
    assert (len(finding.founds), finding.complaints) == (50_000, ())


def test_lines_of_addresses_are_a_sitemap():
    text = "\ufeffhttps://vesti-zareche.example/a\nмусор\nhttps://vesti-zareche.example/b\n"
    assert [found.url[-1] for found in read(text.encode()).founds] == ["a", "b"]


@pytest.mark.parametrize("packed", [False, True])
def test_entities_are_refused(packed):
    head = '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    content = head.encode() + urlset(url("&x;")).split(b"?>")[1]
    finding = read(gzip.compress(content) if packed else content)
    assert finding.founds == ()
    assert "refused" in finding.complaints[0]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08broken", b"<html><p>404</html>", b"<", "привет".encode()])
def test_what_is_no_sitemap_is_a_complaint(content):
    finding = read(content)
    assert finding.founds == ()
    assert finding.complaints
