"""What a table of sources says, as types: the one place that knows its keys, their bounds and their defaults."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.crawl.addresses import host_of, pattern, site
from pipeline.crawl.capture import Found, Role
from pipeline.crawl.sources._values import (
    Address,
    Age,
    Contact,
    Days,
    Header,
    Host,
    Network,
    Pattern,
    Product,
    Selector,
    Zone,
)

Seconds = Annotated[float, Field(ge=0, le=3600)]
_MEGABYTE = 1024 * 1024


class Table(BaseModel):
    """A table that knows its keys and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Habits(Table):
    """How a source is treated; `[defaults]` gives these keys for all sources."""

    max_age_days: Age = 7  # older articles are not asked for; None, written "any": of any age
    delay: Seconds = 1.0  # from one request's end to the next on a host; robots.txt and slow answers make it longer
    concurrency: Annotated[int, Field(ge=1, le=16)] = 1  # requests at a time on a host
    headers: dict[Header, str] = Field(default_factory=dict, repr=False)  # may hold a cookie
    time_zone: Zone = ZoneInfo("Europe/Moscow")  # of dates that are written without one
    recheck_days: Days = 2  # so long after its publication a page is asked for again, whether it has changed
    recheck_hours: Annotated[float, Field(ge=0, le=168)] = 12  # between two such questions, at the least
    full_text: Literal["feed", "page"] = "feed"  # which text is believed where a feed has the full one
    max_pages: Annotated[int, Field(ge=1, le=1_000_000)] = 2000  # a night: a bound on traps
    enabled: bool = True


class Source(Habits):
    """One table of `[sources.NAME]`. Addresses are canonical."""

    name: Annotated[str, Field(pattern=r"^\w[\w.-]{0,63}$")]
    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[Address, ...] = ()
    sections: tuple[Address, ...] = ()
    urls: tuple[Address, ...] = ()
    selector: Selector | None = None  # of the links to articles on sections; None: they are told by themselves
    sites: tuple[Host, ...] = ()  # where articles may be, beside the sites of the addresses above
    include: tuple[Pattern, ...] = ()  # none: all
    exclude: tuple[Pattern, ...] = ()
    daily_min: Annotated[int, Field(ge=0)] | None = None  # pages a night; fewer is a failure of the night
    daily_max: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _agrees(self) -> "Source":
        if not (self.feeds or self.sitemaps or self.sections or self.urls):
            raise ValueError("names nothing to read: give feeds, sitemaps, sections or urls")
        if self.selector and not self.sections:
            raise ValueError("has a selector, but no sections to use it on")
        if self.daily_min is not None and self.daily_max is not None and self.daily_min > self.daily_max:
            raise ValueError(f"daily_min = {self.daily_min} is more than daily_max = {self.daily_max}")
        return self

    def documents(self) -> Iterator[Found]:
        """Give what is asked for each night, feeds first: they tell most of an article."""
        told = ((Role.FEED, self.feeds), (Role.SITEMAP, self.sitemaps), (Role.SECTION, self.sections))
        for role, addresses in told:
            yield from (Found(url, self.name, role) for url in addresses)
        yield from (Found(url, self.name) for url in self.urls)

    def own(self, host: str) -> bool:
        """Tell whether a canonical host is of a site of the source."""
        return site(host) in self._own_sites()

    def takes(self, url: str) -> bool:
        """Tell whether a canonical address that was found may be a page of the source: its site and its patterns.

        An address of `urls` is always taken.
        """
        if url in self.urls:
            return True
        if not self.own(host_of(url)) or _any(self.exclude, url):
            return False
        return not self.include or _any(self.include, url)

    def recent(self, published_at: datetime | None, now: datetime) -> bool:
        """Tell whether a page of a date is young enough to be asked for; one without a date is."""
        if published_at is None or self.max_age_days is None:
            return True
        return now - published_at <= timedelta(days=self.max_age_days)

    def _own_sites(self) -> frozenset[str]:
        addresses = (*self.feeds, *self.sitemaps, *self.sections, *self.urls)
        return frozenset(map(site, (*self.sites, *map(host_of, addresses))))


def _any(patterns: tuple[str, ...], url: str) -> bool:
    return any(_compiled(text).search(url) for text in patterns)


def _compiled(text: str) -> re.Pattern[str]:
    return pattern(text)


class Night(Table):
    """How much one night may fetch."""

    pages: Annotated[int, Field(ge=1)] = 20_000
    minutes: Annotated[float, Field(gt=0, le=24 * 60)] = 360


class Limits(Table):
    """How large and how slow an answer may be."""

    body_mb: Annotated[float, Field(gt=0, le=1024)] = 16  # as transferred
    expanded_mb: Annotated[float, Field(gt=0, le=4096)] = 64  # after the content encodings
    connect_seconds: Annotated[float, Field(gt=0, le=600)] = 15
    read_seconds: Annotated[float, Field(gt=0, le=600)] = 30  # without a byte
    total_seconds: Annotated[float, Field(gt=0, le=3600)] = 120

    @property
    def body_bytes(self) -> int:
        """The most bytes of a body as transferred."""
        return int(self.body_mb * _MEGABYTE)

    @property
    def expanded_bytes(self) -> int:
        """The most bytes of an expanded body."""
        return int(self.expanded_mb * _MEGABYTE)


class Sources(Table):
    """A whole table of sources."""

    contact: Contact  # for the owners of the sites: an address or a page
    user_agent: Product = "SvodkaBot/0.1"
    concurrency: Annotated[int, Field(ge=1, le=256)] = 16  # requests at a time, over all hosts
    retries: Annotated[int, Field(ge=0, le=20)] = 3  # after the first try, of what is passing
    allow_private: tuple[Network, ...] = ()  # networks or HOST:PORT, for tests and intranets
    night: Night = Night()
    limits: Limits = Limits()
    sources: tuple[Source, ...]

    @property
    def agent(self) -> str:
        """The User-Agent header: who asks, and whom to write to."""
        return f"{self.user_agent} (+{self.contact})"

    @property
    def product(self) -> str:
        """The product token, by which robots.txt speaks of us."""
        return self.user_agent.partition("/")[0]

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources that are crawled."""
        return tuple(source for source in self.sources if source.enabled)
