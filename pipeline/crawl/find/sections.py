"""Reads section pages: the links that a selector chooses, or those that look like links to articles."""

import warnings
from datetime import UTC, datetime, tzinfo

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag, XMLParsedAsHTMLWarning
from soupsieve import SelectorSyntaxError

from pipeline.crawl.addresses import canonical
from pipeline.crawl.capture import Found
from pipeline.crawl.find.finding import Finding, finding
from pipeline.crawl.find.links import Link, one_link, page_links, told, words
from pipeline.model import FeedItem
from pipeline.times import aware_time

_MOST_ARTICLES = 500  # of a section page; a page of more is a map of the site
_HEADLINE_WORDS = 3


def read_section(
    content: bytes, document: Found, zone: tzinfo, *, selector: str | None = None, charset: str | None = None
) -> Finding:
    """Find the articles that a section page lists. `selector` chooses links, or elements that hold links (CSS)."""
    soup = _parsed(content, charset)
    named = soup.find("base", href=True)
    base = (isinstance(named, Tag) and canonical(str(named["href"]), document.url)) or document.url
    try:
        founds = _chosen(soup, base, document, selector) if selector else _detected(soup, base, document)
    except SelectorSyntaxError as error:
        return Finding((), (f"the selector {selector!r} is none of CSS: {str(error).splitlines()[0]}",))
    times = _times(soup, base, zone)
    dated = [Found(f.url, f.source, published_at=times.get(f.url), item=f.item) for f in founds]
    complaints = [] if dated else ["no link to an article" + (f" by the selector {selector!r}" if selector else "")]
    if len(dated) > _MOST_ARTICLES:
        complaints.append(f"{len(dated)} links: only the first {_MOST_ARTICLES} are taken")
    return finding(dated[:_MOST_ARTICLES], complaints)


def _parsed(content: bytes, charset: str | None) -> BeautifulSoup:
    try:
        with warnings.catch_warnings(
            action="ignore", category=XMLParsedAsHTMLWarning
        ):  # XHTML is read as what it is for
            return BeautifulSoup(content, "lxml", from_encoding=charset or None)
    except (ParserRejectedMarkup, LookupError):
        return BeautifulSoup("", "lxml")


def _detected(soup: BeautifulSoup, base: str, document: Found) -> list[Found]:
    weighed = told(list(page_links(soup, base)), document.url)
    return [_found(one.url, one.title, document) for one in weighed if one.is_article]


def _chosen(soup: BeautifulSoup, base: str, document: Found, selector: str) -> list[Found]:
    anchors: list[Tag] = []
    for tag in soup.select(selector):
        anchors.extend([tag] if tag.name == "a" else tag.find_all("a", href=True))
    links: list[Link] = [link for anchor in anchors if (link := one_link(anchor, base))]
    return [
        _found(link.url, link.text if words(link.text) >= _HEADLINE_WORDS else None, document)
        for link in links
        if link.url != document.url
    ]


def _found(url: str, title: str | None, document: Found) -> Found:
    return Found(url, document.source, item=FeedItem(document.url, title) if title else None)


def _times(soup: BeautifulSoup, base: str, zone: tzinfo) -> dict[str, datetime]:
    """Give the times of <time> elements that stand with one link alone: by the link's address."""
    times: dict[str, datetime] = {}
    for tag in soup.find_all("time", datetime=True):
        time = aware_time(str(tag["datetime"]), zone)
        around = next((p for p in (tag, *tag.parents) if p.name == "a" or p.find("a", href=True)), None)
        if time is None or around is None or time.astimezone(UTC).year < 1990:  # noqa: PLR2004 - no such pages were
            continue
        anchors = [around] if around.name == "a" else around.find_all("a", href=True)
        urls = {url for a in anchors if (url := canonical(str(a.get("href") or ""), base))}
        if len(urls) == 1:
            times.setdefault(urls.pop(), time)
    return times
