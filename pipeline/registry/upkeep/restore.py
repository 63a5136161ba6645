"""A backup into an empty database, whatever engine either is of: all of it in one transaction, read back and compared.

A backup of older tables is put into tables of its own version, which are brought up to date then.
"""

from pathlib import Path

from sqlalchemy import BigInteger, Connection, Table, cast, func, literal, select

from pipeline.errors import RegistryError
from pipeline.registry.database import Database, insert_many, lock, write
from pipeline.registry.database.versions import is_known, migrate, tables_version
from pipeline.registry.upkeep.backup import Summary, digest_of, portions, tables_of, verify

_SEQUENCE = "seq"


def restore(database: Database, file: Path) -> Summary:
    """Fill an empty database from a backup.

    Raises InputError for a backup that is none or damaged and RegistryError for a database that is not empty, with
    nothing written.
    """
    summary = verify(file)
    if not is_known(summary.tables):
        raise RegistryError(f"{file}: its tables are of version {summary.tables}, newer than this Svodka; "
                            "bring Svodka up to date")  # fmt: skip
    tables = tables_of(file)
    write(database, lambda connection: _fill(connection, database, file, summary, tables))
    return summary


def _fill(connection: Connection, database: Database, file: Path, summary: Summary, tables: list[Table]) -> None:
    lock(connection)
    found = tables_version(connection)
    if found not in {None, summary.tables} or (found and not _is_empty(connection, tables)):
        raise RegistryError(f"{database.name}: something is in this registry; restore into a new one")
    migrate(connection, database.name, summary.tables)
    for portion in portions(file):
        insert_many(connection, portion.table, tuple(portion.table.columns.keys()), portion.rows)
    if digest_of(connection, tables) != (summary.rows, summary.sha256):
        raise RegistryError(f"{database.name}: what was written is not what is read back; nothing was restored")
    for table in tables:
        _go_on_after(connection, table)
    migrate(connection, database.name)


def _is_empty(connection: Connection, tables: list[Table]) -> bool:
    return not any(connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in tables)


def _go_on_after(connection: Connection, table: Table) -> None:
    """Let the numbers of new rows begin after those restored; SQLite's do so by themselves."""
    if connection.dialect.name == "postgresql" and _SEQUENCE in table.columns:
        number = cast(func.max(table.columns[_SEQUENCE]), BigInteger)
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', _SEQUENCE)
        connection.execute(select(func.setval(sequence, func.coalesce(number, 1), number.is_not(None))))
