"""Every way in which a database says no, and what the person in front of it is told."""

import os
import sqlite3

import pytest
from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading, write
from pipeline.registry.database._address import hidden, parse_address
from pipeline.registry.database._trouble import explain, is_passing

SECRET = "s3cret"  # noqa: S105 - to be looked for in messages


def told(url, **options):
    with pytest.raises(RegistryError) as caught:
        open_database(url, **options)
    assert SECRET not in str(caught.value)
    return str(caught.value)


# Addresses


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://keeper:s3cret@db.example/registry", "SQLite or PostgreSQL"),
        ("postgresql//keeper:s3cret@db.example/registry", "SQLite or PostgreSQL"),
        ("postgresql:keeper:s3cret@db.example/registry", "no database URL"),
        ("postgresql://keeper:s3cret@db.example:port/registry", "no database URL"),
        ("postgresql://keeper:at@s3cret@127.0.0.1:1/registry", "is written %40"),
        ("postgresql://127.0.0.1:1/registry?user=keeper&password=s3cret", "check the host and port"),
        ("postgresql://keeper:s3cret@127.0.0.1:1/registry", "check the host and port"),
        ("postgresql://keeper:s3cret@no-such-host.invalid/registry", "check the host and port"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("", "SQLite or PostgreSQL"),
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_an_address_that_leads_nowhere(address, words, create):
    assert words in told(address, create=create)


@pytest.mark.parametrize("name", ["registry.db", "registry", "my registry.sqlite"])
def test_a_path_is_a_file(name, tmp_path):
    path = str(tmp_path / name)
    open_database(path, create=True).engine.dispose()
    opened = open_database(path)
    assert opened.name == path
    opened.engine.dispose()
    open_database(f"sqlite:///{path}").engine.dispose()


def test_a_password_is_hidden_wherever_it_stands():
    database = parse_address(f"postgresql://keeper:{SECRET}@db.example/registry")
    assert SECRET not in repr(database)
    for address in (
        f"postgresql://keeper:{SECRET}@db.example/r",
        f"x:{SECRET}@db",
        f"postgresql://db.example/r?a=b&PASSWORD={SECRET}&c=d",
    ):
        assert SECRET not in hidden(address)


# Files


def test_nothing_there(tmp_path):
    assert "no registry there; `svodka registry load` makes one" in told(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path):
    assert f"no folder {tmp_path}/none" in told(f"sqlite:///{tmp_path}/none/registry.db", create=True)


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_is_no_file(tmp_path, create):
    assert "this is a folder" in told(str(tmp_path), create=create)


@pytest.mark.parametrize("create", [True, False])
def test_some_other_file(tmp_path, create):
    path = tmp_path / "letter.txt"
    path.write_text("Уважаемая редакция! " * 500, encoding="utf-8")
    before = path.read_bytes()
    assert "something else than an SQLite database" in told(str(path), create=create)
    assert path.read_bytes() == before


def test_an_empty_file_or_database_is_no_registry(tmp_path, registry_url):
    (tmp_path / "empty.db").touch()
    assert "no registry in it" in told(str(tmp_path / "empty.db"))
    if registry_url.startswith("postgresql"):
        assert "no registry in it" in told(registry_url)


def test_a_damaged_file(tmp_path):
    path = tmp_path / "registry.db"
    open_database(str(path), create=True).engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    assert "svodka registry restore" in told(str(path), create=True)


def add_load(connection, size=1):
    connection.execute(insert(schema.load).values(command="x" * size, started_at="2024-03-06T10:00:00Z"))


def pragma(database, words):
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {words}"))
    database.engine.dispose()


def test_a_full_disk_leaves_what_was_there(tmp_path):
    database = open_database(str(tmp_path / "registry.db"), create=True)
    write(database, add_load)
    pragma(database, "max_page_count=100")
    with pytest.raises(RegistryError, match="disk is full; what was written before is kept"):
        write(database, lambda connection: add_load(connection, 10**7), sleep=pytest.fail)
    with reading(database) as connection:
        assert len(connection.execute(select(schema.load)).all()) == 1
    database.engine.dispose()


def test_a_file_that_may_not_be_written(tmp_path):
    database = open_database(str(tmp_path / "registry.db"), create=True)
    pragma(database, "query_only=ON")
    with pytest.raises(RegistryError, match="may not be written"):
        write(database, add_load, sleep=pytest.fail)
    database.engine.dispose()


def test_a_locked_file_is_waited_for_and_then_told(tmp_path):
    path = tmp_path / "registry.db"
    database = open_database(f"sqlite:///{path}?timeout=0.01", create=True)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pauses = []

    def let_go(seconds):
        pauses.append(seconds)
        if len(pauses) == 5:
            other.execute("COMMIT")

    write(database, add_load, sleep=let_go)
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6]
    other.execute("BEGIN IMMEDIATE")
    ticks = iter(range(0, 10**6, 50))
    with pytest.raises(RegistryError, match="another program holds it"):
        write(database, add_load, sleep=lambda _: None, clock=lambda: next(ticks))
    other.close()
    database.engine.dispose()


# A server


@pytest.fixture
def server_url(postgresql_server):
    return make_url(postgresql_server.get_uri(database="postgres"))


def test_no_such_database(server_url):
    url = server_url.set(database="none").render_as_string(hide_password=False)
    assert "createdb" in told(url, create=True)


def test_no_such_user(server_url):
    url = server_url.set(username="nobody").render_as_string(hide_password=False)
    assert "check the user" in told(url, create=True)


def test_a_wrong_password(postgresql_server, server_url):
    rules = postgresql_server.pgdata / "pg_hba.conf"
    before = rules.read_text()
    postgresql_server.psql("CREATE ROLE keeper LOGIN PASSWORD 'right';")
    rules.write_text("local all keeper scram-sha-256\n" + before)
    postgresql_server.psql("SELECT pg_reload_conf();")
    try:
        url = server_url.set(username="keeper", password=SECRET).render_as_string(hide_password=False)
        assert "check the user and the password" in told(url)
        url = server_url.set(username="keeper", password="right").render_as_string(hide_password=False)  # noqa: S106
        assert "permission denied" in told(url, create=True)
    finally:
        rules.write_text(before)
        postgresql_server.psql("SELECT pg_reload_conf();")


def test_an_encoding_that_cannot_hold_the_texts(postgresql_server, server_url):
    postgresql_server.psql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0;")
    url = server_url.set(database="latin").render_as_string(hide_password=False)
    assert "its encoding is LATIN1; a registry needs UTF8" in told(url, create=True)


@pytest.mark.parametrize("registry_url", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_ends_is_made_anew(database):
    runs = []

    def work(connection):
        add_load(connection)
        runs.append(connection)
        if len(runs) < 3:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    write(database, work, sleep=lambda _: None)
    with reading(database) as connection:
        assert len(connection.execute(select(schema.load)).all()) == 1
    assert len(runs) == 3


@pytest.mark.parametrize("registry_url", ["postgresql"], indirect=True)
def test_a_lock_is_waited_for(database):
    blocker = create_engine(database.engine.url)
    with blocker.begin() as other:
        other.execute(text("LOCK TABLE load"))

        def work(connection):
            connection.execute(text("SET LOCAL lock_timeout = '10ms'"))
            add_load(connection)

        write(database, work, sleep=lambda _: other.rollback())
    blocker.dispose()


@pytest.mark.parametrize("registry_url", ["postgresql"], indirect=True)
def test_a_standby_is_told(database):
    with pytest.raises(RegistryError, match="takes no writes"):
        write(database, lambda c: (c.execute(text("SET TRANSACTION READ ONLY")), add_load(c)), sleep=pytest.fail)


class FakeError(Exception):
    sqlstate = None


@pytest.mark.parametrize(
    ("state", "passing", "words"),
    [
        ("08006", True, "the connection broke"),
        ("53100", False, "the server's disk is full"),
        ("53300", False, "no connection left"),
        ("57P03", True, "being stopped or started"),
        ("40001", True, "others were writing"),
        ("40P01", True, "others were writing"),
        ("23505", False, "duplicate"),
    ],
)
def test_codes_decide(state, passing, words):
    fake = FakeError("duplicate connection database is locked")
    fake.sqlstate = state
    error = OperationalError("INSERT", {"name": SECRET}, fake)
    assert is_passing(error) is passing
    assert words in explain(error)
    assert SECRET not in explain(error)


# Both


@pytest.mark.parametrize("name", ["\udcff", "a\ud800b"])
def test_broken_characters_are_told(database, name):
    with pytest.raises(RegistryError, match="lone surrogates"), reading(database) as connection:
        connection.execute(select(schema.card).where(schema.card.c.name == name))
    with reading(database) as connection:
        assert connection.execute(select(schema.card)).all() == []
