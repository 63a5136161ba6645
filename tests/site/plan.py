"""What stands on the site and what is wrong with it: the truth that a crawl is measured against. Pure; no network."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.site.articles import slugs
from tests.site.faults import manners
from tests.site.robots import ROBOTS

Mark = tuple[str, str, int]  # host, path, version
ELSEWHERE = "127.0.0.250"  # no source's host; some redirects lead there


@dataclass(frozen=True, slots=True)
class Item:
    """An article. `listed`: the path of the document that points to it."""

    number: int
    path: str
    listed: str
    fault: str = "none"
    first_night: int = 1
    changes: bool = False  # every night
    corpus: str = ""  # the corpus page that it is; an invented article otherwise
    validator: str = "etag"  # or "date" or "none": what a conditional request can name

    def version(self, night: int) -> int:
        return night - self.first_night + 1 if self.changes else 1


@dataclass(frozen=True, slots=True)
class Document:
    """A feed, sitemap or section; `form` names how it is written."""

    path: str
    form: str
    fault: str = "none"


@dataclass(frozen=True, slots=True)
class Host:
    """One host, by its loopback address; all have the same port."""

    address: str
    items: tuple[Item, ...]
    documents: tuple[Document, ...]
    robots: str = "closing"  # a name in ROBOTS
    latency: float = 0.0  # seconds before every answer

    def allows(self, path: str) -> bool:
        return ROBOTS[self.robots].allows(path)


@dataclass(frozen=True, slots=True)
class Plan:
    hosts: tuple[Host, ...]

    def reachable(self, night: int) -> set[Mark]:
        """Tell what a perfect crawl of that night can have: each article with its version of the night."""
        return {(host.address, item.path, item.version(night)) for host, item in self._kept(night)}

    def _kept(self, night: int) -> Iterator[tuple[Host, Item]]:
        for host in self.hosts:
            sound = {document.path for document in host.documents if manners()[document.fault].kept}
            for item in host.items:
                is_there = item.first_night <= night and item.listed in sound
                if is_there and host.allows(item.path) and manners()[item.fault].kept:
                    yield host, item


FORMS = {
    "feed": ("rss", "atom", "rdf", "broken", "duplicate_guids", "full_text", "cp1251", "tracking"),
    "sitemap": ("plain", "gz", "news", "index", "loop"),
    "section": ("list", "trap"),
}
TRAPS = ("bomb", "entity", "sitemap_bomb")  # documents that no one may be harmed by
_PASSING = ("none", "none", "none", "gzip", "br", "reset", "truncated", "500_twice", "429_seconds", "chunk_error")


def random_plan(seed: int, *, hosts: int = 3, articles: int = 24, calm: float = 0.4) -> Plan:
    """Draw a site: every host with a feed, a sitemap and a section; so many of the articles are without a fault."""
    chance = random.Random(seed)  # noqa: S311 - a test's chance
    sites = [_host(chance, f"127.0.0.{2 + number}", articles, calm) for number in range(hosts)]
    return Plan((*sites, Host(ELSEWHERE, (), (), "open")))


def _host(chance: random.Random, address: str, articles: int, calm: float) -> Host:
    documents = [Document(f"/{kind}", chance.choice(forms), chance.choice(_PASSING)) for kind, forms in FORMS.items()]
    documents += [Document(f"/{form}", form) for form in TRAPS if chance.random() < 0.3]
    robots = chance.choice([name for name, robots in ROBOTS.items() if not robots.lasts_long])
    items = tuple(_item(chance, number, calm, chance.choice(documents[:3]).path) for number in range(articles))
    return Host(address, items, tuple(documents), robots)


def _item(chance: random.Random, number: int, calm: float, listed: str) -> Item:
    folder = "closed" if chance.random() < 0.1 else "news"
    return Item(
        number,
        f"/{folder}/2026/11/24/{address(number)}",
        listed,
        fault="none" if chance.random() < calm else chance.choice([*manners()]),
        first_night=chance.choice((1, 1, 1, 2)),
        changes=chance.random() < 0.2,
        corpus=chance.choice(slugs()) if chance.random() < 0.3 else "",
        validator=chance.choice(("etag", "date", "none")),
    )


def address(number: int) -> str:
    """Write the end of an article's address."""
    return f"{100_000 + number}-novosti-iz-regiona"


def calm_plan(articles: int, *, hosts: int = 1, sitemap: str = "index") -> Plan:
    """Plan a site without faults, all of it in sitemaps: for speed and memory."""
    each = articles // hosts
    found = []
    for number in range(hosts):
        items = tuple(Item(step, f"/news/2026/11/24/{address(step)}", "/sitemap") for step in range(each))
        found.append(Host(f"127.0.0.{2 + number}", items, (Document("/sitemap", sitemap),), robots="open"))
    return Plan(tuple(found))
