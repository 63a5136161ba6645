"""What the keeper decides on names is how entities are called and found."""

import pytest
from sqlalchemy import select

from pipeline.registry import schema
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.resolve import resolve, resolve_all
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import Signature, decide, undo
from tests.pipeline.registry.stories import on, tell

ANNA = Signature("Анна", "2025-01-02T10:00:00Z")


@pytest.fixture
def named(database):
    tell(database, on("2024-03-01", "a.example").organization("фонд «Исток»", aliases=("Исток-Фонд",)))
    resolve(database)
    return database


def card(database):
    with reading(database) as connection:
        (name,) = connection.execute(select(schema.card.c.name)).scalars()
        return name, set(connection.execute(select(schema.term.c.term)).scalars())


def claims(database, value):
    statement = schema.statement.c
    with reading(database) as connection:
        return connection.execute(select(statement.claim).where(statement.value == value)).scalars().all()


@pytest.mark.parametrize("again", [resolve, resolve_all])
def test_a_corrected_name_is_the_name(named, again):
    write(named, lambda c: correct(c, claims(named, "фонд «Исток»"), "Фонд «Родник»", ANNA))
    again(named)
    name, terms = card(named)
    assert name == "Фонд «Родник»"
    assert "родник" in terms
    write(named, lambda c: undo(c, ANNA))
    again(named)
    name, terms = card(named)
    assert name == "фонд «Исток»"
    assert "родник" not in terms


def test_a_rejected_alias_finds_nothing(named):
    before = card(named)[1]
    write(named, lambda c: decide(c, claims(named, "Исток-Фонд"), Status.REJECTED, ANNA))
    resolve(named)
    assert card(named)[1] < before


def test_an_entity_whose_only_name_is_rejected_keeps_it_for_want_of_another(named):
    write(named, lambda c: decide(c, claims(named, "фонд «Исток»"), Status.REJECTED, ANNA))
    resolve(named)
    assert card(named)[0] == "фонд «Исток»"
