"""What cannot all be so, told as stories."""

import pytest

from pipeline.fact import FactStatus
from pipeline.registry.belief.conflicts import ConflictKind, conflicts
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import NOW, identify, on, tell

REGION, VEGA = "Ольская область", "кластер «Вега»"
ANNA, OLEG = "Анна Берёзкина", "Олег Седов"


def found(database, *kinds, **options):
    with reading(database) as connection:
        return conflicts(connection, kinds, **options)


def sides(database, *kinds):
    return [{side.value for side in conflict.sides} for conflict in found(database, *kinds)]


def governor(day, site, person, post="губернатор", **more):
    return on(day, site, name=f"{site}{day}{person}").place(REGION, kind="region").holds(person, post, REGION, **more)


def test_two_governors_at_once(database):
    tell(
        database,
        governor("2024-01-10", "ria.ru", ANNA),
        governor("2024-02-10", "tass.ru", OLEG),
        governor("2024-03-10", "ria.ru", ANNA),
    )
    identify(database)
    assert sides(database) == [], "one day in between may be a slip that dates do not show"
    tell(database, governor("2024-02-20", "rbc.ru", OLEG))
    identify(database)
    (conflict,) = found(database)
    assert (conflict.kind, conflict.name) == (ConflictKind.HOLDERS, f"губернатор, {REGION}")
    assert [side.value for side in conflict.sides] == [OLEG, ANNA], "two sources are believed more than one"
    assert all(side.testimony[0].quote for side in conflict.sides)


def test_a_successor_is_no_conflict(database):
    tell(
        database,
        governor("2024-01-10", "ria.ru", ANNA),
        governor("2024-02-10", "ria.ru", ANNA),
        governor("2024-02-11", "tass.ru", OLEG),
        governor("2024-03-10", "ria.ru", OLEG),
    )
    identify(database)
    assert sides(database) == []


@pytest.mark.parametrize(
    ("post", "other"),
    [("заместитель губернатора", OLEG), ("советник губернатора", OLEG), ("губернатор", "Анна Львовна Берёзкина")],
)
def test_deputies_and_namesakes_are_no_conflict(database, post, other):
    for day in ("2024-01-10", "2024-03-10"):
        tell(database, governor(day, "ria.ru", ANNA, post), governor(day, "tass.ru", other, post))
    identify(database)
    assert sides(database) == []


def test_a_post_of_no_known_body_is_no_conflict(database):
    for day in ("2024-01-10", "2024-03-10"):
        tell(database, on(day, "ria.ru").holds(ANNA, "директор"), on(day, "tass.ru").holds(OLEG, "директор"))
    identify(database)
    assert sides(database) == []


def test_two_values_of_a_single_property(database):
    tell(
        database,
        on("2024-01-10", "ria.ru").cluster(VEGA, industry="станки"),
        on("2024-01-11", "tass.ru").cluster(VEGA, industry="Станки"),
        on("2024-01-12", "rbc.ru").cluster(VEGA, industry="мебель"),
    )
    identify(database)
    (conflict,) = found(database)
    assert (conflict.kind, conflict.prop, conflict.name) == (ConflictKind.VALUES, "industry", VEGA)
    assert [len(side.testimony) for side in conflict.sides] == [2, 1]


def test_what_the_keeper_rejects_is_no_side(database):
    tell(
        database,
        on("2024-01-10", "ria.ru").cluster(VEGA, industry="станки"),
        on("2024-01-12", "rbc.ru").cluster(VEGA, industry="мебель"),
    )
    identify(database)
    (conflict,) = found(database)
    claims = [said.claim for said in conflict.sides[1].testimony]
    write(database, lambda connection: decide(connection, claims, Status.REJECTED, Signature("keeper", NOW)))
    assert found(database) == ()


@pytest.mark.parametrize(
    ("statuses", "conflict"),
    [
        (["planned", "existing", "in_registry"], False),
        (["in_registry", "existing", "existing"], False),
        (["in_registry", "planned", "existing"], True),
    ],
)
def test_a_cluster_goes_from_stage_to_stage(database, statuses, conflict):
    for number, status in enumerate(statuses, 1):
        tell(database, on(f"2024-01-{number:02}", "ria.ru").cluster(VEGA, status=status))
    identify(database)
    assert bool(found(database)) is conflict


def test_two_amounts_of_one_day(database):
    def told(site, low, high=None, since="2024-03-05"):
        return on("2024-03-06", site).cluster(VEGA).amount(VEGA, low, high, since=since)

    tell(
        database,
        told("ria.ru", "2000000"),
        told("tass.ru", "1000000", "3000000"),
        told("rbc.ru", "2000000", since="2023"),
        told("iz.ru", "7000000", since=None),
    )
    identify(database)
    assert sides(database) == []
    tell(database, told("kp.ru", "5000000"))
    identify(database)
    assert sides(database) == [{"2000000 RUB", "1000000–3000000 RUB", "5000000 RUB"}]


def test_one_number_of_two_organizations(database):
    number = {"inn": "7707083893"}
    tell(
        database,
        on("2024-01-10", "ria.ru").organization("фонд «Исток»", identifiers=number),
        on("2024-01-11", "tass.ru").organization("фонд «Родник»", identifiers=number),
    )
    identify(database)
    (conflict,) = found(database, ConflictKind.IDENTIFIERS)
    assert (conflict.name, {side.value for side in conflict.sides}) == ("7707083893", {"фонд «Исток»", "фонд «Родник»"})


def test_said_and_denied(database):
    where = {"subject": VEGA, "place": "Ольск"}
    tell(
        database,
        on("2024-01-10", "ria.ru").cluster(VEGA).place("Ольск").says("located_in", **where),
        on("2024-01-11", "tass.ru").cluster(VEGA).place("Ольск").says("located_in", modality="denied", **where),
        governor("2024-01-10", "ria.ru", ANNA, status="appointed"),
        governor("2024-01-12", "tass.ru", ANNA, status="appointed", modality="denied"),
        governor("2024-01-12", "tass.ru", OLEG, status="appointed", modality="denied"),
    )
    identify(database)
    names = {f"{VEGA} — Ольск", f"{ANNA} — губернатор"}
    assert {conflict.name for conflict in found(database, ConflictKind.DENIALS)} == names
    assert {side.modality for conflict in found(database) for side in conflict.sides} == {
        FactStatus.ACTUAL,
        FactStatus.DENIED,
    }


def test_the_most_important_first_and_new_ones(database):
    for site, industry, now in (
        ("ria.ru", "станки", NOW),
        ("t.me", "мебель", NOW),
        ("tass.ru", "сыр", "2025-02-01T00:00:00Z"),
    ):
        tell(database, on("2024-01-10", site).cluster(VEGA, industry=industry), now=now)
    tell(database, on("2024-01-10", "vk.com", name="v").cluster("кластер «Лира»", industry="лён"))
    tell(database, on("2024-01-10", "t.me", name="t").cluster("кластер «Лира»", industry="шёлк"))
    identify(database)
    assert [conflict.name for conflict in found(database)] == [VEGA, "кластер «Лира»"]
    assert [conflict.name for conflict in found(database, since="2025-01-15T00:00:00Z")] == []
