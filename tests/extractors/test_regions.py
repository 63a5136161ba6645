import pytest

from extractors import PlaceKind, analyse
from extractors._regions import (
    country_of,
    federal_district,
    genitive,
    place_by_adjective,
    place_named,
    prepositional,
    region_at,
    region_by_adjective,
    region_of,
    regions,
)
from extractors.places import extract

SUBJECTS = 89


def test_every_region_is_found_by_each_of_its_names():
    assert len(regions()) == SUBJECTS
    for official, region in regions().items():
        for name in (official, region.genitive, region.prepositional, *region.names):
            assert region_of(name) == official, name


def test_every_adjective_leads_to_one_region():
    assert len(regions()) >= 83
    for official, region in regions().items():
        for adjective in region.adjectives:
            assert region_by_adjective(adjective) == official, adjective


@pytest.mark.parametrize("name", ["Алтая", "Урала", "края", "области", "", "Германии", "Советского района"])
def test_what_is_no_region(name):
    assert region_of(name) is None


def test_forms_of_official_names():
    assert genitive("Республика Марий Эл") == "Республики Марий Эл"
    assert prepositional("Ямало-Ненецкий автономный округ") == "Ямало-Ненецком автономном округе"
    assert federal_district("Пермский край") == "Приволжский"
    with pytest.raises(KeyError):
        genitive("Кубань")


def test_a_town_that_two_regions_have_is_in_neither():
    assert region_at("Железногорск") is None
    assert place_named("Череповце").region == "Вологодская область"


def test_countries_by_abbreviation_and_adjective():
    assert country_of("США") == country_of("Соединённым Штатам") == "США"
    assert place_by_adjective("корейский") is None
    assert place_by_adjective("немецких").kind is PlaceKind.COUNTRY


def test_an_empty_text_has_no_places():
    assert list(extract(analyse(""))) == []
