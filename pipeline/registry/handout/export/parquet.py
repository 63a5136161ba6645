"""One Parquet file a table, with a fixed schema; written in batches, so memory is bounded."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.registry.handout._columns import BOOLEANS, COLUMNS, INTEGERS, SHARES
from pipeline.registry.handout._table_rows import Row, rows
from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.stream import Part

NAME = "parquet"
FILES = tuple(f"{name}.parquet" for name in COLUMNS)

_BATCH = 5_000  # rows
_BATCH_LETTERS = 16_000_000  # of a batch's texts


class ParquetWriter:
    """Open Parquet files, one a table, each with the rows that wait to be written."""

    def __init__(self, folder: Path) -> None:
        self._schemas = {name: _schema(columns) for name, columns in COLUMNS.items()}
        self._writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", s) for name, s in self._schemas.items()}
        self._waiting: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self._letters: Counter[str] = Counter()
        self._counts = Counter(dict.fromkeys(COLUMNS, 0))

    def write(self, part: Part) -> None:
        """Take a part's rows."""
        for name, row in rows(part):
            self._waiting[name].append(row)
            self._letters[name] += sum(len(cell) for cell in row.values() if isinstance(cell, str))
            if len(self._waiting[name]) >= _BATCH or self._letters[name] >= _BATCH_LETTERS:
                self._flush(name)

    def close(self) -> dict[str, int]:
        """Write what waits and complete the files; count the rows."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()
        return dict(self._counts)

    def _flush(self, name: str) -> None:
        if waiting := self._waiting[name]:
            self._writers[name].write_table(pa.Table.from_pylist(waiting, schema=self._schemas[name]))
            self._counts[name] += len(waiting)
            self._waiting[name], self._letters[name] = [], 0


def _schema(columns: tuple[str, ...]) -> Any:
    return pa.schema([(column, _type(column)) for column in columns])


def _type(column: str) -> Any:
    if column in INTEGERS:
        return pa.int64()
    if column in BOOLEANS:
        return pa.bool_()
    return pa.float64() if column in SHARES else pa.string()


def open_writer(folder: Path, _: About) -> ParquetWriter:
    """Begin the Parquet files in a folder."""
    return ParquetWriter(folder)
