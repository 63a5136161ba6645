"""What a page's JSON-LD says of its article (schema.org NewsArticle and its kin); everything else in it is passed over.

Broken JSON is common on saved pages: control characters in strings and comment marks around the object are forgiven.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from pipeline.strip.decode import uniform

_ARTICLE = re.compile(r"(?:Article|BlogPosting|NewsStory|Report|LiveBlogPosting|SocialMediaPosting)$")
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)?|(?://)?\s*(?:-->|\]\]>)?\s*;?\s*$")
_MOST_OBJECTS = 2000  # objects of one page that are looked at


@dataclass(frozen=True, slots=True)
class Structured:
    """The article as JSON-LD describes it; empty where it says nothing."""

    headline: str = ""
    description: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    paywalled: bool = False


def read_structured(scripts: tuple[str, ...]) -> Structured:
    """Read the article out of the bodies of a page's JSON-LD scripts."""
    found = [item for script in scripts for item in _objects(_parsed(script))]
    articles = [item for item in found if any(_ARTICLE.search(kind) for kind in _texts(item.get("@type")))]
    if not articles:
        return Structured()
    article = max(
        articles, key=lambda item: sum(bool(item.get(key)) for key in ("headline", "datePublished", "articleBody"))
    )
    return Structured(
        headline=_text(article.get("headline") or article.get("name")),
        description=_text(article.get("description")),
        body=_prose(article.get("articleBody")),
        authors=tuple(_persons(article.get("author"))),
        publisher=_named(article.get("publisher")),
        published=_text(article.get("datePublished") or article.get("dateCreated")),
        modified=_text(article.get("dateModified")),
        url=_text(article.get("url")) or _address(article.get("mainEntityOfPage")),
        paywalled=str(article.get("isAccessibleForFree", "")).lower() == "false",
    )


def _parsed(script: str) -> Any:
    for text in (script, _WRAPPED.sub("", script), unescape(script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a JSON value, outer ones first."""
    queue, seen = [value], 0
    while queue and seen < _MOST_OBJECTS:
        item, seen = queue.pop(0), seen + 1
        if isinstance(item, dict):
            yield item
            queue.extend(inner for inner in item.values() if isinstance(inner, dict | list))
        elif isinstance(item, list):
            queue.extend(item)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _text(value: Any) -> str:
    """Give a value as one line of text without markup."""
    text = uniform(unescape(" ".join(_texts(value))))
    return " ".join(re.sub(r"<[^<>]{0,300}>", " ", text).split())


def _prose(value: Any) -> str:
    """Give a value as text whose paragraphs stand on lines of their own."""
    text = uniform(unescape("\n".join(_texts(value))))
    lines = re.sub(r"<(?:/p|br|/div)[^<>]{0,300}>", "\n", text).split("\n")
    return "\n".join(line for part in lines if (line := " ".join(re.sub(r"<[^<>]{0,300}>", " ", part).split())))


def _persons(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield _text(item)
        elif isinstance(item, dict) and "Organization" not in _texts(item.get("@type")):
            yield _named(item)


def _named(value: Any) -> str:
    item = value[0] if isinstance(value, list) and value else value
    return _text(item.get("name")) if isinstance(item, dict) else _text(item)


def _address(value: Any) -> str:
    return _text(value.get("@id") or value.get("url")) if isinstance(value, dict) else _text(value)
