"""Section pages in several manners; an address marked `data-article` is an article's. Titles and sites are invented."""
# ruff: noqa: E501 - markup is written as sites write it, in long lines

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find.links import address_score
from pipeline.crawl.find.sections import read_section

MOSCOW = ZoneInfo("Europe/Moscow")
SECTION = Found("https://vesti-zareche.example/news/", "zareche", Role.SECTION)
TITLES = (
    "В Заречье открыли цех по выпуску насосов",
    "Губернатор назначил нового министра промышленности",
    "Мост через Луговку сдадут на год раньше срока",
    "Фонд развития выдал первый заём на 40 млн рублей",
    "Суд признал банкротом завод «Луговской литейщик»",
    "Синоптики обещают области оттепель к выходным",
)
MENU = """<nav><a href="/">Главная</a><a href="/news/">Новости</a><a href="/economy/">Экономика и бизнес области</a>
<a href="/tag/nasosy/">Насосы</a><a href="/about/">О редакции и наших авторах</a></nav>"""
FOOT = """<footer><a href="/reklama/">Реклама на сайте и в газете</a><a href="/privacy/">Политика обработки персональных данных</a>
<a href="https://counter.example/">Счётчик</a><a href="mailto:a@vesti-zareche.example">Письмо</a><a href="/rss.xml">RSS</a></footer>"""
CALENDAR = """<table class="days"><tr><td><a href="/news/2026/11/23/">23</a></td><td><a href="/news/2026/11/24/">24</a></td></tr>
<tr><td><a href="/news/2026/12/">Все новости за декабрь 2026 года</a></td><td><a href="/news/?date=2026-11-25">25</a></td>
<td><a href="/archive/2026-11-25">Архив новостей за этот день</a></td><td><a href="/news/20261125/">Новости за среду 25 ноября</a></td></tr></table>
<a href="/news/?page=2">Показать ещё другие новости раздела</a><a href="/news/page/3/">Следующая страница со старыми новостями</a>"""

ADDRESSES = {
    "day and slug": "/news/2026/11/24/{slug}/",
    "day and number": "/economics/24/11/2026/6743a1b59a79472c2bd4{n}",
    "number": "/news/1084{n}.html",
    "number without a file": "/text/society/2026/11/24/7500{n}/",
    "slug": "/{slug}",
    "query": "/index.php?id=5{n}",
    "short number": "/news/{m}/",
}
FORMS = {
    "list": '<li class="i"><span>10:00</span><a data-article href="{url}">{title}</a></li>',
    "cards": '<div class="card"><a href="{url}"><img src="/p/{n}.jpg"></a><h3><a data-article href="{url}">{title}</a></h3>'
    '<p>{title}, сообщили в правительстве.</p><a href="/tag/t{m}/">Главное</a><a href="{url}#comments">{m} комментариев</a></div>',
    "one link around all": '<article><a data-article href="{url}"><h2>{title}</h2><p>Подробности у нас.</p></a></article>',
    "read on": '<div><b>{title}</b><p>Сообщили в мэрии.</p><a data-article href="{url}" title="{title}">Читать далее</a></div>',
}


def section(address, form):
    rows = []
    for n, title in enumerate(TITLES):
        slug = "otkryli-novyy-tsekh-po-vypusku-" + "abcdef"[n]
        url = address.format(slug=slug, n=1000 + n, m=41 + n)
        rows.append(form.format(url=url, title=title, n=1000 + n, m=41 + n))
    return f"<html><body>{MENU}<main>{''.join(rows)}</main>{CALENDAR}{FOOT}</body></html>"


def read(text, **options):
    return read_section(text.encode(), SECTION, MOSCOW, **options)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_articles_and_nothing_else_are_found(address, form):
    text = section(address, form)
    expected = {f"https://vesti-zareche.example{url}" for url in re.findall(r'data-article href="([^"]+)"', text)}
    assert {found.url for found in read(text).founds} == expected


def test_titles_are_told():
    founds = read(section(ADDRESSES["number"], FORMS["cards"])).founds
    assert [found.item.title for found in founds] == list(TITLES)


def test_a_selector_chooses():
    text = section(ADDRESSES["short number"], FORMS["cards"])
    assert len(read(text, selector="main h3 a").founds) == len(TITLES)
    assert len(read(text, selector="h3").founds) == len(TITLES)
    assert "no link" in read(text, selector=".none").complaints[0]
    assert "none of CSS" in read(text, selector="a[").complaints[0]


def test_a_time_beside_a_link_is_its_own():
    row = '<li><time datetime="2026-11-24T10:00">10:00</time><a href="/news/{0}">Мост через Луговку сдали раньше срока</a></li>'
    founds = read("".join(map(row.format, (10001, 10002)))).founds
    assert {found.published_at for found in founds} == {datetime(2026, 11, 24, 7, tzinfo=UTC)}


def test_base_and_encoding_are_heeded():
    text = '<meta charset=windows-1251><base href="/old/"><a href="news/10001.html">Мост через Луговку сдали раньше срока</a>'
    (found,) = read_section(text.encode("cp1251"), SECTION, MOSCOW).founds
    assert found.url == "https://vesti-zareche.example/old/news/10001.html"
    assert found.item.title.startswith("Мост")


@pytest.mark.parametrize(
    "url",
    [
        "/2026/11/24/",
        "/news/2026/11/",
        "/archive/2026/11/24",
        "/news/24.11.2026/",
        "/calendar/2031/1/",
        "/news/?year=2031&month=2",
        "/news/day/20261124/",
        "/news/page/7/",
        "/",
    ],
)
def test_archives_by_day_are_no_articles_even_with_headlines(url):
    assert address_score("https://vesti-zareche.example" + url) < -3


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"<a href=", "просто текст".encode(), b"<a href='http://[/'>x</a>"]
)
def test_a_page_without_links_is_a_complaint(content):
    finding = read_section(content, SECTION, MOSCOW)
    assert finding.founds == ()
    assert finding.complaints
