"""The site's feeds, sitemaps and sections in all their forms: what a host lists on a night, as bytes."""

import gzip
import html
from collections.abc import Callable, Sequence
from email.utils import format_datetime

from tests.site.answer import Answer
from tests.site.articles import published, sentences, title
from tests.site.plan import Document, Host, Item

PER_SITEMAP = 10_000
_FEED = 'version="2.0" xmlns:yandex="http://news.yandex.ru" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
_URLSET = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = _URLSET + ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

Told = tuple[str, Item, int]  # its address, itself, its version
Writer = Callable[[Sequence[Told]], bytes]


def _item(told: Told, *, guid: str = "", more: str = "", mark: str = "") -> str:
    url, item, version = told
    link = html.escape(url + mark)
    date = format_datetime(published(item.number))
    name = html.escape(title(item.number, version))
    head = f"<title>{name}</title><link>{link}</link><guid>{guid or link}</guid>"
    return f"<item>{head}<pubDate>{date}</pubDate>{more}</item>"


def _rss(items: str, head: str = "") -> bytes:
    opening = f'<?xml version="1.0" encoding="utf-8"?>{head}<rss {_FEED}><channel><title>Вести</title>'
    return f"{opening}{items}</channel></rss>".encode()


def rss(found: Sequence[Told]) -> bytes:
    return _rss("".join(map(_item, found)))


def tracking(found: Sequence[Told]) -> bytes:
    """Each twice, with different parameters of those who count visitors."""
    marks = ("?utm_source=rss&utm_medium=feed", "?utm_campaign=other#comments")
    return _rss("".join(_item(told, mark=mark) for told in found for mark in marks))


def duplicate_guids(found: Sequence[Told]) -> bytes:
    return _rss("".join(_item(told, guid="same") for told in found))


def full_text(found: Sequence[Told]) -> bytes:
    def text(told: Told) -> str:
        said = html.escape("\n\n".join(sentences(told[1].number, told[2])))
        return f"<yandex:full-text>{said}</yandex:full-text>"

    return _rss("".join(_item(told, more=text(told)) for told in found))


def broken(found: Sequence[Told]) -> bytes:
    """Bare ampersands, a tag never closed, an unknown entity, and no end."""
    items = "".join(_item(told, more="<category>Дом & сад<br></category><x>&neverheard;") for told in found)
    return _rss(items).removesuffix(b"</channel></rss>")


def cp1251(found: Sequence[Told]) -> bytes:
    return rss(found).decode().replace("utf-8", "windows-1251").encode("windows-1251")


def atom(found: Sequence[Told]) -> bytes:
    entries = "".join(
        f'<entry><title>{html.escape(title(item.number, version))}</title><link href="{html.escape(url)}"/>'
        f"<id>{html.escape(url)}</id><updated>{published(item.number).isoformat()}</updated></entry>"
        for url, item, version in found
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Вести</title>{entries}</feed>'.encode()
    )


def rdf(found: Sequence[Told]) -> bytes:
    spaces = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    items = "".join(
        f'<item rdf:about="{html.escape(url)}"><title>{html.escape(title(item.number, version))}</title>'
        f"<link>{html.escape(url)}</link></item>"
        for url, item, version in found
    )
    return f'<?xml version="1.0"?><rdf:RDF {spaces}><channel><title>Вести</title></channel>{items}</rdf:RDF>'.encode()


def _bomb(root: str) -> bytes:
    """A billion laughs."""
    entities = ['<!ENTITY a0 "ха">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return f'<?xml version="1.0"?><!DOCTYPE x [{"".join(entities)}]><{root}><x>&a9;</x></{root}>'.encode()


def bomb(_: Sequence[Told]) -> bytes:
    return _bomb("rss")


def sitemap_bomb(_: Sequence[Told]) -> bytes:
    return _bomb("urlset")


def entity(_: Sequence[Told]) -> bytes:
    """An entity out of a file; were it read, its text would be an address."""
    item = "<item><title>&x;</title><link>http://127.0.0.250/&x;</link></item>"
    return _rss(item, '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


def plain(found: Sequence[Told]) -> bytes:
    urls = "".join(
        f"<url><loc>{html.escape(url)}</loc><lastmod>{published(item.number).isoformat()}</lastmod></url>"
        for url, item, _ in found
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_URLSET}>{urls}</urlset>'.encode()


def news(found: Sequence[Told]) -> bytes:
    urls = "".join(
        f"<url><loc>{html.escape(url)}</loc><news:news><news:publication><news:name>Вести</news:name>"
        f"<news:language>ru</news:language></news:publication><news:publication_date>"
        f"{published(item.number).isoformat()}</news:publication_date><news:title>"
        f"{html.escape(title(item.number, version))}</news:title></news:news></url>"
        for url, item, version in found
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_NEWS}>{urls}</urlset>'.encode()


def _index(addresses: Sequence[str]) -> bytes:
    maps = "".join(f"<sitemap><loc>{html.escape(url)}</loc></sitemap>" for url in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_URLSET}>{maps}</sitemapindex>'.encode()


def section(found: Sequence[Told]) -> bytes:
    cards = "".join(
        f'<article class="card"><a class="card-link" href="{html.escape(url.partition("//")[2].partition("/")[1])}'
        f'{html.escape(url.split("/", 3)[3])}">{html.escape(title(item.number, version))}</a>'
        f"<time>{published(item.number):%d.%m.%Y %H:%M}</time></article>"
        for url, item, version in found
    )
    menu = '<nav><a href="/">Главная</a><a href="/section">Новости</a><a href="/about/1">О газете</a></nav>'
    days = '<div class="days"><a href="/calendar/2026/11/">Ноябрь</a><a href="/calendar/2026/10/">Октябрь</a></div>'
    head = '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Новости</title></head>'
    return f"{head}<body>{menu}<main>{cards}</main>{days}</body></html>".encode()


def calendar(path: str) -> Answer:
    """Any month links to the next ones and to each of its days, without an end."""
    year, month = int(path.split("/")[2]), int(path.split("/")[3])
    ahead = year * 12 + month  # months count from 0 here, so this is the next one
    links = [f"/calendar/{number // 12}/{number % 12 + 1:02}/" for number in (ahead - 2, ahead, ahead + 11)]
    links += [f"/calendar/{year}/{month:02}/{day:02}/" for day in range(1, 29)]
    body = "".join(f'<li><a href="{link}">Новости за {link[10:-1]}</a></li>' for link in links)
    return Answer(body=f'<html><head><meta charset="utf-8"></head><body><ul>{body}</ul></body></html>'.encode())


WRITERS: dict[str, tuple[Writer, str]] = {
    **{
        writer.__name__: (writer, "application/rss+xml")
        for writer in (rss, rdf, broken, duplicate_guids, full_text, cp1251, tracking, bomb, entity)
    },
    "atom": (atom, "application/atom+xml"),
    **{writer.__name__: (writer, "application/xml") for writer in (plain, news, sitemap_bomb)},
    "gz": (lambda found: gzip.compress(plain(found), 1, mtime=0), "application/gzip"),
    "list": (section, "text/html; charset=utf-8"),
    "trap": (section, "text/html; charset=utf-8"),
}
_NESTING = {"index", "loop"}


def document(host: Host, doc: Document, part: str, *, port: int, night: int) -> Answer:
    """Write a document as it is on a night. A sitemap's `part` is a number, or empty for the whole."""
    base = f"http://{host.address}:{port}"
    items = [item for item in host.items if item.listed == doc.path and item.first_night <= night]
    if doc.form in _NESTING and not part:
        parts = [f"{base}{doc.path}?part={number}" for number in range(len(items) // PER_SITEMAP + 1)]
        more = [f"{base}{doc.path}", f"{base}{doc.path}?part=deeper"] if doc.form == "loop" else []
        return Answer(200, _index([*parts, *more]), "application/xml")
    if part == "deeper":  # back to where one came from, and to itself
        return Answer(200, _index([f"{base}{doc.path}", f"{base}{doc.path}?part=deeper"]), "application/xml")
    start = int(part) * PER_SITEMAP if part else 0
    chosen = items[start : start + PER_SITEMAP] if part else items
    writer, kind = WRITERS["plain" if doc.form in _NESTING else doc.form]
    return Answer(200, writer([(base + item.path, item, item.version(night)) for item in chosen]), kind)
