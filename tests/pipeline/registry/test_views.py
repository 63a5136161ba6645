"""What is believed of an entity, told as stories."""

from dataclasses import replace

import pytest

from pipeline.fact import FactStatus
from pipeline.registry.belief import testimony
from pipeline.registry.belief.find import find
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import EntityKind, Status
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import identify, on, tell

MINISTRY = "Минэкономики Ольской области"
VEGA = "кластер «Вега»"


def view(database, name, **options):
    with reading(database) as connection:
        (candidate,) = find(connection, name)
        return entity_view(connection, candidate.id, **options)


def values(view, prop):
    return [(value.value, value.modality.value) for value in view.values if value.prop == prop]


def standing(view, prop):
    return next(value.standing for value in view.values if value.prop == prop)


def test_no_such_entity(database):
    with reading(database) as connection:
        assert entity_view(connection, "org-nothing") is None
        assert find(connection, "никого") == ()


def test_spellings_are_one_value(database):
    tell(
        database,
        on("2024-03-01", "ria.ru").cluster(VEGA, region="Орловская область", industry="станки"),
        on("2024-03-02", "tass.ru").cluster(VEGA, region="Орловская  область", industry="Станки"),
    )
    identify(database)
    vega = view(database, VEGA)
    assert (vega.kind, vega.name, vega.articles, len(vega.members)) == (EntityKind.CLUSTER, VEGA, 2, 2)
    assert [len(value.testimony) for value in vega.values if value.prop in {"region", "industry"}] == [2, 2]


def test_independent_sources_lift_a_value_and_copies_do_not(database):
    tell(database, on("2024-03-01", "vestnik.example", words="по сообщению агентства").cluster(VEGA))
    identify(database)
    alone = standing(view(database, VEGA), "name")
    tell(database, on("2024-03-01", "kopii.example", words="по сообщению агентства").cluster(VEGA))
    identify(database)
    assert standing(view(database, VEGA), "name") == alone
    tell(database, on("2024-03-02", "ria.ru").cluster(VEGA))
    identify(database)
    assert standing(view(database, VEGA), "name") > alone


def test_a_status_moves_on(database):
    tell(
        database,
        on("2024-01-10", "ria.ru").cluster(VEGA, status="planned"),
        on("2024-11-20", "vestnik.example").cluster(VEGA, status="in_registry"),
    )
    identify(database)
    assert values(view(database, VEGA), "status") == [("in_registry", "actual"), ("planned", "actual")]
    assert values(view(database, VEGA, as_of="2024-06-01"), "status") == [("planned", "actual")]
    assert view(database, VEGA, as_of="2023-12-31").values == ()


def test_plans_and_denials_stay_what_they_are(database):
    where = {"subject": VEGA, "place": "Ольск"}
    told = on("2024-03-01", "ria.ru").cluster(VEGA).place("Ольск").says("located_in", modality="planned", **where)
    tell(database, told)
    identify(database)
    (location,) = view(database, VEGA).relations
    assert location.modality is FactStatus.PLANNED
    tell(database, on("2024-03-02", "vestnik.example").cluster(VEGA).place("Ольск").says("located_in", **where))
    identify(database)
    (before,) = view(database, VEGA).relations
    assert before.modality is FactStatus.ACTUAL
    assert before.standing < 0.6, "the plan is no support"
    denied = on("2024-03-03", "tass.ru").cluster(VEGA).place("Ольск")
    tell(database, denied.says("located_in", modality="denied", **where))
    identify(database)
    (after,) = view(database, VEGA).relations
    assert after.standing < before.standing / 2


def test_a_body_shows_its_posts_and_who_holds_them(database):
    tell(database, on("2024-03-01", "ria.ru").holds("Анна Берёзкина", "министр", MINISTRY))
    identify(database)
    post, occupancy = view(database, MINISTRY).relations
    assert (post.kind, post.name) == (EntityKind.POST, "министр")
    assert (occupancy.kind, occupancy.name) == (EntityKind.OCCUPANCY, "Анна Берёзкина — министр")
    assert {value.value for value in occupancy.values if value.prop == "body"} == {MINISTRY}
    assert occupancy.terms[0].first_seen == "2024-03-01"
    assert view(database, "Анна Берёзкина").relations == (occupancy,)


def test_names_are_the_canonical_ones(database):
    said = {"subject": VEGA, "place": "Ольск"}
    for day, site in (("2024-03-01", "ria.ru"), ("2024-03-02", "tass.ru")):
        tell(database, on(day, site).cluster(VEGA).place("Ольск").says("located_in", **said))
    identify(database)
    (location,) = view(database, VEGA).relations
    assert (location.kind, location.name) == (EntityKind.LOCATION, f"{VEGA} — Ольск")
    place = next(value for value in location.values if value.prop == "place")
    assert (place.value, len(place.testimony)) == ("Ольск", 2)
    assert view(database, place.value_id).id == place.value_id


def test_an_old_id_leads_to_the_entity(database):
    tell(database, on("2024-03-01", "ria.ru").cluster(VEGA), on("2024-03-02", "tass.ru").cluster(VEGA))
    identify(database)
    vega = view(database, VEGA)
    assert {view(database, id_).id for id_ in vega.members} == {vega.id}


def test_a_reextracted_article_drops_a_claim(database):
    told = on("2024-03-01", "ria.ru").cluster(VEGA, status="in_registry", industry="станки")
    tell(database, told)
    edited = on("2024-03-01", "ria.ru", modified="2024-03-05T10:00:00+03:00").cluster(VEGA, status="existing")
    tell(database, edited)
    vega = view(database, VEGA)
    assert values(vega, "status") == [("existing", "actual")]
    assert values(vega, "industry") == []
    earlier = view(database, VEGA, as_of="2024-03-03")
    assert values(earlier, "status") == [("in_registry", "actual")]
    assert all(value.status is Status.PROPOSED for value in earlier.values)


@pytest.mark.parametrize("scheme", ["inn", "ogrn"])
def test_an_organization_is_found_by_its_numbers(database, scheme):
    tell(database, on("2024-03-01").organization("фонд «Исток»", identifiers={scheme: "7707083893"}))
    assert view(database, " 7707083893 ").name == "фонд «Исток»"
    with reading(database) as connection:
        assert find(connection, "7707083893", kind=EntityKind.PERSON) == ()


def test_what_no_article_speaks_of_any_more(database):
    tell(database, on("2024-03-01").cluster(VEGA))
    gone = view(database, VEGA).id
    tell(database, on("2024-03-01", modified="2024-03-05").place("Ольск"))
    with reading(database) as connection:
        assert find(connection, VEGA) == ()
        assert [one.id for one in find(connection, gone)] == [gone]
        assert entity_view(connection, gone).values == ()


def decide_on(database, value, status, at):
    claims = [testimony.claim for testimony in value.testimony]
    write(database, lambda connection: decide(connection, claims, status, Signature("keeper", at)))


def industry(database, **options):
    return [value for value in view(database, VEGA, **options).values if value.prop == "industry"]


def test_the_keeper_accepts(database):
    tell(database, on("2024-03-01", "t.me").cluster(VEGA, industry="станки"))
    decide_on(database, industry(database)[0], Status.ACCEPTED, "2025-02-01T00:00:00Z")
    (value,) = industry(database)
    assert (value.standing, value.status) == (1, Status.ACCEPTED)
    tell(database, on("2024-03-02", "t.me").cluster(VEGA, industry="Станки"), now="2025-03-01T00:00:00Z")
    identify(database)
    (value,) = industry(database)
    assert (value.standing, len(value.testimony)) == (1, 2)


def test_the_keeper_rejects(database):
    tell(database, on("2024-03-01", "ria.ru").cluster(VEGA, industry="станки"))
    decide_on(database, industry(database)[0], Status.REJECTED, "2025-02-01T00:00:00Z")
    assert industry(database) == []
    (shown,) = industry(database, rejected=True)
    assert (shown.standing, shown.status) == (0, Status.REJECTED)
    tell(database, on("2024-03-02", "tass.ru").cluster(VEGA, industry="Станки"), now="2025-03-01T00:00:00Z")
    identify(database)
    assert industry(database) == [], "what is said again after the keeper's word is settled"


def test_a_relation_whose_end_the_keeper_rejects_is_gone(database):
    tell(database, on("2024-03-01", "ria.ru").holds("Анна Берёзкина", "министр", MINISTRY))
    (occupancy,) = view(database, "Анна Берёзкина").relations
    holder = next(value for value in occupancy.values if value.prop == "holder")
    decide_on(database, holder, Status.REJECTED, "2025-02-01T00:00:00Z")
    assert view(database, "Анна Берёзкина").relations == ()
    (gone,) = view(database, "Анна Берёзкина", rejected=True).relations
    assert gone.standing == 0


def test_of_a_thousand_statements_the_surest_are_read(database, monkeypatch):
    for day in range(1, 29):
        told = on(f"2024-02-{day:02}", ("ria.ru", "tass.ru")[day % 2], confidence=0.5 + day / 100)
        tell(database, told.cluster(VEGA, industry="станки" if day != 9 else "мебель"))
    identify(database)
    everything = view(database, VEGA)
    monkeypatch.setattr(testimony, "MANY", 10)
    some = view(database, VEGA)
    assert [replace(value, testimony=()) for value in some.values] == [
        replace(value, testimony=()) for value in everything.values
    ]
    assert len(some.values[0].testimony) < len(everything.values[0].testimony) == 28
    assert some.articles == 28
