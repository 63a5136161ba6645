"""How far a source is trusted, and which sites are one source.

`trust.tsv` gives the weights, table `source` of a registry overrides them. Knows sites; nothing of what they say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, insert, select

from extractors._lexicon import read_table
from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.kinds import Origin

UNKNOWN_SITE = "-"

_ANY = "*"
_SITE = re.compile(r"(?:\*\.)?[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: `name` is one for all sites of one source, `weight` how far it is trusted, `rule` says which row.

    `own`: the row is of the registry, not of the table that comes with Svodka.
    """

    name: str
    weight: float
    rule: str
    own: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of the registry's own: who set it, when and why."""

    site: str
    weight: float
    who: str
    at: str
    why: str | None


class Trust:
    """The weights of a registry.

    >>> trust = Trust({"ria.ru": 0.7})
    >>> for site in ("ria.ru", "m.ria.ru", "minprom.gov.ru", "news.vestnik.example", None):
    ...     print(trust.source(Origin.ARTICLE, site))
    Source(name='ria.ru', weight=0.7, rule='ria.ru', own=True)
    Source(name='ria.ru', weight=0.7, rule='ria.ru', own=True)
    Source(name='minprom.gov.ru', weight=0.95, rule='*.gov.ru', own=False)
    Source(name='vestnik.example', weight=0.6, rule='*', own=False)
    Source(name='-', weight=0.5, rule='-', own=False)
    """

    def __init__(self, own: Mapping[str, float] | None = None) -> None:
        self._own = frozenset(own or ())
        self._weights = {**_table(), **(own or {})}
        self._known: dict[tuple[str, str | None], Source] = {}

    def source(self, origin: str, site: str | None) -> Source:
        """Tell the source behind an article of a site, a list or a correction."""
        key = origin, site
        if key not in self._known:
            self._known[key] = self._source(origin, site)
        return self._known[key]

    def _source(self, origin: str, site: str | None) -> Source:
        name = origin if origin != Origin.ARTICLE else (site or UNKNOWN_SITE).lower().removeprefix("www.")
        rule = _match(self._weights, name) or _ANY
        return Source(_one(rule, name), self._weights[rule], rule, rule in self._own)


def trust_of(connection: Connection) -> Trust:
    """Read the weights of a registry."""
    return Trust({row.site: row.weight for row in own_weights(connection)})


def own_weights(connection: Connection) -> tuple[Weight, ...]:
    """Give the weights that count among the registry's own: of several rows about one site the last."""
    rows = connection.execute(select(schema.source).order_by(schema.source.c.seq))
    last = {row.site: Weight(row.site, row.weight, row.who, row.at, row.why) for row in rows}
    return tuple(last[site] for site in sorted(last))


def set_weight(connection: Connection, weight: Weight) -> None:
    """Add a row of the registry's own; raises RegistryError where it is no weight or no site."""
    site = checked_site(weight.site)
    if not 0 <= weight.weight <= 1:
        raise RegistryError(f"{weight.weight}: a weight is between 0 (never believed) and 1 (always)")
    values = {"site": site, "weight": weight.weight, "who": weight.who, "at": weight.at, "why": weight.why}
    connection.execute(insert(schema.source).values(values))


def sites(connection: Connection) -> dict[tuple[str, str | None], int]:
    """Count the registry's articles by origin and site."""
    article = schema.article.c
    counted = select(article.origin, article.site, func.count().label("articles")).group_by(
        article.origin, article.site
    )
    return {(row.origin, row.site): int(row.articles) for row in connection.execute(counted)}


def checked_site(site: str) -> str:
    """Read a site as it is written in tables, from it or from an address.

    >>> checked_site("https://www.Vestnik.example/2024"), checked_site("*.gov.ru"), checked_site("-")
    ('vestnik.example', '*.gov.ru', '-')
    """
    host = (urlsplit(site).hostname or "") if "://" in site else site
    host = host.strip().lower().removeprefix("www.")
    if host in {_ANY, UNKNOWN_SITE, Origin.LIST, Origin.KEEPER} or _SITE.fullmatch(host):
        return host
    raise RegistryError(
        f"{site!r} is no site; give one like vestnik.example, *.gov.ru for all below it, "
        f"{UNKNOWN_SITE!r} for articles of unknown sites, '{_ANY}' for all other sites"
    )


@cache
def _table() -> Mapping[str, float]:
    return {
        row["site"]: float(row["weight"]) for row in read_table(files("pipeline.registry.belief").joinpath("trust.tsv"))
    }


def _match(table: Mapping[str, float], name: str) -> str | None:
    """Find the most particular row: the site, what it is below, everything."""
    if name in table:
        return name
    labels = name.split(".")
    for start in range(1, len(labels)):
        above = ".".join(labels[start:])
        for rule in (f"*.{above}", above):
            if rule in table:
                return rule
    return None


def _one(rule: str, name: str) -> str:
    """Name the source that a site belongs to: what the row names, or what stands one below its ending."""
    if not rule.startswith(_ANY):
        return rule
    ending = rule.removeprefix("*.").count(".") + 1
    return ".".join(name.split(".")[-ending - 1 :])
