"""One CSV a table, UTF-8 with a byte-order mark so that Excel opens the Cyrillic as it is.

A cell that a spreadsheet would take for a formula has an apostrophe before it (`pipeline.cells`); numbers are left
alone. The other formats hold every text as it is.
"""

import csv
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.cells import guarded
from pipeline.registry.handout._columns import COLUMNS
from pipeline.registry.handout._table_rows import rows
from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.stream import Part

NAME = "csv"
FILES = tuple(f"{name}.csv" for name in COLUMNS)


class CsvWriter:
    """Open CSV files, one a table."""

    def __init__(self, folder: Path) -> None:
        self._counts = Counter(dict.fromkeys(COLUMNS, 0))
        self._files = ExitStack()
        self._writers: dict[str, Any] = {}
        for name, columns in COLUMNS.items():
            file = (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="")
            self._writers[name] = csv.writer(self._files.enter_context(file))
            self._writers[name].writerow(columns)

    def write(self, part: Part) -> None:
        """Append a part's rows."""
        for name, row in rows(part):
            self._writers[name].writerow(guarded(v) if isinstance(v, str) else v for v in row.values())
            self._counts[name] += 1

    def close(self) -> dict[str, int]:
        """Complete the files; count the rows."""
        self._files.close()
        return dict(self._counts)


def open_writer(folder: Path, _: About) -> CsvWriter:
    """Begin the CSV files in a folder."""
    return CsvWriter(folder)
