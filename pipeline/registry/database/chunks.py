"""Long lists of ids into queries: a database takes only so many parameters at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Row, Select

_CHUNK = 500


def rows_in(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
) -> Iterator[Row[Any]]:
    """Give the rows of a query whose column is one of the values."""
    for chunk in chunks(values):
        yield from connection.execute(query.where(column.in_(chunk))).all()


def delete_in(connection: Connection, command: Delete, column: ColumnElement[Any], values: Iterable[Any]) -> None:
    """Delete the rows whose column is one of the values."""
    for chunk in chunks(values):
        connection.execute(command.where(column.in_(chunk)))


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut the distinct values into lists of bounded length, in their order."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]
