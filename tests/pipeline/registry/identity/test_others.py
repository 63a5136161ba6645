from pipeline.registry.identity import Bond, Outcome, block_keys, compare, position_key
from tests.pipeline.registry.identity.profiles import cluster, event, organization, place


def outcome(left, right):
    told = compare(left, right)
    assert told == compare(right, left)
    if told.outcome in {Outcome.SAME, Outcome.UNDECIDED}:
        assert block_keys(left) & block_keys(right)
    return told.outcome


def test_kinds_do_not_mix():
    assert compare(organization("Тверь"), place("Тверь")).bond is Bond.FORBIDDEN


def test_places_by_name_and_region():
    one = place("Железногорск", detail="city", region="Курская область")
    assert outcome(one, one) is Outcome.SAME
    assert outcome(one, place("Железногорск", detail="city", region="Красноярский край")) is Outcome.DIFFERENT
    assert outcome(one, place("Железногорск", detail="city")) is Outcome.UNDECIDED


def test_events_by_name_and_year():
    one = event("Сибирский литейный форум", year=2023)
    assert outcome(one, event("сибирский Литейный форум", year=2023)) is Outcome.SAME
    assert outcome(one, event("Сибирский литейный форум", year=2024)) is Outcome.DIFFERENT
    assert outcome(one, event("Сибирский литейный форум")) is Outcome.UNDECIDED


def test_clusters_by_their_own_name_and_region():
    one = cluster("кластер «Вегатрон»", region="Пермский край", detail="industrial")
    assert outcome(one, cluster("«Вегатрон»", region="Пермский край", detail="industrial")) is Outcome.SAME
    assert outcome(one, cluster("кластер «Орион»", region="Пермский край", detail="industrial")) is Outcome.DIFFERENT
    assert outcome(one, cluster("кластер «Вегатрон»", region="Тульская область")) is Outcome.UNDECIDED
    forest = cluster("лесной кластер", region="Пермский край")
    assert outcome(forest, cluster("лесной кластер", region="Тульская область")) is Outcome.DIFFERENT


def test_positions():
    assert position_key("Исполняющий обязанности министра  экономики") == position_key("министр экономики")
    assert position_key("министр экономики") != position_key("министр культуры")
