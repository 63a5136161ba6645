"""A registry as one file that any database can be filled from: all its rows, of one state.

The file is gzipped lines of JSON:

    {"format": "svodka.backup", "version": 1, "tables": "0001", "made_at": "…"}    the version of the tables
    {"table": "load", "columns": {"seq": "integer", "command": "text", …}}         then an array a row, by primary key
    …  (a * marks the columns of the primary key)
    {"rows": {"load": 12, …}, "sha256": "…"}                                       of all lines between first and last

so that it needs no Svodka to be read. Both reading and writing take a bounded amount of memory.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Float, MetaData, Table, Text, select

from pipeline.errors import InputError, OutputError, RegistryError
from pipeline.registry.database import Database, reading
from pipeline.registry.database.versions import tables_version
from pipeline.registry.schema import metadata

FORMAT, VERSION = "svodka.backup", 1

_AT_ONCE = 1000
_LEVEL = 6
_LONGEST_LINE = 256 * 1024 * 1024
_TYPES = {"text": Text, "integer": BigInteger, "float": Float, "boolean": Boolean}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup says of itself: the version of its tables, when it was made, its rows by table, their digest."""

    tables: str
    made_at: str
    rows: Mapping[str, int]
    sha256: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows of a table."""

    table: Table
    rows: list[tuple[Any, ...]]


def back_up(database: Database, file: Path, *, now: str, force: bool = False) -> Summary:
    """Write a registry's backup; the file is there when it is whole, and an earlier one stays until then.

    Raises OutputError where it cannot be written, or something is there and `force` is not given.
    """
    if file.exists() and not force:
        raise OutputError(f"{file} is there; name another file, or replace it with --force")
    with _arriving(file, force=force) as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed:
        with reading(database) as connection:
            version = tables_version(connection) or ""
            about = {"format": FORMAT, "version": VERSION, "tables": version, "made_at": now}
            packed.write(_line(about))
            rows, digest = _write_tables(connection, metadata.sorted_tables, packed)
        packed.write(_line({"rows": rows, "sha256": digest}))
    return Summary(version, now, rows, digest)


def verify(file: Path) -> Summary:
    """Read a backup to its end; raises InputError where it is none, breaks off, or is not as it was written."""
    with _unpacked(file) as lines:
        about = _about(file, lines)
        rows: dict[str, int] = {}
        digest, table, last = hashlib.sha256(), "", b""
        for line in lines:
            if last:
                raise InputError(f"{file}: something stands behind its end")
            if line.startswith(b'{"rows"'):
                last = line
                continue
            digest.update(line)
            if line.startswith(b"{"):
                table = json.loads(line)["table"]
                rows[table] = 0
            else:
                rows[table] += 1
    if not last:
        raise InputError(f"{file} breaks off; use another backup")
    if json.loads(last) != {"rows": rows, "sha256": digest.hexdigest()}:
        raise InputError(f"{file} is damaged: it is not what was written; use another backup")
    return Summary(about["tables"], about["made_at"], rows, digest.hexdigest())


def portions(file: Path) -> Iterator[Portion]:
    """Read the rows of a verified backup, some at a time."""
    with _unpacked(file) as lines:
        _about(file, lines)
        table, rows = Table("none", MetaData()), list[tuple[Any, ...]]()
        for line in lines:
            if line.startswith(b"[") and len(rows) < _AT_ONCE:
                rows.append(tuple(json.loads(line)))
                continue
            if rows:
                yield Portion(table, rows)
            rows = [tuple(json.loads(line))] if line.startswith(b"[") else []
            if line.startswith(b'{"table"'):
                table = _table(json.loads(line))


def digest_of(connection: Connection, tables: list[Table]) -> tuple[dict[str, int], str]:
    """Count and digest the rows of tables as a backup of them would."""
    return _write_tables(connection, tables, None)


def tables_of(file: Path) -> list[Table]:
    """Read which tables, with which columns, a verified backup has."""
    with _unpacked(file) as lines:
        return [_table(json.loads(line)) for line in lines if line.startswith(b'{"table"')]


def _write_tables(connection: Connection, tables: list[Table], out: gzip.GzipFile | None) -> tuple[dict[str, int], str]:
    digest, rows = hashlib.sha256(), {}
    for table in tables:
        rows[table.name] = -1  # the first line is of the table itself
        for line in _lines(connection, table):
            digest.update(line)
            rows[table.name] += 1
            if out is not None:
                out.write(line)
    return rows, digest.hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    yield _line({"table": table.name, "columns": {column.name: _type(column) for column in table.columns}})
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query):
        yield _line(list(row))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _type(column: Column[Any]) -> str:
    kinds = {bool: "boolean", int: "integer", float: "float", str: "text"}
    return kinds[column.type.python_type] + ("*" if column.primary_key else "")


def _table(told: dict[str, Any]) -> Table:
    columns = [
        Column(name, _TYPES[kind.rstrip("*")], primary_key=kind.endswith("*"), autoincrement=False)
        for name, kind in told["columns"].items()
    ]
    return Table(told["table"], MetaData(), *columns)


def _about(file: Path, lines: Iterator[bytes]) -> dict[str, Any]:
    try:
        about = json.loads(next(lines, b""))
        is_one = about["format"] == FORMAT
    except (ValueError, TypeError, KeyError):
        is_one = False
    if not is_one:
        raise InputError(f"{file} is no backup of a registry")
    if about["version"] != VERSION:
        raise RegistryError(f"{file} was made by a newer Svodka; bring Svodka up to date")
    return dict(about)


@contextmanager
def _unpacked(file: Path) -> Iterator[Iterator[bytes]]:
    try:
        with gzip.open(file, "rb") as lines:
            yield iter(lambda: lines.readline(_LONGEST_LINE), b"")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        what = "breaks off" if isinstance(error, EOFError) else "is damaged, or no backup of a registry"
        raise InputError(f"{file} {what}: {error}; use another backup") from error
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} is damaged, or no backup of a registry: {error}; use another backup") from error


@contextmanager
def _arriving(file: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Give a file beside the wanted one, and put it there when all is on the disk."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        _put(part, file, force=force)
    except OSError as error:
        raise OutputError(f"{file}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _put(part: Path, file: Path, *, force: bool) -> None:
    """Give the written file its name; without `force` not that of a file which appeared meanwhile."""
    if not force:
        with suppress(FileNotFoundError, PermissionError, NotImplementedError):  # a file system without links
            os.link(part, file)
            return
    part.replace(file)
