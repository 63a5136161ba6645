from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find import read_document

MOSCOW = ZoneInfo("Europe/Moscow")
FEED = b"<rss><channel><item><title>A</title><link>https://vesti-zareche.example/feed/1</link></item></channel></rss>"
SITEMAP = b"<urlset><url><loc>https://vesti-zareche.example/map/1</loc></url></urlset>"
SECTION = "<html><a href='/section/10001.html'>Мост через Луговку сдали раньше срока</a></html>".encode()
PIECES = [
    *(b"<rss>", b"</rss>", b"<item>", b"<link>", b"/1", b"<![CDATA[", b"]]>", b"&amp;", b"&b;", b"<!--", b"-->"),
    *(b"<!DOCTYPE x [", b"]>", b"<!ENTITY", b"<a href='", b"'>", b"<urlset>", b"<url>", b"<loc>", b"</loc>", b"</url>"),
    *(
        b"\x1f\x8b\x08",
        b"\xff\xfe",
        b"\x00",
        b"<?xml encoding='utf-16'?>",
        b"<pubDate>",
        "вторник".encode(),
        b"<base href='//[",
    ),
]


def read(content, role, **options):
    return read_document(content, Found("https://vesti-zareche.example/x", "zareche", role), MOSCOW, **options)


@pytest.mark.parametrize("role", [Role.FEED, Role.SITEMAP, Role.SECTION])
@pytest.mark.parametrize(("content", "kind"), [(FEED, "feed"), (SITEMAP, "map")])
def test_xml_is_read_as_what_it_is_whatever_it_was_taken_for(role, content, kind):
    assert [found.url for found in read(content, role).founds] == [f"https://vesti-zareche.example/{kind}/1"]


def test_a_section_is_a_page():
    assert [found.url for found in read(SECTION, Role.SECTION).founds] == [
        "https://vesti-zareche.example/section/10001.html"
    ]
    assert read(SECTION, Role.FEED).complaints
    assert read(SECTION, Role.SITEMAP).complaints


@pytest.mark.parametrize("role", [Role.FEED, Role.SITEMAP, Role.SECTION])
@settings(max_examples=150, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)))
def test_any_bytes_give_a_finding(role, content):
    finding = read(content, role, charset="no-such")
    assert finding.founds or finding.complaints
