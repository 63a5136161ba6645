"""Proposes a table for a site: what its pages and its robots.txt name, looked at, the best first.

Asks through `obtain`, which is polite and safe for it; few requests, one after the other.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from pipeline.crawl.addresses import canonical, host_of, same_site, site
from pipeline.crawl.capture import Document, Obtain, Role
from pipeline.crawl.sources.look import Look, look, told_feeds, told_sitemaps
from pipeline.errors import NetError, OptionError

_MOST_FEEDS = 8  # candidates that are asked for
_MOST_SITEMAPS = 4
_GUESSES = ("/rss.xml", "/rss", "/feed/", "/export/rss.xml")  # where feeds often are, when none is named


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may become one of the source's, and what it seems to be."""

    url: str
    seen: Look


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table of a source, with reasons; `failed` tells what could not be looked at."""

    name: str
    home: str
    feeds: tuple[Candidate, ...]
    sitemaps: tuple[Candidate, ...]
    failed: tuple[tuple[str, str], ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections are read only where nothing better is there."""
        return () if self.feeds or self.sitemaps else (self.home,)


async def discover(url: str, obtain: Obtain) -> Proposal:
    """Propose a source for a site. Raises OptionError (no address) and NetError (no answer)."""
    start = canonical(url if "://" in url else f"https://{url}")
    if start is None:
        raise OptionError(f"{url}: should be an http or https address")
    home = await obtain(start, Role.SECTION)
    if isinstance(home, str):
        raise NetError(f"{start}: {home}")
    if not same_site(host_of(start), host_of(home.url)):
        raise NetError(f"{start}: leads to another site, {home.url}; propose that one if it is meant")
    failed: dict[str, str] = {}
    feeds = await _feeds(home, obtain, failed)
    sitemaps = await _sitemaps(home, obtain, failed)
    return Proposal(_name(home.url), home.url, tuple(feeds), tuple(sitemaps), tuple(failed.items()))


async def _feeds(home: Document, obtain: Obtain, failed: dict[str, str]) -> list[Candidate]:
    if look(home.content).kind == "feed":
        return [Candidate(home.url, look(home.content))]
    told = told_feeds(home.content, home.url)
    found = await _looked_at(told[:_MOST_FEEDS], Role.FEED, obtain, failed)
    if not any(candidate.seen.kind == "feed" for candidate in found):
        # That a guess is not there tells nothing.
        found = await _looked_at([urljoin(home.url, path) for path in _GUESSES], Role.FEED, obtain, {})
    feeds = [candidate for candidate in found if candidate.seen.kind == "feed" and candidate.seen.entries]
    return sorted(feeds, key=lambda feed: (-feed.seen.full, -feed.seen.entries))


async def _sitemaps(home: Document, obtain: Obtain, failed: dict[str, str]) -> list[Candidate]:
    robots = await obtain(urljoin(home.url, "/robots.txt"), Role.ROBOTS)
    told = [] if isinstance(robots, str) else told_sitemaps(robots.content, robots.url)
    news_first = sorted(told, key=lambda url: "news" not in url.lower())
    found = await _looked_at(news_first[:_MOST_SITEMAPS], Role.SITEMAP, obtain, failed)
    sitemaps = [candidate for candidate in found if candidate.seen.kind in {"sitemap", "sitemap index"}]
    news = [candidate for candidate in sitemaps if candidate.seen.news]
    return news or sitemaps  # a sitemap of all pages is of no use beside one of the news


async def _looked_at(urls: Iterable[str], role: Role, obtain: Obtain, failed: dict[str, str]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for url in urls:
        got = await obtain(url, role)
        if isinstance(got, str):
            failed[url] = got
        else:
            found.setdefault(got.url, Candidate(got.url, look(got.content)))
    return list(found.values())


def _name(url: str) -> str:
    """Name a source after its site: the label before the public suffix, with a subdomain that is no `www`."""
    host = host_of(url)
    whole = site(host)
    if whole == host and host.replace(".", "").replace(":", "").isalnum() and host[-1].isdigit():
        return "site"  # an IP address
    below = [label for label in host.removesuffix(whole).split(".") if label not in {"", "www", "m"}]
    return "-".join([whole.split(".")[0], *below])


def proposed_table(proposal: Proposal) -> str:
    """Write a proposal as TOML, with what was seen as comments."""
    lines = [f"[sources.{proposal.name}]  # {proposal.home}"]
    lines += _listed("feeds", ((feed.url, _feed_seen(feed.seen)) for feed in proposal.feeds))
    lines += _listed("sitemaps", ((sitemap.url, _sitemap_seen(sitemap.seen)) for sitemap in proposal.sitemaps))
    lines += _listed("sections", ((url, "no feed and no sitemap was found") for url in proposal.sections))
    lines += [f"# {url}: {_plain(why)}" for url, why in proposal.failed]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Write what a server may have said as one line that TOML takes for a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _listed(key: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    written = [f"    {json.dumps(url)},  # {seen}" for url, seen in rows]
    return [f"{key} = [", *written, "]"] if written else []


def _feed_seen(seen: Look) -> str:
    if seen.full:
        return f"articles: {seen.entries}, with their full text: {min(seen.full, seen.entries)}"
    return f"articles: {seen.entries}"


def _sitemap_seen(seen: Look) -> str:
    if seen.kind == "sitemap index":
        return f"an index; sitemaps: {seen.entries}"
    return f"pages: {seen.entries}{', with dates of publication' if seen.news else ''}"
