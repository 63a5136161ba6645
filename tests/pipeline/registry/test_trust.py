import pytest

from pipeline.errors import RegistryError
from pipeline.registry.belief.trust import Trust, Weight, checked_site, own_weights, set_weight, sites, trust_of
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import Origin
from tests.pipeline.registry.stories import NOW, on, tell


@pytest.mark.parametrize(
    ("site", "name", "weight"),
    [
        ("tass.ru", "tass.ru", 0.9),
        ("www.tass.ru", "tass.ru", 0.9),
        ("krasnodar.rbc.ru", "rbc.ru", 0.85),
        ("economy.olsk.gov.ru", "olsk.gov.ru", 0.95),
        ("minprom.gov.ru", "minprom.gov.ru", 0.95),
        ("vestnik.spb.ru", "vestnik.spb.ru", 0.6),
        ("nastass.ru", "nastass.ru", 0.6),
        ("petrov.livejournal.com", "petrov.livejournal.com", 0.3),
        ("localhost", "localhost", 0.6),
        (None, "-", 0.5),
    ],
)
def test_the_table(site, name, weight):
    found = Trust().source(Origin.ARTICLE, site)
    assert (found.name, found.weight) == (name, weight)


@pytest.mark.parametrize("origin", [Origin.LIST, Origin.KEEPER])
def test_the_keepers_word_is_at_the_top(origin):
    assert Trust().source(origin, None).weight == 1


def test_the_order_of_kinds():
    weights = [Trust().source(Origin.ARTICLE, site).weight for site in ("olsk.gov.ru", "ria.ru", "rbc.ru", "74.ru")]
    weights += [Trust().source(Origin.ARTICLE, site).weight for site in ("vestnik.example", "dzen.ru", "t.me")]
    assert weights == sorted(weights, reverse=True)


def test_a_registrys_own_weights(database):
    for weight in (0.1, 0.2):
        write(database, lambda c, w=weight: set_weight(c, Weight("https://www.tass.ru/a", w, "keeper", NOW, "why")))
    write(database, lambda c: set_weight(c, Weight("*", 0.3, "keeper", NOW, None)))
    with reading(database) as connection:
        assert [row.site for row in own_weights(connection)] == ["*", "tass.ru"]
        trust = trust_of(connection)
    assert trust.source(Origin.ARTICLE, "m.tass.ru").weight == 0.2
    # What the registry says of all other sites does not touch what the table says of one.
    assert trust.source(Origin.ARTICLE, "ria.ru").weight == 0.9
    assert trust.source(Origin.ARTICLE, "vestnik.example").weight == 0.3
    assert trust.source(Origin.ARTICLE, "vestnik.example").own


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_no_weight(database, weight):
    with pytest.raises(RegistryError, match="between 0"):
        write(database, lambda c: set_weight(c, Weight("tass.ru", weight, "keeper", NOW, None)))


@pytest.mark.parametrize("site", ["", "a b.ru", "tass", "*.", "'; DROP TABLE source", "https://"])
def test_no_site(site):
    with pytest.raises(RegistryError, match="is no site"):
        checked_site(site)


def test_sites_are_counted(database):
    tell(database, on("2024-03-01", "tass.ru").place("Ольск"), on("2024-03-02", "tass.ru").place("Ольск"))
    with reading(database) as connection:
        assert sites(connection) == {("article", "tass.ru"): 2}
