"""The one way to a registry's database: connect, migrate, read, write; the only place that knows which database it is.

A `Database` is an engine whose tables are up to date. `reading` gives a consistent snapshot; `write` carries out a
piece of work in one transaction and tries again when another writer, a lock or a restart of the server was in its way.
Trouble leaves as RegistryError, which says what, where and what to do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pipeline.errors import RegistryError
from pipeline.registry.database._address import file_of, hidden, parse_address
from pipeline.registry.database._trouble import explain, is_passing
from pipeline.registry.database.versions import check_version, migrate

DEFAULT_URL = "sqlite:///registry.db"

_LOCK = 0x53564F444B41  # of this application, among the advisory locks of a PostgreSQL database
_BUSY_SECONDS = 60  # how long a lock is waited for
_LOG_PAGES = 8000  # of 4 KiB, of SQLite's log, before they go into the file: pages changed often go there once
_CONNECT_SECONDS = 10
_PATIENCE_SECONDS = 120.0  # how long a transaction is tried again; a server restarts well within
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Database:
    """An open registry. `name` is its URL without the password, for people."""

    engine: Engine
    name: str


def open_database(url: str, *, create: bool = False) -> Database:
    """Open a registry, by URL or path; `create` makes what is not there yet and migrates an older one.

    Raises RegistryError where there is none, it cannot be reached, is of another version or no registry.
    """
    database = connect(url, create=create)
    try:
        if create:
            write(database, lambda connection: _bring_up_to_date(connection, database))
        else:
            with _told(database), database.engine.connect() as connection:
                check_version(connection, database.name)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def connect(url: str, *, create: bool = False) -> Database:
    """Reach a database, whatever is in it: for those who make a registry in it; all others use `open_database`."""
    parsed = parse_address(url)
    database = Database(_engine(parsed, create=create), hidden(url))
    _check_file(parsed, database, create=create)
    if file_of(parsed) is None:
        with _told(database):
            database.engine.connect().close()  # a server that is not there is told at once, without much patience
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
    database: Database,
    work: Callable[[Connection], Result],
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """Carry out work in one transaction; again, from its start, when it was in another's way or the server went.

    `work` may run several times; only its last run leaves anything in the registry.
    """
    pause, end = _FIRST_PAUSE, clock() + _PATIENCE_SECONDS
    with _told(database):
        while True:
            try:
                return _once(database, work)
            except DBAPIError as error:
                if not is_passing(error) or clock() + pause >= end:
                    raise
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def lock(connection: Connection) -> None:
    """Let one writer at a time beyond this point, till the end of the transaction; SQLite has only one anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # who has this lock may work for long
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def file_damage(connection: Connection) -> list[str]:
    """Have SQLite look through its file; PostgreSQL's own tools (pg_amcheck) do that for a server."""
    if connection.dialect.name == "postgresql":
        return []
    found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    return [line for line in found if line != "ok"]


def _bring_up_to_date(connection: Connection, database: Database) -> None:
    lock(connection)
    migrate(connection, database.name)


def learn(database: Database) -> None:
    """Let PostgreSQL see how its rows are spread, after many are new: it would find out itself, but minutes later."""
    if database.engine.dialect.name == "postgresql":
        write(database, lambda connection: connection.execute(text("ANALYZE")))


def _once(database: Database, work: Callable[[Connection], Result]) -> Result:
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        return work(connection)


def _engine(url: URL, *, create: bool) -> Engine:
    if url.get_backend_name() == "postgresql":
        engine = create_engine(_waiting(url, "connect_timeout", _CONNECT_SECONDS), pool_pre_ping=True)
        event.listen(engine, "connect", _set_up_postgresql)
        return engine
    engine = create_engine(_waiting(url, "timeout", _BUSY_SECONDS))
    event.listen(engine, "connect", _set_up_sqlite_for_good if create else _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _waiting(url: URL, name: str, seconds: int) -> URL:
    return url if name in url.query else url.update_query_dict({name: str(seconds)})


def _set_up_postgresql(connection: Any, _: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_BUSY_SECONDS}s'")
    connection.commit()


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_sqlite_for_good(connection: Any, record: object) -> None:
    """Set up a file that is written: with a log that lets others read meanwhile, which the file remembers."""
    _set_up_sqlite(connection, record)
    for pragma in ("journal_mode=WAL", f"wal_autocheckpoint={_LOG_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: one that begins as a reader cannot wait for the lock later.
    immediate = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _check_file(url: URL, database: Database, *, create: bool) -> None:
    file = file_of(url)
    if file is None:
        return
    if file.is_dir():
        raise RegistryError(f"{database.name}: this is a folder; name a file in it")
    if create and not file.parent.is_dir():
        raise RegistryError(f"{database.name}: there is no folder {file.parent}; make it first")
    if not create and not file.exists():
        raise RegistryError(f"{database.name}: no registry there; `svodka registry load` makes one")


@contextmanager
def _told(database: Database) -> Iterator[None]:
    """Turn the database's errors into the tree of `pipeline.errors`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise RegistryError(f"{database.name}: {explain(error)}") from error
    except UnicodeEncodeError as error:
        raise RegistryError(f"{database.name}: a text with broken characters (lone surrogates): {error}") from error


def insert_many(connection: Connection, table: Table, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows, given as tuples of the columns, in one go: the quickest way that each database has."""
    if not rows:
        return
    names = ", ".join(map(connection.dialect.identifier_preparer.quote, columns))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", rows)
    else:
        given = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({given})", rows)  # noqa: S608 - names


def _copy(connection: Connection, command: str, rows: list[tuple[Any, ...]]) -> None:
    """Send rows by PostgreSQL's COPY, which SQLAlchemy does not know; its errors are made SQLAlchemy's."""
    cursor = connection.connection.cursor()
    dialect: Any = connection.dialect
    try:
        with cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except dialect.dbapi.Error as error:
        gone = dialect.is_disconnect(error, connection.connection.driver_connection, cursor)
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            command, None, error, dialect.dbapi.Error, connection_invalidated=gone, dialect=dialect
        ) from error


def insert_ignoring(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert rows but those whose key is there; tell how many were inserted."""
    if not rows:
        return 0
    command = _insert(connection, table).on_conflict_do_nothing()
    return connection.execute(command, rows, execution_options={"preserve_rowcount": True}).rowcount


def _insert(connection: Connection, table: Table) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
