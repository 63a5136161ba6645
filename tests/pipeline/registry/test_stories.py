"""The stories themselves: what the tests of the registry tell it is what it gets."""

from sqlalchemy import select

from pipeline.registry import schema
from pipeline.registry.database import reading
from pipeline.registry.loading.load import Loaded
from tests.pipeline.registry.stories import identify, on, tell

MINISTRY = "Минэкономики Ольской области"


def rows(database, query):
    with reading(database) as connection:
        return connection.execute(query).all()


def test_a_story_becomes_entities_and_an_occupancy(database):
    told = on("2024-03-01").holds("Анна Берёзкина", "министр", MINISTRY, status="appointed", since="2024-02")
    assert tell(database, told) == [Loaded.NEW]
    kinds = [row.kind for row in rows(database, select(schema.entity.c.kind))]
    assert sorted(kinds) == ["occupancy", "organization", "person", "post"]
    said = {(row.property, row.value) for row in rows(database, select(schema.statement))}
    assert said >= {("status", "appointed"), ("start", "2024-02-01/2024-02-28"), ("body", MINISTRY)}


def test_another_content_is_the_same_article(database):
    first = on("2024-03-01").cluster("кластер «Вега»")
    edited = on("2024-03-01", modified="2024-03-02T00:00:00Z").cluster("кластер «Вега»", status="in_registry")
    assert tell(database, first, first, edited) == [Loaded.NEW, Loaded.KNOWN, Loaded.REVISED]


def test_equal_names_and_equal_relations_are_one(database):
    for day in ("2024-03-01", "2024-03-02"):
        tell(database, on(day).holds("Анна Берёзкина", "министр", MINISTRY))
    identify(database)
    canonical = [row.canonical_id for row in rows(database, select(schema.entity.c.canonical_id))]
    assert len(canonical) == 8
    assert len(set(canonical)) == 4


def test_amounts_and_facts(database):
    told = (
        on("2024-03-01")
        .cluster("кластер «Вега»")
        .amount("кластер «Вега»", "2000000", modality="planned")
        .says("in_registry", subject="кластер «Вега»", registry="реестр Минпромторга")
    )
    tell(database, told)
    said = {(row.property, row.value, row.modality) for row in rows(database, select(schema.statement))}
    assert said >= {("min", "2000000", "planned"), ("registry", "реестр Минпромторга", "actual")}
