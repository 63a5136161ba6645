"""Which region an article is about, and which one «региона», «края» or «области» means at a point of the text."""

from collections import Counter
from dataclasses import dataclass

from extractors import PlaceKind, PlaceName
from pipeline.link._sighting import Sighting

# A region in the headline says more than one in the story; the head of the story more than its tail.
_HEADLINE_WEIGHT = 3
_LEAD_WEIGHT = 2
_LEAD_LENGTH = 400
_LOCAL_SHARE = 0.6

# The word of a back reference -> the word that the official name of its region bears; None: any.
_TYPE_WORDS = {
    "регион": None,
    "субъект": None,
    "край": "край",
    "область": "область",
    "республика": "Республика",
    "округ": "округ",
}
_ADJECTIVES = {
    "региональн": "регион",
    "краев": "край",
    "областн": "область",
    "республиканск": "республика",
    "окружн": "округ",
}
_OF_THE_CAPITAL = "столичн"
_CAPITAL = "Москва"
REFERRING = frozenset({*_ADJECTIVES, _OF_THE_CAPITAL})
"""Stems of the adjectives that refer to a region named elsewhere: «краевое», «столичный»."""


@dataclass(frozen=True, slots=True)
class Territory:
    """The regions an article names: (offset, official name) in the order of the text, and the main one, if any.

    `is_local` tells that the article is about its main region, not only that this is named most. `countries` are the
    countries named by nouns, likewise with their offsets.
    """

    regions: tuple[tuple[int, str], ...]
    main: str | None
    is_local: bool = False
    countries: tuple[tuple[int, str], ...] = ()

    def resolve(self, word: str, position: int) -> str | None:
        """Give the official name of the region that a lemma like «край» means at an offset.

        None when the lemma is no such word, or no region of its kind is named.
        """
        if word not in _TYPE_WORDS:
            return None
        bears = _TYPE_WORDS[word]
        if bears is None:
            return self.main or self._nearest(position, None)
        if self.main and bears in self.main.split():
            return self.main
        return self._nearest(position, bears)

    def resolve_adjective(self, word: str, position: int) -> str | None:
        """Give the region that an adjective in the nominative like «краевое» means; None for any other word."""
        if word[:-2] == _OF_THE_CAPITAL:
            return next((name for _, name in self.regions if name == _CAPITAL), None)
        return self.resolve(_ADJECTIVES.get(word[:-2], ""), position)

    def country_before(self, position: int, *, after: int) -> str | None:
        """Give the country named last before an offset and not before another."""
        return next((name for at, name in reversed(self.countries) if after <= at < position), None)

    def abbreviated(self, letters: str) -> str | None:
        """Give the named region whose initials an abbreviation is: «РБ» where Республика Башкортостан is told of.

        >>> Territory(((0, "Республика Башкортостан"),), None).abbreviated("РБ")
        'Республика Башкортостан'
        """
        fitting = {name for _, name in self.regions if "".join(word[0] for word in name.split()).upper() == letters}
        return fitting.pop() if len(fitting) == 1 else None

    def _nearest(self, position: int, bears: str | None) -> str | None:
        """The last region before an offset, the first after it where none is; of the right type."""
        fitting = [(at, name) for at, name in self.regions if bears is None or bears in name.split()]
        before = [name for at, name in fitting if at < position]
        if before:
            return before[-1]
        return fitting[0][1] if fitting else None


def territory(places: list[Sighting[PlaceName]], headline_stop: int) -> Territory:
    """Weigh the regions of an article by how often and where they stand."""
    regions = [(place.start, name) for place in places if (name := region_of_place(place.value))]
    weights: Counter[str] = Counter()
    for start, name in regions:
        weights[name] += _weight(start, headline_stop)
    ranking = weights.most_common(2)
    alone = len(ranking) == 1 or (len(ranking) > 1 and ranking[0][1] > ranking[1][1])
    main = ranking[0][0] if alone else None
    is_local = main is not None and weights[main] >= _LOCAL_SHARE * weights.total()
    return Territory(tuple(regions), main, is_local, _countries(places))


def _countries(places: list[Sighting[PlaceName]]) -> tuple[tuple[int, str], ...]:
    countries = (p for p in places if p.value.kind is PlaceKind.COUNTRY and p.mention.rule != "adjective")
    return tuple((place.start, place.value.name) for place in countries)


def _weight(start: int, headline_stop: int) -> int:
    if start < headline_stop:
        return _HEADLINE_WEIGHT
    return _LEAD_WEIGHT if start < headline_stop + _LEAD_LENGTH else 1


def region_of_place(place: PlaceName) -> str | None:
    """Give the official name of the region a place is or lies in."""
    return place.name if place.kind is PlaceKind.REGION else place.region
