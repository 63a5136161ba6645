"""Tells links to articles from all other links of a page: by address, by anchor, and by the company they keep.

No sign decides alone: an address with a day and a number, a headline for an anchor, and a dozen neighbours built the
same way add up. Archives by day and page numbers count strongly against a link: calendars have no end.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from extractors import read_table
from pipeline.crawl.addresses import canonical, host_of, same_site

THRESHOLD = 3.0  # of the weights below and of link_signs.tsv, from which a link is to an article
_WORDS, _FEW_WORDS = 4, 3  # of a headline; of what may be one
_HEADLINE, _SHORT_HEADLINE, _HEADED = 2.0, 1.0, 1.0
_COMPANY = 1.0  # for a link among others built alike, most of them headlines
_FURNITURE = -2.0
_FEWEST_ALIKE = 3
_NEAR_ABOVE = 3  # elements around a link that tell how it is built
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_FURNITURE_TAGS = frozenset({"nav", "footer", "header"})
_FURNITURE_NAMES = re.compile(
    r"\b(?:nav|menu|footer|header|breadcrumbs?|pagination|pager|calendar|tags|social|share)\b"
)
_OTHER_HOSTS = re.compile(r"^(?:redir|forum|my|id|auth|login|mail|shop|horo(?:scope)?|adv?|ads|api|cdn|static|img)\.")
_OTHER_HOST = -6.0
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPLIT = re.compile(r"[^a-z]+")
_ANSWERS = re.compile(
    r"^(?:читать|подробнее|далее|смотреть|все |ещё|еще|показать|комментар|фото|видео$)", re.IGNORECASE
)
_MOST_LINKS = 20_000


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its canonical address, its anchor's words, how it is built, and what stands around it."""

    url: str
    text: str
    build: tuple[str, ...]  # the elements around it, innermost first
    headed: bool  # within a heading, or around one
    furniture: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An address and what adds up for it."""

    url: str
    title: str | None
    score: float

    @property
    def is_article(self) -> bool:
        """Tell whether there is enough for an article."""
        return self.score >= THRESHOLD


def page_links(soup: BeautifulSoup, base: str) -> Iterator[Link]:
    """Give the links of a page to its own site."""
    for anchor in soup.find_all("a", href=True, limit=_MOST_LINKS):
        if (link := one_link(anchor, base)) and same_site(host_of(link.url), host_of(base)):
            yield link


def one_link(anchor: Tag, base: str) -> Link | None:
    """Read a link; None when it leads nowhere."""
    url = canonical(str(anchor.get("href") or ""), base)
    if url is None:
        return None
    around = [anchor, *anchor.parents]
    text, title = (" ".join(value.split()) for value in (anchor.get_text(" "), str(anchor.get("title") or "")))
    text = title if not text or (_ANSWERS.match(text) and words(title) > words(text)) else text
    headed = any(tag.name in _HEADINGS for tag in around[: _NEAR_ABOVE + 1]) or anchor.find(_HEADINGS) is not None
    build = tuple(_built(tag) for tag in around[: _NEAR_ABOVE + 1])
    return Link(url, text, build, headed, any(map(_is_furniture, around)))


def told(links: list[Link], base: str) -> list[Told]:
    """Weigh the addresses of a page, each once, in the page's order."""
    by_url: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.url != canonical(base):
            by_url[link.url].append(link)
    company = _company(by_url)
    weighed = []
    for url, same in by_url.items():
        best = max(same, key=lambda link: _anchor(link) + company[link.build])
        title = best.text if words(best.text) >= _FEW_WORDS else None
        score = address_score(url) + _anchor(best) + company[best.build]
        weighed.append(Told(url, title, score))
    return weighed


def _company(by_url: dict[str, list[Link]]) -> dict[tuple[str, ...], float]:
    """Give what each way of being built is worth: something where most links built so are headlines."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    headlines: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for url, same in by_url.items():
        for link in same:
            groups[link.build].add(url)
            if words(link.text) >= _WORDS:
                headlines[link.build].add(url)
    return {
        build: _COMPANY * (len(urls) >= _FEWEST_ALIKE and 2 * len(headlines[build]) > len(urls))
        for build, urls in groups.items()
    }


def _anchor(link: Link) -> float:
    count = 0 if _ANSWERS.match(link.text) and words(link.text) <= _WORDS else words(link.text)
    headline = _HEADLINE if count >= _WORDS else _SHORT_HEADLINE if count >= _FEW_WORDS else 0.0
    return headline + _HEADED * (link.headed and headline > 0) + _FURNITURE * link.furniture


def words(text: str) -> int:
    """Count the words of an anchor, numbers not among them."""
    return sum(1 for _ in _WORD.finditer(text))


def address_score(url: str) -> float:
    """Weigh an address by its form alone.

    >>> address_score("https://example.ru/economics/24/11/2026/zavod-otkryl-novyi-tsekh.html")
    4.0
    >>> address_score("https://example.ru/news/2026/11/24/") < 0
    True
    """
    parts = urlsplit(url)
    where = f"{parts.path}?{parts.query}".rstrip("?").lower()
    if where == "/":
        return -9.0
    weights: dict[str, float] = {}
    for sign, weight, pattern in _signs():
        if sign not in weights and pattern.search(where):
            weights[sign] = weight
    return sum(weights.values()) + _OTHER_HOST * bool(_OTHER_HOSTS.match(parts.netloc))


@cache
def _signs() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    rows = read_table(files("pipeline.crawl.find").joinpath("link_signs.tsv"))
    return tuple((row["sign"], float(row["weight"]), re.compile(row["pattern"])) for row in rows)


def _names(tag: Tag) -> str:
    value = tag.get("class") or ""
    return value if isinstance(value, str) else " ".join(map(str, value))


def _built(tag: Tag) -> str:
    return f"{tag.name}.{_names(tag).split(' ')[0]}"


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _FURNITURE_TAGS:
        return tag.name != "header" or tag.find_parent("article") is None
    named = _SPLIT.sub(" ", f"{_names(tag)} {tag.get('id') or ''}".lower()[:300])
    return tag.name not in {"body", "html", "a"} and bool(_FURNITURE_NAMES.search(named))
