"""New conflicts: found among what was touched, they are those that are found among all."""

from itertools import pairwise

import pytest
from sqlalchemy import select, update

from pipeline.registry import schema
from pipeline.registry.belief.conflicts import ConflictKind, conflicts
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import EntityKind
from tests.pipeline.registry.stories import identify, on, tell

REGION, VEGA, FUND = "Ольская область", "кластер «Вега»", "фонд «Исток»"
ANNA, OLEG, VERA = "Анна Берёзкина", "Олег Седов", "Вера Лунина"
TIMES = [f"2025-01-{day:02}T00:00:00Z" for day in range(1, 9)]


def governor(day, site, person, **more):
    return (
        on(day, site, name=f"{site}{day}{person}")
        .place(REGION, kind="region")
        .holds(person, "губернатор", REGION, **more)
    )


def amount(day, site, low, since="2024-03-05"):
    return on(day, site).cluster(VEGA).amount(VEGA, low, since=since)


def located(day, site, modality="actual"):
    return on(day, site).cluster(VEGA).place("Ольск").says("located_in", modality=modality, subject=VEGA, place="Ольск")


# What each night brings; no conflict is of one night only, and most grow.
NIGHTS = [
    [governor("2024-01-10", "ria.ru", ANNA), on("2024-01-10", "a.example").cluster(VEGA, industry="станки")],
    [
        governor("2024-02-10", "tass.ru", OLEG),
        governor("2024-03-10", "ria.ru", ANNA),
        amount("2024-03-06", "ria.ru", "2"),
    ],
    [governor("2024-02-20", "rbc.ru", OLEG), on("2024-01-12", "b.example").cluster(VEGA, industry="мебель")],
    [amount("2024-03-07", "tass.ru", "5"), located("2024-03-07", "kp.ru"), amount("2024-03-07", "iz.ru", "7", None)],
    [located("2024-03-08", "rbc.ru", "denied"), on("2024-01-13", "c.example").cluster(VEGA, industry="мебель")],
    [on("2024-01-14", "a.example").organization(FUND, identifiers={"inn": "7707083893"})],
    [
        on("2024-01-15", "b.example").organization("фонд «Родник»", identifiers={"inn": "7707083893"}),
        governor("2024-02-12", "iz.ru", VERA),
        amount("2024-03-09", "kp.ru", "9"),
    ],
    [governor("2024-03-01", "kp.ru", VERA), on("2024-01-16", "d.example").cluster(VEGA, industry="лён")],
]


@pytest.fixture
def nights(database):
    for articles, now in zip(NIGHTS, TIMES, strict=True):
        tell(database, *articles, now=now)
    identify(database)
    return database


def test_the_new_ones_are_those_of_all_that_are_new(nights):
    with reading(nights) as connection:
        every = conflicts(connection)
        assert {conflict.kind for conflict in every} == set(ConflictKind)
        for since in ("2024", *TIMES, "2026"):
            assert conflicts(connection, since=since) == tuple(one for one in every if one.since >= since), since
        counted = [len(conflicts(connection, since=since)) for since in ("2024", *TIMES, "2026")]
    assert all(before >= after for before, after in pairwise(counted))
    assert (counted[0], counted[-1]) == (len(every), 0)
    assert len(set(counted)) > 3


@pytest.mark.parametrize("kind", ConflictKind)
def test_so_it_is_with_each_kind(nights, kind):
    with reading(nights) as connection:
        every = conflicts(connection, [kind])
        assert every
        for since in TIMES:
            assert conflicts(connection, [kind], since=since) == tuple(one for one in every if one.since >= since)


def test_an_amount_whose_date_stands_in_another_article_than_its_subject(database):
    """One amount by two articles: the first gives the day, the second says it again without; the third contradicts."""
    tell(database, amount("2024-03-06", "ria.ru", "2"), now=TIMES[0])
    tell(database, amount("2024-03-07", "tass.ru", "5", None), now=TIMES[0])
    identify(database)
    with reading(database) as connection:
        assert conflicts(connection) == ()
    tell(database, amount("2024-03-08", "rbc.ru", "5"), now=TIMES[1])  # what tass.ru names has a day now
    identify(database)
    with reading(database) as connection:
        (conflict,) = conflicts(connection)
        assert {side.value for side in conflict.sides} == {"2 RUB", "5 RUB"}
        assert {len(side.testimony) for side in conflict.sides} == {1, 2}
        for since in TIMES[:3]:
            assert conflicts(connection, since=since) == ((conflict,) if conflict.since >= since else ())


def test_an_amount_of_which_one_article_has_the_subject_and_another_the_date(database):
    """They are one by a person's word; what was loaded since, bounds and date, names no known subject."""
    tell(database, amount("2024-03-06", "ria.ru", "2"), amount("2024-03-07", "tass.ru", "5", None), now=TIMES[0])
    tell(database, on("2024-03-08", "rbc.ru").amount("работы", "5", since="2024-03-05"), now=TIMES[1])
    identify(database)
    entity, statement = schema.entity.c, schema.statement.c

    def join(connection):
        subject = select(statement.entity_id).where(statement.property == "subject", statement.value_id.is_not(None))
        date = select(statement.entity_id).where(statement.property == "date")
        amounts = select(entity.id).where(entity.kind == EntityKind.AMOUNT)
        (undated,) = connection.execute(amounts.where(entity.id.in_(subject), entity.id.not_in(date))).scalars()
        (unnamed,) = connection.execute(amounts.where(entity.id.not_in(subject))).scalars()
        connection.execute(update(schema.entity).where(entity.id == unnamed).values(canonical_id=undated))
        bounds = (statement.entity_id == undated) & statement.property.in_(("min", "max"))
        connection.execute(update(schema.statement).where(bounds).values(status="superseded"))

    write(database, join)
    with reading(database) as connection:
        every = conflicts(connection, [ConflictKind.AMOUNTS])
        assert [{side.value for side in conflict.sides} for conflict in every] == [{"2 RUB", "5 RUB"}]
        assert every[0].since == TIMES[1]
        for since in TIMES[:3]:
            expected = tuple(one for one in every if one.since >= since)
            assert conflicts(connection, [ConflictKind.AMOUNTS], since=since) == expected
