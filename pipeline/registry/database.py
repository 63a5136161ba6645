"""The one way to a registry's database: connect, migrate, read, write; the only place that knows which database it is.

A `Database` is an engine whose tables are up to date. `reading` gives a consistent snapshot; `write` carries out a
piece of work in one transaction and tries again when another writer, a lock or a restart of the server was in its way.
Trouble leaves as RegistryError, which says what, where and what to do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from pipeline.errors import RegistryError

DEFAULT_URL = "sqlite:///registry.db"

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x53564F444B41  # of this application, among the advisory locks of a PostgreSQL database
_BUSY_SECONDS = 60.0
_ATTEMPTS = 8
_FIRST_PAUSE = 0.1  # seconds; doubled after each attempt
_AGAIN = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03"})  # serialization, deadlock, lock, shutdown

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Database:
    """An open registry. `name` is its URL without the password, for people."""

    engine: Engine
    name: str


def open_database(url: str, *, create: bool = False) -> Database:
    """Open a registry; `create` makes what is not there yet and migrates an older one.

    Raises RegistryError where there is none, it cannot be reached, is of another version or no registry.
    """
    parsed = _parsed(url)
    database = Database(_engine(parsed), parsed.render_as_string(hide_password=True))
    with _told(database):
        if create:
            write(database, _migrate)
        else:
            _check_there(parsed, database)
    return database


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """Give a connection that sees one state of the registry throughout, and writes nothing."""
    with _told(database), database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield connection
        connection.rollback()


def write(
    database: Database, work: Callable[[Connection], Result], *, sleep: Callable[[float], None] = time.sleep
) -> Result:
    """Carry out work in one transaction; again, from its start, when it was in another's way or the server went.

    `work` may run several times; only its last run leaves anything in the registry.
    """
    with _told(database):
        pause = _FIRST_PAUSE
        for _ in range(_ATTEMPTS - 1):
            try:
                return _once(database, work)
            except DBAPIError as error:
                if not _worth_another_try(error):
                    raise
            sleep(pause)
            pause *= 2
        return _once(database, work)


def lock(connection: Connection) -> None:
    """Let one writer at a time beyond this point, till the end of the transaction; SQLite has only one anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _once(database: Database, work: Callable[[Connection], Result]) -> Result:
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        return work(connection)


def _worth_another_try(error: DBAPIError) -> bool:
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _AGAIN:
        return True
    return "database is locked" in str(error.orig) or "connection" in str(error.orig).lower()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RegistryError(f"{url!r} is no database URL; give one like {DEFAULT_URL}") from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise RegistryError(
            f"{url}: a registry is kept in SQLite (sqlite:///FILE) or PostgreSQL (postgresql+psycopg://…)"
        )
    return parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: one that begins as a reader cannot wait for the lock later.
    immediate = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    lock(connection)
    command.upgrade(_config(connection), "head")


def _check_there(url: URL, database: Database) -> None:
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise RegistryError(f"{database.name}: no registry there; `svodka registry load` makes one")
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        wanted = ScriptDirectory.from_config(_config(connection)).get_current_head()
    if found is None:
        raise RegistryError(f"{database.name}: no registry in it; `svodka registry load` makes one")
    if found != wanted:
        raise RegistryError(f"{database.name}: its tables are of version {found}, this Svodka's of {wanted}; "
                            "`svodka registry load` brings older ones up to date")  # fmt: skip


@contextmanager
def _told(database: Database) -> Iterator[None]:
    """Turn the database's errors into the tree of `pipeline.errors`."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise RegistryError(f"{database.name}: {cause}") from error


def insert_many(connection: Connection, table: Table, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows, given as tuples of the columns, in one go."""
    if not rows:
        return
    postgres = connection.dialect.name == "postgresql"
    names = ", ".join(map(connection.dialect.identifier_preparer.quote, columns))
    if postgres:  # one statement, and a tenth of the time of many
        types = (table.c[column].type.compile(connection.dialect) for column in columns)
        given = ", ".join(f"%s::{type_.partition(' ')[0]}[]" for type_ in types)
        command = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({given})"  # noqa: S608 - names of columns
        connection.exec_driver_sql(command, tuple(map(list, zip(*rows, strict=True))))
    else:
        given = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({given})", rows)  # noqa: S608 - see above


def insert_ignoring(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert rows but those whose key is there; tell how many were inserted."""
    if not rows:
        return 0
    command = _insert(connection, table).on_conflict_do_nothing()
    return connection.execute(command, rows, execution_options={"preserve_rowcount": True}).rowcount


def insert_or_update(connection: Connection, table: Table, rows: list[dict[str, Any]], *, newer: str) -> None:
    """Insert rows; one whose key is there replaces it where its column `newer` is the greater."""
    if not rows:
        return
    statement = _insert(connection, table)
    given = statement.excluded
    values = {name: given[name] for name in rows[0] if not table.c[name].primary_key}
    key = list(table.primary_key.columns)
    is_newer = given[newer] > table.c[newer]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values, where=is_newer), rows)


def _insert(connection: Connection, table: Table) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
