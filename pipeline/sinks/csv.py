"""One CSV a kind, UTF-8 with a byte-order mark so that Excel opens the Cyrillic as it is.

A cell that a spreadsheet would take for a formula has an apostrophe before it (`pipeline.cells`), an article's text
too; the other formats hold every text as it is. Nothing of Svodka reads these files back.
"""

import csv
from pathlib import Path

from pipeline.cells import guarded
from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.tables import COLUMNS, Row, rows

NAME = "csv"
FILES = tuple(f"{name}.csv" for name in COLUMNS)


class CsvSink:
    """Open CSV files, one a table."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") for name in COLUMNS}
        self._writers = {name: csv.DictWriter(file, COLUMNS[name]) for name, file in self._files.items()}
        for writer in self._writers.values():
            writer.writeheader()

    def write(self, outcome: Record | Rejected) -> None:
        """Append a record's rows."""
        if not isinstance(outcome, Rejected):
            for name, found in rows(outcome).items():
                self._writers[name].writerows(map(_guarded, found))

    def close(self) -> None:
        """Complete the files."""
        for file in self._files.values():
            file.close()


def _guarded(row: Row) -> Row:
    return {name: guarded(value) if isinstance(value, str) else value for name, value in row.items()}


def open_sink(folder: Path) -> CsvSink:
    """Begin the CSV files in a folder."""
    return CsvSink(folder)
