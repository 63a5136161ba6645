"""Tells a bot wall, a challenge or a stub of scripts from the page that was asked for.

By status, headers and body together, and with care: sites behind such services name them on every page, and articles
are written about them. Only a page that shows next to no text of its own is a wall, unless a header says so outright.
"""

import html
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors import read_table
from pipeline.net import Reply

_LOOKED_AT = 300_000  # bytes; a wall is small, and what is larger is no wall
_FEW_CHARS = 900  # of visible text that a wall has at most
_STORY_PARAGRAPH = 200  # characters of a <p> that only an article has
_STORY_PARAGRAPHS = 2
_NO_CHARS = 60  # of visible text on a page that is but a script
_REFUSING = frozenset({401, 403, 405, 406, 429, 503})
_UNSEEN = re.compile(r"<(?:(!--)|(script|style|noscript|template|svg|head|title)(?=[\s>]))", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"<p(?=[\s>])", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</(?:p|div|body)", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign|href)|location\s*=|document\s*\.\s*cookie|\.submit\s*\(", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    part: str
    weight: str
    pattern: re.Pattern[str]


def wall(reply: Reply, body: bytes) -> str | None:
    """Name the wall that stands in the page's place, or None. `body` is the reply's, unpacked."""
    headers = "\n".join(f"{name}: {value}" for name, value in reply.headers)
    if name := _named(headers, "header", {"sure"}):
        return name
    if len(body) > _LOOKED_AT or not _is_markup(reply, body):
        return None
    text = _decoded(reply, body)
    shown = _shown(text)
    if len(shown) > _FEW_CHARS or _has_story(text):
        return None
    weights = {"wall", "status"} if reply.status in _REFUSING else {"wall"}
    title = _TITLE.search(text)
    parts = (("title", _shown(title[1]) if title else ""), ("body", text), ("header", headers))
    told = next((name for part, value in parts if (name := _named(value, part, weights))), None)
    return told or ("script stub" if len(shown) < _NO_CHARS and _is_stub(text) else None)


def _named(text: str, part: str, weights: set[str]) -> str | None:
    signs = (sign for sign in _signs() if sign.part == part and sign.weight in weights)
    return next((sign.name for sign in signs if sign.pattern.search(text)), None)


def _is_markup(reply: Reply, body: bytes) -> bool:
    kind = (reply.header("content-type") or "").lower()
    return "html" in kind or body.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html", b"<script", b"<head"))


def _decoded(reply: Reply, body: bytes) -> str:
    kind = (reply.header("content-type") or "").encode("ascii", "replace")
    named = _CHARSET.search(kind) or _CHARSET.search(body[:4000])
    for charset in (*([named[1].decode("ascii", "replace")] if named else []), "utf-8"):
        try:
            return body.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1251", "replace")


def _shown(text: str) -> str:
    """Give the text that a reader sees, near enough. One pass: what is never closed hides nothing."""
    kept, at, unclosed = [], 0, set()
    low = text.lower()
    while found := _UNSEEN.search(text, at):
        closer = "-->" if found[1] else f"</{found[2].lower()}"
        stop = -1 if closer in unclosed else low.find(closer, found.end())
        if stop < 0:
            unclosed.add(closer)
        kept.append(text[at : found.start() if stop >= 0 else found.end()])
        at = stop if stop >= 0 else found.end()
    return " ".join(html.unescape(_TAG.sub(" ", " ".join([*kept, text[at:]]))).split())


def _has_story(text: str) -> bool:
    """Tell whether the page has paragraphs as only an article has."""
    pieces = (_PARAGRAPH_END.split(piece, maxsplit=1)[0] for piece in _PARAGRAPHS.split(text)[1:])
    return sum(len(_shown(f"<p{piece}")) >= _STORY_PARAGRAPH for piece in pieces) >= _STORY_PARAGRAPHS


def _is_stub(text: str) -> bool:
    """Tell whether a page that shows nothing is there to set a cookie or to send the browser on."""
    return "<script" in text.lower() and bool(_SCRIPTED.search(text))


@cache
def _signs() -> tuple[_Sign, ...]:
    rows = read_table(files("pipeline.crawl").joinpath("walls.tsv"))
    flags = re.IGNORECASE | re.MULTILINE
    return tuple(_Sign(r["name"], r["part"], r["weight"], re.compile(r["pattern"], flags)) for r in rows)
