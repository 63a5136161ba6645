"""The map: subjects of the Russian Federation, countries and towns under any of their names, in any case.

Reads `lexicon/{regions,countries,cities,world_places}.tsv`. Knows no Doc: names in, official names out. A name that
could mean two regions («Алтай», «Железногорск») gives None.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors._inflected import InflectedNames
from extractors._lexicon import table
from extractors._model import PlaceKind, PlaceName

_CITY = "город"


@dataclass(frozen=True, slots=True)
class Region:
    """A subject of the Russian Federation; `kind` is «край», «область», «республика», «город» and so on."""

    name: str
    genitive: str
    prepositional: str
    adjectives: tuple[str, ...]
    names: tuple[str, ...]
    centre: str
    kind: str
    federal_district: str


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(" | ") if part)


@cache
def regions() -> dict[str, Region]:
    """Give every region by its official name."""
    split = {"adjectives", "names"}
    rows = ({key: _cells(cell) if key in split else cell for key, cell in row.items()} for row in table("regions"))
    return {str(row["name"]): Region(**row) for row in rows}  # type: ignore[arg-type]


@cache
def _by_name() -> InflectedNames[str]:
    return InflectedNames((name, region.name) for region in regions().values() for name in (region.name, *region.names))


@cache
def _by_adjective() -> InflectedNames[str]:
    return InflectedNames((word, region.name) for region in regions().values() for word in region.adjectives)


@cache
def _by_city() -> InflectedNames[tuple[str, str]]:
    centres = ((region.centre, (region.centre, region.name)) for region in regions().values())
    towns = ((row["name"], (row["name"], row["region"])) for row in table("cities"))
    return InflectedNames((*centres, *towns))


@cache
def _by_country() -> InflectedNames[str]:
    def rows() -> Iterator[tuple[str, str]]:
        for row in table("countries"):
            for name in (row["name"], *_cells(row["names"]), *_cells(row["abbreviations"])):
                yield name, row["name"]

    return InflectedNames(rows())


def region_of(name: str) -> str | None:
    """Give the official name of the region that a printed name means, in any case; None when it is no region's.

    >>> region_of("Кубани"), region_of("Нижегородской обл."), region_of("ХМАО")
    ('Краснодарский край', 'Нижегородская область', 'Ханты-Мансийский автономный округ — Югра')
    >>> region_of("Алтая") is None
    True
    """
    return _by_name().find(name)


def region_by_adjective(adjective: str) -> str | None:
    """Give the region that an adjective in any form belongs to.

    >>> region_by_adjective("пермского"), region_by_adjective("кубанские")
    ('Пермский край', 'Краснодарский край')
    """
    return _by_adjective().find(adjective)


def region_at(city: str) -> str | None:
    """Give the region a town lies in, by the town's name in any case.

    >>> region_at("Тольятти"), region_at("Железногорске")
    ('Самарская область', None)
    """
    found = _by_city().find(city)
    return found[1] if found else None


def genitive(official: str) -> str:
    """Give the genitive of a region's official name; KeyError for another name.

    >>> genitive("Пермский край")
    'Пермского края'
    """
    return regions()[official].genitive


def prepositional(official: str) -> str:
    """Give the prepositional of a region's official name; KeyError for another name."""
    return regions()[official].prepositional


def kind_of(official: str) -> str:
    """Give the kind of a region: «край», «область», «республика», «город» and so on."""
    return regions()[official].kind


def federal_district(official: str) -> str | None:
    """Give the federal district («Южный») a region belongs to, None where none is set."""
    return regions()[official].federal_district or None


def country_of(name: str) -> str | None:
    """Give the newspaper name of a country by any of its names.

    >>> country_of("РФ"), country_of("Соединённых Штатах")
    ('Россия', 'США')
    """
    return _by_country().find(name)


@cache
def _by_world_place() -> InflectedNames[PlaceName]:
    return InflectedNames(
        (row["name"], PlaceName(row["name"], PlaceKind(row["kind"]))) for row in table("world_places")
    )


@cache
def _other_adjectives() -> InflectedNames[PlaceName]:
    def rows() -> Iterator[tuple[str, PlaceName]]:
        for row in table("countries"):
            for word in _cells(row["adjectives"]):
                yield word, PlaceName(row["name"], PlaceKind.COUNTRY)
        for row in table("world_places"):
            for word in _cells(row["adjectives"]):
                yield word, PlaceName(row["name"], PlaceKind(row["kind"]))

    return InflectedNames(rows())


def _region_place(official: str) -> PlaceName:
    kind = PlaceKind.CITY if kind_of(official) == _CITY else PlaceKind.REGION
    return PlaceName(official, kind, official)


def place_named(name: str) -> PlaceName | None:
    """Give the place of the tables that a printed name means: a region, a country, a town or a part of the world.

    >>> place_named("Химок")
    PlaceName(name='Химки', kind=<PlaceKind.CITY: 'city'>, region='Московская область')
    """
    region = region_of(name)
    if region:
        return _region_place(region)
    country = country_of(name)
    if country:
        return PlaceName(country, PlaceKind.COUNTRY)
    city = _by_city().find(name)
    return PlaceName(city[0], PlaceKind.CITY, city[1]) if city else _by_world_place().find(name)


def place_by_adjective(adjective: str) -> PlaceName | None:
    """Give the place an adjective belongs to, in any form.

    >>> place_by_adjective("турецкими")
    PlaceName(name='Турция', kind=<PlaceKind.COUNTRY: 'country'>, region=None)
    """
    region = region_by_adjective(adjective)
    return _region_place(region) if region else _other_adjectives().find(adjective)
