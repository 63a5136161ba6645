"""One Parquet file a kind, with a fixed schema; written in batches, so memory is bounded."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.tables import COLUMNS, Row, rows

NAME = "parquet"
FILES = tuple(f"{name}.parquet" for name in COLUMNS)

_BATCH = 5_000
_INTEGERS = frozenset({"start", "stop", "mentions"})
_BOOLEANS = frozenset({"approximate", "relative"})


class ParquetSink:
    """Open Parquet files, one a table, each with the rows that wait to be written."""

    def __init__(self, folder: Path) -> None:
        self._schemas = {name: _schema(name) for name in COLUMNS}
        self._writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", s) for name, s in self._schemas.items()}
        self._waiting: dict[str, list[Row]] = {name: [] for name in COLUMNS}

    def write(self, outcome: Record | Rejected) -> None:
        """Take a record's rows."""
        if isinstance(outcome, Rejected):
            return
        for name, found in rows(outcome).items():
            self._waiting[name].extend(found)
            if len(self._waiting[name]) >= _BATCH:
                self._flush(name)

    def close(self) -> None:
        """Write what waits and complete the files."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()

    def _flush(self, name: str) -> None:
        if self._waiting[name]:
            self._writers[name].write_table(pa.Table.from_pylist(self._waiting[name], schema=self._schemas[name]))
            self._waiting[name] = []


def _schema(table: str) -> Any:
    return pa.schema([(column, _type(table, column)) for column in COLUMNS[table]])


def _type(table: str, column: str) -> Any:
    if column in _INTEGERS or (table == "articles" and column in COLUMNS):
        return pa.int64()
    if column in _BOOLEANS:
        return pa.bool_()
    return pa.float64() if column == "confidence" else pa.string()


def open_sink(folder: Path) -> ParquetSink:
    """Begin the Parquet files in a folder."""
    return ParquetSink(folder)
