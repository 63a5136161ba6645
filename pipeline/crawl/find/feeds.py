"""Reads feeds: RSS 0.9 to 2.0, RDF and Atom, well-formed or broken, with the full text where they carry it.

feedparser is handed bytes and nothing else: from a string it would open paths and addresses.
"""

import html
import io
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import feedparser

from pipeline.crawl.addresses import canonical
from pipeline.crawl.capture import Found
from pipeline.crawl.find.finding import Finding, finding
from pipeline.crawl.find.safe import refusal
from pipeline.model import FeedItem
from pipeline.times import aware_time

# Ends of names, as feedparser writes them: yandex_full-text.
_FULL = ("full-text", "fulltext", "full_text", "turbo_content")
_TAG = re.compile(r"<[^>]{0,2000}>")
_NEAR_LONGEST = 0.8  # of the longest text: then the cleaner field is taken
_LONG = 1000  # characters from which a description is the text itself, not a teaser
_MOST_ITEMS = 10_000
_HARMLESS = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)

Entry = dict[str, Any]  # what feedparser makes of an item


def read_feed(content: bytes, document: Found, zone: tzinfo, charset: str | None = None) -> Finding:
    """Find the articles of a feed. `document` is the feed's own address, `zone` that of dates without one."""
    if reason := refusal(content):
        return Finding((), (f"the feed was refused: {reason}",))
    typed = f"application/xml; charset={charset}" if charset else "application/xml"
    told = {"content-location": document.url, "content-type": typed}
    try:
        parsed = feedparser.parse(io.BytesIO(content.lstrip()), response_headers=told)
    except (ValueError, LookupError, RecursionError, AssertionError) as error:  # of its forgiving parser
        return Finding((), (f"no feed: {type(error).__name__}",))
    entries = parsed.entries[:_MOST_ITEMS]
    complaints = list(_complaints(parsed, entries))
    founds = [found for entry in entries if (found := _found(entry, document, zone))]
    if len(founds) < len(entries):
        complaints.append(f"{len(entries) - len(founds)} of {len(entries)} items have no address")
    return finding(founds, complaints)


def _complaints(parsed: Any, entries: list[Entry]) -> Iterator[str]:
    error = parsed.get("bozo_exception")
    if parsed.bozo and not isinstance(error, _HARMLESS):
        yield f"broken XML: {' '.join(str(error).split())[:200]}"
    if not parsed.get("version") and not entries:
        yield "no feed: neither RSS nor Atom"
    elif not entries:
        yield "the feed is empty"
    names = [entry["id"] for entry in entries if entry.get("id")]
    if twice := len(names) - len(set(names)):
        yield f"{twice} items bear the guid of another"


def _found(entry: Entry, document: Found, zone: tzinfo) -> Found | None:
    url = _address(entry, document.url)
    if url is None:
        return None
    published = _time(entry, ("published", "created", "updated"), zone)
    title = _plain(str(entry.get("title") or "")) or None
    item = FeedItem(document.url, title, _full_text(entry), published, _authors(entry))
    return Found(url, document.source, published_at=published, modified_at=_time(entry, ("updated",), zone), item=item)


def _address(entry: Entry, base: str) -> str | None:
    """Give the article's address: before it was led over a counter of clicks, its link, or a guid that is one."""
    guid = str(entry.get("id") or "")
    links = (entry.get("feedburner_origlink"), entry.get("link"), guid if guid.startswith("http") else None)
    return next((url for link in links if link and (url := canonical(str(link), base))), None)


def _time(entry: Entry, names: tuple[str, ...], zone: tzinfo) -> datetime | None:
    told = (str(dict.get(entry, name) or "") for name in names)  # the library's own `get` takes one for the other
    return next((time for value in told if (time := aware_time(value, zone))), None)


def _full_text(entry: Entry) -> str | None:
    named = [str(value) for key, value in entry.items() if key.endswith(_FULL) and value]
    fields = [*named, *(str(part.get("value") or "") for part in entry.get("content") or ())]
    summary = str(entry.get("summary") or "")
    if len(_plain(summary)) >= _LONG:
        fields.append(summary)
    sizes = [len(_plain(field)) for field in fields]
    longest = max(sizes, default=0)
    return next((f for f, size in zip(fields, sizes, strict=True) if size and size >= longest * _NEAR_LONGEST), None)


def _authors(entry: Entry) -> tuple[str, ...]:
    named = [str(author.get("name") or "") for author in entry.get("authors") or ()]
    clean = (" ".join(name.split()) for name in named)
    return tuple(dict.fromkeys(name for name in clean if name and "@" not in name))


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
