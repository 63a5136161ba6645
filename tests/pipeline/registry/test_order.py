"""The registry is a function of what it was fed with: not of the order, of repetitions, of interruptions."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.loading.contribution import contribution
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.load import Loaded
from pipeline.registry.resolve import resolve, resolve_all
from tests.pipeline.registry.fingerprint import fingerprint, unexplained
from tests.pipeline.registry.sightings import Sighting, current, record_of

NOW = "2024-04-01T00:00:00Z"
USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}

sightings = st.lists(
    st.builds(Sighting, st.integers(0, 2), st.integers(0, 3), st.integers(0, 60)),
    min_size=1, max_size=8, unique_by=lambda sighting: (sighting.article, sighting.at),
)  # fmt: skip


class Killed(BaseException):
    """As a signal or a power cut: nothing of Svodka's catches it."""


@contextmanager
def killed_after(database, statements):
    """Cut the connection down before it sends one statement more."""
    left = [statements]

    def count(*_):
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        yield
    except Killed:
        pass
    finally:
        event.remove(database.engine, "before_cursor_execute", count)


def empty(database):
    with database.engine.begin() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(table.delete())


def feed(database, seen):
    made = Feed(database, "load", lambda: NOW)
    outcomes = [made.add(record_of(sighting)) for sighting in seen]
    made.end()
    return outcomes


def state(database, *, resolved=False):
    with reading(database) as connection:
        assert unexplained(connection) == []
        return fingerprint(connection, resolved=resolved)


def shuffled(seen, seed):
    return Random(seed).sample(seen, len(seen))  # noqa: S311 - no secret


def currents(database):
    article, revision = schema.article.c, schema.revision.c
    query = select(article.id, revision.text).join(schema.revision, revision.id == article.revision_id)
    with reading(database) as connection:
        return dict(connection.execute(query).all())


def check_any_order(database, seen, seed):
    empty(database)
    feed(database, sorted(seen, key=lambda sighting: sighting.at))
    expected = state(database)
    texts = {f"article-{a}": record_of(Sighting(a, c, 0)).article.text for a, c in current(seen).items()}
    assert currents(database) == texts
    empty(database)
    feed(database, shuffled(seen, seed))
    assert state(database) == expected
    assert set(feed(database, shuffled(seen, seed + 1))) == {Loaded.KNOWN}
    assert state(database) == expected
    return expected


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('order') / 'registry.db'}", create=True)
    yield database
    database.engine.dispose()


@settings(max_examples=120, **USUAL)
@given(seen=sightings, seed=st.integers(0, 1000))
def test_any_order_and_twice(sqlite, seen, seed):
    check_any_order(sqlite, seen, seed)


@settings(max_examples=12, **USUAL)
@given(seen=sightings, seed=st.integers(0, 1000))
def test_any_order_and_twice_on_both(database, seen, seed):
    check_any_order(database, seen, seed)


def check_killed(database, seen, seed, kills):
    expected = check_any_order(database, seen, seed)
    empty(database)
    for statements in kills:
        with killed_after(database, statements):
            feed(database, shuffled(seen, statements))
        check_whole(database)
    feed(database, shuffled(seen, seed))
    assert state(database) == expected


def check_whole(database):
    """No article is there by half."""
    statement, article = schema.statement.c, schema.article.c
    with reading(database) as connection:
        assert unexplained(connection) == []
        there = {row.id: row.article_id for row in connection.execute(select(schema.revision))}
        told = set(connection.execute(select(statement.revision_id).distinct()).scalars())
        rows = connection.execute(select(article.id, article.revision_id)).all()
    assert told == set(there)
    assert all(there[revision] == article for article, revision in rows)
    assert {article for article, _ in rows} == set(there.values())


@settings(max_examples=80, **USUAL)
@given(seen=sightings, seed=st.integers(0, 1000), kills=st.lists(st.integers(0, 90), min_size=1, max_size=4))
def test_killed_between_any_two_statements(sqlite, seen, seed, kills):
    check_killed(sqlite, seen, seed, kills)


@settings(max_examples=8, **USUAL)
@given(seen=sightings, seed=st.integers(0, 1000), kills=st.lists(st.integers(0, 90), min_size=1, max_size=4))
def test_killed_between_any_two_statements_on_both(database, seen, seed, kills):
    check_killed(database, seen, seed, kills)


@settings(max_examples=40, **USUAL)
@given(seen=sightings, seed=st.integers(0, 1000), cut=st.integers(0, 8))
def test_who_is_one_does_not_depend_on_the_order(sqlite, seen, seed, cut):
    """Nor on how often it is resolved in between."""
    empty(sqlite)
    feed(sqlite, sorted(seen))
    resolve(sqlite)
    expected = state(sqlite, resolved=True)
    empty(sqlite)
    some = shuffled(seen, seed)
    for part in (some[:cut], some[cut:]):
        feed(sqlite, part)
        resolve(sqlite)
    assert state(sqlite, resolved=True) == expected
    resolve_all(sqlite)
    assert state(sqlite, resolved=True) == expected


def test_several_loaders_at_once(database, registry_url):
    seen = [Sighting(article, (article + at) % 4, at) for article in range(5) for at in range(4)]
    feed(database, seen)
    expected = state(database)
    empty(database)
    failures = []

    def load(seed):
        own = open_database(registry_url)
        try:
            feed(own, shuffled(seen, seed))
        except RegistryError as error:
            failures.append(error)
        finally:
            own.engine.dispose()

    threads = [threading.Thread(target=load, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert state(database) == expected


def test_of_undated_contents_the_last_loaded_counts(database):
    """Nothing tells their order but the order of loading; loading them again changes nothing."""
    made = Feed(database, "load", lambda: NOW)

    def undated(content):
        record = record_of(Sighting(0, content, 0))
        return replace(record, article=replace(record.article, fetched_at=None, published_at=None, extractors={}))

    for order in ((0, 1), (1, 0)):
        empty(database)
        made = Feed(database, "load", lambda: NOW)
        assert [made.add(undated(content)) for content in order] == [Loaded.NEW, Loaded.REVISED]
        assert [made.add(undated(content)) for content in order] == [Loaded.KNOWN, Loaded.KNOWN]
        assert currents(database) == {"article-0": undated(order[1]).article.text}


def test_decisions_outlive_contents(database):
    """What was decided on a claim is its status again when a newer content says it, and not when none does."""
    feed(database, [Sighting(0, 0, 0)])
    claims = [s.claim for s in contribution(record_of(Sighting(0, 0, 0))).statements()]
    decided = {claims[0]: Status.ACCEPTED, claims[-1]: Status.REJECTED}
    common = {"who": "Зоя", "at": NOW, "act": "1"}

    def work(connection):
        rows = [{"claim": claim, "verdict": verdict, **common} for claim, verdict in decided.items()]
        connection.execute(insert(schema.decision), rows)

    write(database, work)
    assert feed(database, [Sighting(0, 3, 1)]) == [Loaded.REVISED]
    assert said(database) >= {(claim, verdict.value) for claim, verdict in decided.items()}
    assert feed(database, [Sighting(0, 2, 2)]) == [Loaded.REVISED]
    assert feed(database, [Sighting(0, 0, 3)]) == [Loaded.REVISED]  # the page was set back
    assert said(database) >= {(claim, verdict.value) for claim, verdict in decided.items()}
    state(database)


def said(database):
    """Give the claims of the current contents with their statuses."""
    statement, article = schema.statement.c, schema.article.c
    query = select(statement.claim, statement.status).join(schema.article, article.revision_id == statement.revision_id)
    with reading(database) as connection:
        return {tuple(row) for row in connection.execute(query)}
