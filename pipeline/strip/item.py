"""What a feed told of a page, put together with what the page shows: the feed's full text is the cleanest there is.

The feed's text goes through the same rules as a page. A teaser never takes the place of a story that the page shows.
Knows nothing of feeds as documents.
"""

import html
import re
from dataclasses import replace
from datetime import date, datetime

from pipeline.model import Article, FeedItem, Media, Page, Reason, Rejected
from pipeline.strip.authors import names
from pipeline.strip.compose import Metadata, compose
from pipeline.strip.furniture import fold
from pipeline.strip.html import strip_html

_SHORTEST = 200  # characters of a feed's text that stands for a page by itself
_TEASER_SHARE = 0.6  # of the page's text, below which a feed's text that the page holds too is its beginning only
_HELD = 0.8  # share of the feed's runs of words that the page has, from which it holds the feed's text
_RUN = 3  # words of a run
_TRAILS_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:читать|читайте)\s+(?:далее|полностью|дальше)\W*|подробнее\W*)$", re.IGNORECASE
)
_ELEMENT = re.compile(
    r"<(?:p|br|div|b|strong|a|img|h\d|ul|ol|li|blockquote|em|i|figure|span|table)\b[^>]*>", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;(?:p|br|div|a|img|b|strong|h\d|ul)\b", re.IGNORECASE)
_LINES = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"\w+")
_UNSURE = frozenset({"text", "title", "time", "url"})  # sources of a time that a feed's own is preferred to
_UNFIT = frozenset({Reason.NO_ARTICLE, Reason.INDEX_PAGE, Reason.EMPTY})  # of a page, where a feed shows a story


def with_item(page: Page, own: Article | Rejected) -> Article | Rejected:
    """Give the article of a page that a feed told of; `own` is what the page gave by itself."""
    item = page.item
    if item is None or page.media is Media.ARTICLE:
        return own
    told = _told(page, item)
    if isinstance(own, Rejected):
        return _by_feed(page, item, told, None) if told and _is_story(told) else own
    if told is None or _is_teaser(told, own):
        return _completed(own, item)
    return _by_feed(page, item, told, own)


def likeness(page: Page, own: Article | Rejected) -> float | None:
    """Tell how far a page's own text agrees with its feed's: F1 of runs of three words; None where nothing compares."""
    told = _told(page, page.item) if page.item else None
    if told is None or not _is_story(told):
        return None
    if isinstance(own, Rejected):
        return 0.0 if own.reason in _UNFIT else None
    one, other = _runs(_body(told)), _runs(_body(own))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else None


def _told(page: Page, item: FeedItem) -> Article | None:
    """Strip the feed's text as a page of its own, or None when it holds no story."""
    if not item.html or not item.html.strip():
        return None
    title = html.escape(item.title or "")
    head = f'<head><title>{title}</title><meta property="og:type" content="article"></head>'
    body = f'<body><h1>{title}</h1><div itemprop="articleBody">{_markup(item.html)}</div></body>'
    bare = Page(page.source, Media.HTML, b"", page.url, fetched_at=page.fetched_at)
    article = strip_html(bare, f"<!DOCTYPE html><html>{head}{body}</html>")
    return None if isinstance(article, Rejected) else article


def _markup(text: str) -> str:
    """Give a feed's text as markup: some feeds escape it once too often, some write plain lines."""
    if not _ELEMENT.search(text) and _ESCAPED.search(text):
        text = html.unescape(text)
    if _ELEMENT.search(text):
        return text
    lines = _LINES.split(html.unescape(text).strip())
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _by_feed(page: Page, item: FeedItem, told: Article, own: Article | None) -> Article:
    """Build the article of the feed's text and of all that the page says of itself."""
    published, source = _published(item, own)
    metadata = Metadata(
        title=(own and own.title) or item.title or told.title,
        lead=own.lead if own else None,
        authors=(own and own.authors) or _authors(item),
        canonical_url=own.canonical_url if own else None,
        site_name=own.site_name if own else None,
        published_at=published,
        published_source=source,
        modified_at=own.modified_at if own else None,
    )
    paragraphs = _paragraphs(told)
    if own and (lead := _missing_lead(own, told)):
        paragraphs.insert(0, lead)
    return compose(page, metadata, paragraphs, own.captions if own else told.captions)


def _completed(own: Article, item: FeedItem) -> Article:
    """Fill what the page did not say of itself."""
    published, source = _published(item, own)
    authors = own.authors or _authors(item)
    return replace(own, published_at=published, published_source=source, authors=authors)


def _published(item: FeedItem, own: Article | None) -> tuple[date | None, str | None]:
    sure = own and isinstance(own.published_at, datetime) and own.published_source not in _UNSURE
    if item.published_at and not sure:
        return item.published_at, "feed"
    return (own.published_at, own.published_source) if own else (None, None)


def _authors(item: FeedItem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in item.authors for name in names(value)))


def _missing_lead(own: Article, told: Article) -> str | None:
    """Give the page's standfirst when it is its first paragraph and the feed left it out."""
    shown = _paragraphs(own)
    lead = shown[0] if shown and own.lead == shown[0] else None
    return lead if lead and fold(lead) not in fold(told.text) else None


def _is_story(told: Article) -> bool:
    body = _body(told)
    return len(body) >= _SHORTEST and not _TRAILS_OFF.search(body.rstrip())


def _is_teaser(told: Article, own: Article) -> bool:
    """Tell whether the feed's text is but the beginning of what the page shows."""
    short, long = _body(told), _body(own)
    if len(short) >= len(long):
        return False
    if not _is_story(told):
        return True
    runs = _runs(short)
    held = len(runs & _runs(long)) >= len(runs) * _HELD
    return held and len(short) < len(long) * _TEASER_SHARE


def _paragraphs(article: Article) -> list[str]:
    return [article.text[span.start : span.stop] for span in article.paragraphs]


def _body(article: Article) -> str:
    return "\n".join(_paragraphs(article))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
