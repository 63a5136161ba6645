"""The facts of the page that started it all: read from the data folder, whose text stays outside the repository."""

import os
from collections import Counter
from pathlib import Path

import pytest

from pipeline.fact import FactKind
from pipeline.model import Media, Page, Source
from pipeline.run import process

DATA = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[3].parent / "shared" / "data"))
PAGE = DATA / "seed" / "page.txt"


@pytest.fixture(scope="module")
def record():
    if not PAGE.exists():
        pytest.skip(f"no data: {PAGE}")
    return process(Page(Source("page.txt"), Media.TEXT, PAGE.read_bytes()))


def test_every_fact_a_clerk_would_enter_is_found(record):
    kinds = Counter((fact.kind, fact.status.value) for fact in record.facts)
    assert kinds[FactKind.IN_REGISTRY, "actual"] == 4
    assert kinds[FactKind.HOLDS_POSITION, "actual"] == 2
    assert kinds[FactKind.CREATED_ON_BASE_OF, "planned"] == 1
    assert kinds[FactKind.AGREEMENT_SIGNED, "actual"] == 1
    assert (kinds[FactKind.AMOUNT_OF, "actual"], kinds[FactKind.AMOUNT_OF, "planned"]) == (1, 1)
    assert kinds[FactKind.EVENT_HELD, "actual"] == 1
    assert kinds[FactKind.QUANTITY_OF, "actual"] == 1
    assert kinds[FactKind.PARTICIPATES_IN, "actual"] == 2


def test_the_roles_name_the_right_bodies(record):
    names = {entity.id: entity.name for entity in (*record.organizations, *record.events)}
    fund = next(key for key, name in names.items() if name.startswith("Фонд развития промышленности"))
    told = {fact.kind: fact for fact in reversed(record.facts)}
    assert told[FactKind.CREATED_ON_BASE_OF].roles["base"] == fund
    assert {f.roles["subject"] for f in record.facts if f.kind is FactKind.AMOUNT_OF} == {fund}
    assert {"event", "source"} <= set(told[FactKind.AGREEMENT_SIGNED].roles)
    assert names[told[FactKind.PARTICIPATES_IN].roles["support"]] == "Кубанский научный фонд"
    assert (told[FactKind.EVENT_HELD].date, told[FactKind.EVENT_HELD].place) != (None, None)
