from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find.feeds import read_feed
from pipeline.times import aware_time

MOSCOW = ZoneInfo("Europe/Moscow")
FEED = Found("https://vesti-zareche.example/rss.xml", "zareche", Role.FEED)
NAMES = (
    'xmlns:yandex="http://news.yandex.ru" xmlns:rbc_news="https://www.rbc.ru" xmlns:turbo="http://turbo.yandex.ru" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STORY = "<p>В Заречье открыли цех по выпуску насосов. Об этом сообщил директор завода.</p>" * 5


def rss(*items, head='<?xml version="1.0" encoding="utf-8"?>'):
    return f'{head}<rss version="2.0" {NAMES}><channel><title>Вести</title>{"".join(items)}</channel></rss>'


def item(inner="", link="/news/1", title="Цех открыли", date="Tue, 24 Nov 2026 10:00:00 +0300"):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{inner}</item>"


def read(text, encoding="utf-8", charset=None):
    return read_feed(text.encode(encoding), FEED, MOSCOW, charset)


def test_an_item_tells_address_title_time_and_authors():
    found = read(rss(item("<dc:creator>Анна Ким</dc:creator>", "/news/1?utm_source=rss"))).founds[0]
    assert found.url == "https://vesti-zareche.example/news/1"
    assert found.source == "zareche"
    assert found.role is Role.PAGE
    assert found.published_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert (found.item.title, found.item.authors, found.item.html) == ("Цех открыли", ("Анна Ким",), None)


@pytest.mark.parametrize("name", ["yandex:full-text", "rbc_news:full-text", "turbo:content", "content:encoded"])
@pytest.mark.parametrize("form", ["<![CDATA[{}]]>", "escaped"])
def test_the_full_text_is_taken_whatever_carries_it(name, form):
    body = STORY.replace("<", "&lt;") if form == "escaped" else form.format(STORY)
    found = read(rss(item(f"<description>Коротко</description><{name}>{body}</{name}>"))).founds[0]
    assert found.item.html == STORY


def test_a_teaser_among_the_fields_does_not_win_over_the_text():
    inner = f"<yandex:full-text>Коротко…</yandex:full-text><content:encoded><![CDATA[{STORY}]]></content:encoded>"
    assert read(rss(item(inner))).founds[0].item.html == STORY


def test_a_short_description_is_no_full_text():
    assert read(rss(item("<description>Цех открыли в Заречье.</description>"))).founds[0].item.html is None


def test_atom_is_read():
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Вести</title><entry><title>Мост сдан</title>
    <link rel="alternate" href="https://vesti-zareche.example/most"/><id>tag:1</id>
    <published>2026-11-24T08:00:00Z</published><updated>2026-11-24T09:00:00Z</updated></entry></feed>"""
    found = read(text).founds[0]
    assert found.url.endswith("/most")
    assert found.published_at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert found.modified_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_rdf_is_read():
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://vesti-zareche.example/a">
    <title>Мост</title><link>https://vesti-zareche.example/a</link><dc:date>2026-11-24T08:00+03:00</dc:date></item></rdf:RDF>"""
    assert read(text).founds[0].published_at == datetime(2026, 11, 24, 5, tzinfo=UTC)


def test_broken_xml_gives_what_it_can_and_a_complaint():
    text = rss(item(title="Завод & сын"), item(link="/news/2")).replace("</channel></rss>", "")
    finding = read(text)
    assert [found.url[-1] for found in finding.founds] == ["1", "2"]
    assert any("broken XML" in complaint for complaint in finding.complaints)


@pytest.mark.parametrize(("encoding", "charset"), [("cp1251", None), ("cp1251", "windows-1251"), ("koi8-r", None)])
def test_encodings(encoding, charset):
    named = {"cp1251": "windows-1251"}.get(encoding, encoding)
    finding = read(rss(item(), head=f'<?xml version="1.0" encoding="{named}"?>'), encoding, charset)
    assert finding.founds[0].item.title == "Цех открыли"


def test_one_guid_on_two_addresses_keeps_both_and_says_so():
    finding = read(rss(item("<guid>7</guid>"), item("<guid>7</guid>", "/news/2")))
    assert len(finding.founds) == 2
    assert any("guid" in complaint for complaint in finding.complaints)


def test_one_address_twice_keeps_the_fuller():
    full = f"<content:encoded><![CDATA[{STORY}]]></content:encoded>"
    finding = read(rss(item(), item(full)))
    assert [found.item.html for found in finding.founds] == [STORY]


def test_a_guid_is_the_address_where_there_is_no_link():
    text = rss("<item><title>А</title><guid>https://vesti-zareche.example/g/1</guid></item>")
    assert [found.url for found in read(text).founds] == ["https://vesti-zareche.example/g/1"]


def test_an_item_without_an_address_is_a_complaint():
    finding = read(rss("<item><title>А</title></item>", item()))
    assert len(finding.founds) == 1
    assert any("no address" in complaint for complaint in finding.complaints)


BOMB = '<!DOCTYPE r [<!ENTITY a "ааа"><!ENTITY b "&a;&a;&a;&a;">]>'
THEFT = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BOMB, THEFT, "<!-- > --> " + BOMB])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(declared, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'
    finding = read(rss(item(title="&b;&x;"), head=head), encoding)
    assert finding.founds == ()
    assert "refused" in finding.complaints[0]


def test_the_declaration_of_rss_091_is_harmless():
    head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/rss.dtd">'
    assert len(read(rss(item(), head=head)).founds) == 1


@pytest.mark.parametrize("text", ["", "<html><body>404</body></html>", "просто текст", "/etc/passwd", "\x00\x01"])
def test_what_is_no_feed_is_a_complaint(text):
    finding = read(text)
    assert finding.founds == ()
    assert finding.complaints


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 +0300", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 2026 10:00:00 MSK", "2026-11-24T10:00:00+03:00"),
        ("24 Nov 2026 10:00:00 GMT", "2026-11-24T10:00:00+00:00"),
        ("Вт, 24 ноября 2026 10:00", "2026-11-24T10:00:00+03:00"),
        ("Tue, 24 Nov 26 10:00 +5", "2026-11-24T10:00:00+05:00"),
        ("Tue, 24 Nov 2026 10:00:00 YEKT", "2026-11-24T10:00:00+05:00"),
        ("24 ноя 2026 10:05 +0700", "2026-11-24T10:05:00+07:00"),
        ("2026-11-24", "2026-11-24T00:00:00+03:00"),
        ("2026-11-24 10:00:00.123 +0000", "2026-11-24T10:00:00+00:00"),
        ("20261124T100000Z", "2026-11-24T10:00:00+00:00"),
        ("Nov 24, 2026 10:00", "2026-11-24T10:00:00+03:00"),
        ("24/11/2026", "2026-11-24T00:00:00+03:00"),
        ("1795503600", "2026-11-24T07:00:00+00:00"),
        ("0000-00-00 00:00:00", None),
        ("31.02.2026", None),
        ("скоро", None),
        (None, None),
    ],
)
def test_times(told, expected):
    time = aware_time(told, MOSCOW)
    assert (time.isoformat() if time else None) == expected
