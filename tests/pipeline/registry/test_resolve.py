"""What is one follows from what is loaded and judged: not from the order, nor from how often it was worked out."""

import threading
from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pipeline.registry import schema
from pipeline.registry.database import open_database, reading
from pipeline.registry.identity import from_json
from pipeline.registry.identity.resolve import resolve as resolve_pure
from pipeline.registry.resolve import resolve, resolve_all
from tests.pipeline.registry.stories import on, tell
from tests.pipeline.registry.test_order import empty, killed_after

USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
MINISTRY = "Министерство экономики Ольской области"
SHORT, OTHER = "Минэкономики Ольской области", "Минэкономики Тверской области"
HERE, THERE = {"region": "Ольская область"}, {"region": "Тверская область"}


def article(number, content, revision=0):
    """One of a few articles, with one of the contents that have entities in common and hard to tell."""
    day = f"2024-03-{1 + number:02}"
    told = on(day, name=f"article-{number}", modified=f"2024-04-{1 + revision:02}T00:00:00Z" if revision else None)
    return CONTENTS[content % len(CONTENTS)](told)


CONTENTS = (
    lambda told: told.organization(MINISTRY, kind="government", aliases=(SHORT,), **HERE).holds(
        "Анна Берёзкина", "министр", MINISTRY
    ),
    lambda told: told.organization(SHORT, kind="government", **HERE).holds("Анна Берёзкина", "министр", SHORT),
    lambda told: told.organization(OTHER, kind="government", **THERE).holds("Анна Берёзкина", "министр", OTHER),
    lambda told: told.holds("Анна Ильинична Берёзкина", "депутат", "Ольская дума").amount("Ольская дума", "2000000"),
    lambda told: told.holds("Анна Петровна Берёзкина", "директор", "фонд «Вега»"),
    lambda told: told.person("Анна Берёзкина").organization("Вега").amount("Вега", "2000000"),
    lambda told: told.organization("завод «Кварц»", identifiers={"inn": "7707083893"}).place("Тверь", **THERE),
    lambda told: told.organization("АО «Кварц»", legal_form="АО", identifiers={"inn": "7728168971"}).place("Тверь"),
    lambda told: told.organization("Кварц").place("Тверь").says("located_in", subject="Кварц", place="Тверь"),
)  # fmt: skip

worlds = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, len(CONTENTS) - 1), st.integers(0, 2)),
    min_size=1, max_size=9, unique_by=lambda seen: (seen[0], seen[2]),
)  # fmt: skip


def outcome(database):
    """All that resolving makes, but for what is only on the way to it."""
    entity, card, term = schema.entity.c, schema.card.c, schema.term.c
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(schema.touched)).scalar() == 0
        canonical = dict(connection.execute(select(entity.id, entity.canonical_id)).all())
        cards = connection.execute(select(schema.card).order_by(card.id)).all()
        terms = connection.execute(
            select(term.card_id, term.term, term.articles).order_by(term.card_id, term.term)
        ).all()
        return canonical, cards, terms


def by_canonical(database, kind):
    entity = schema.entity.c
    found = defaultdict(set)
    with reading(database) as connection:
        for row in connection.execute(select(entity.canonical_id, entity.name).where(entity.kind == kind)):
            found[row.canonical_id].add(row.name)
    return sorted(map(sorted, found.values()))


@settings(max_examples=12, **USUAL)
@given(worlds, st.integers(0, 5))
def test_the_order_does_not_matter(database, world, seed):
    empty(database)
    tell(database, *(article(*seen) for seen in world))
    resolve(database)
    at_once = outcome(database)
    resolve(database)
    assert outcome(database) == at_once
    resolve_all(database)
    assert outcome(database) == at_once
    empty(database)
    for seen in Random(seed).sample(world, len(world)):  # noqa: S311 - no secret
        tell(database, article(*seen))
        resolve(database)
    assert outcome(database) == at_once


@settings(max_examples=12, **USUAL)
@given(worlds, st.integers(0, 5), st.integers(1, 3))
def test_neither_the_order_nor_the_size_of_batches_matters(database, world, seed, size):
    """Nor whether profiles are placed before all else, as they are where more articles are new than go into a batch."""
    empty(database)
    tell(database, *(article(*seen) for seen in world))
    resolve(database)
    at_once = outcome(database)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_COMPARED_AT_ONCE", "_SETTLED_AT_ONCE", "_SHOWN_AT_ONCE"):
            patch.setattr(f"pipeline.registry.resolve.{name}", size)
        resolve_all(database)
        assert outcome(database) == at_once
        empty(database)
        order = Random(seed).sample(world, len(world))  # noqa: S311 - no secret
        for some in (order[::2], order[1::2]):
            tell(database, *(article(*seen) for seen in some))
            resolve(database)
    assert outcome(database) == at_once


@settings(max_examples=10, **USUAL)
@given(worlds)
def test_it_is_what_the_pure_resolving_says(database, world):
    empty(database)
    tell(database, *(article(*seen) for seen in world))
    resolve(database)
    entity, profile = schema.entity.c, schema.profile.c
    with reading(database) as connection:
        rows = connection.execute(
            select(entity.profile_id, entity.canonical_id, profile.features).join(
                schema.profile, profile.id == entity.profile_id
            )
        ).all()
    found = defaultdict(set)
    for row in rows:
        found[row.canonical_id].add(row.profile_id)
    pure = resolve_pure(from_json(row.features) for row in rows)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, pure.components))


def test_a_canonical_id_is_of_the_first_seen_and_old_ids_lead_on(database):
    tell(database, article(3, 0))
    resolve(database)
    with reading(database) as connection:
        [before] = connection.execute(select(schema.entity.c.id).where(schema.entity.c.name == MINISTRY)).scalars()
    tell(database, article(1, 1))
    resolve(database)
    with reading(database) as connection:
        rows = connection.execute(select(schema.entity).where(schema.entity.c.kind == "organization")).all()
    first = min(rows, key=lambda row: row.first_seen)
    assert {row.canonical_id for row in rows} == {first.id}
    assert first.id != before


def test_posts_and_occupancies_follow_their_ends(database):
    tell(database, article(0, 0), article(1, 1), article(2, 2))
    resolve(database)
    entity = schema.entity.c
    with reading(database) as connection:
        for kind in ("post", "occupancy"):
            rows = connection.execute(select(entity.article_id, entity.canonical_id).where(entity.kind == kind)).all()
            canonical = dict(rows)
            assert canonical["article-0"] == canonical["article-1"] != canonical["article-2"]


def test_what_no_article_says_any_more_has_no_card(database):
    tell(database, article(0, 6))
    tell(database, article(0, 3, revision=1))
    resolve(database)
    with reading(database) as connection:
        names = set(connection.execute(select(schema.card.c.name)).scalars())
        ids = set(
            connection.execute(
                select(schema.entity.c.canonical_id).where(schema.entity.c.name == "завод «Кварц»")
            ).scalars()
        )
    assert "завод «Кварц»" not in names
    assert "Анна Ильинична Берёзкина" in names
    assert len(ids) == 1


def test_a_run_cut_down_is_taken_up(database):
    world = [article(number, content) for number, content in enumerate(range(len(CONTENTS)))]
    tell(database, *world)
    resolve(database)
    whole = outcome(database)
    for statements in range(3, 120, 13):
        empty(database)
        tell(database, *world)
        with killed_after(database, statements):
            resolve(database)
        resolve(database)
        assert outcome(database) == whole


def test_a_run_of_small_batches_cut_down_is_taken_up(database, monkeypatch):
    world = [article(number, content) for number, content in enumerate(range(len(CONTENTS)))]
    tell(database, *world)
    resolve(database)
    whole = outcome(database)
    for name in ("_SETTLED_AT_ONCE", "_SHOWN_AT_ONCE"):
        monkeypatch.setattr(f"pipeline.registry.resolve.{name}", 2)
    for statements in range(5, 300, 29):
        empty(database)
        tell(database, *world)
        with killed_after(database, statements):
            resolve(database)
        resolve(database)
        assert outcome(database) == whole


def test_batches_come_to_the_same(database, monkeypatch):
    world = [article(number, content) for number, content in enumerate(range(len(CONTENTS)))]
    tell(database, *world)
    resolve(database)
    whole = outcome(database)
    empty(database)
    monkeypatch.setattr("pipeline.registry.resolve._COMPARED_AT_ONCE", 2)
    monkeypatch.setattr("pipeline.registry.resolve._SETTLED_AT_ONCE", 1)
    tell(database, *world)
    resolve(database)
    assert outcome(database) == whole


def test_an_entity_that_moves_on_from_batch_to_batch_counts_once(database, monkeypatch):
    tell(database, *(article(number, 0) for number in range(5, -1, -1)))  # each is seen before those told already
    monkeypatch.setattr("pipeline.registry.resolve._SETTLED_AT_ONCE", 1)
    done = resolve(database)
    with reading(database) as connection:
        assert done.moved == connection.execute(select(func.count()).select_from(schema.entity)).scalar()


def test_four_loaders_resolve_at_once(database, registry_url):
    world = [article(number, content) for number, content in enumerate([*range(len(CONTENTS))] * 2)]
    tell(database, *world)
    resolve(database)
    whole = outcome(database)
    empty(database)
    troubles = []

    def load(part):
        own = open_database(registry_url)
        try:
            for told in part:
                tell(own, told)
                resolve(own)
        except BaseException as error:  # noqa: BLE001 - it is shown below
            troubles.append(error)
        finally:
            own.engine.dispose()

    threads = [threading.Thread(target=load, args=(world[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    resolve(database)
    assert outcome(database) == whole


def test_strange_names_are_resolved(database):
    tell(
        database,
        on("2024-03-01").organization("Ы" * 1_000_000).person("'; DROP TABLE entity; --"),
        on("2024-03-02", "ria.ru").organization("Ы" * 1_000_000).organization("«»").place("…"),
    )
    resolve(database)
    assert Counter(map(len, by_canonical(database, "organization"))) == Counter({1: 2})
