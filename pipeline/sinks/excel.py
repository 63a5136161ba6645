"""One Excel workbook with a sheet a kind and a summary first; nothing in it is ever a formula.

Written in constant memory, row by row. Excel holds 1,048,576 rows a sheet and 32,767 characters a cell: a table that
is longer goes on in a further sheet, a longer text is cut and says so.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.tables import COLUMNS, Row, rows

NAME = "xlsx"
FILES = ("svodka.xlsx",)

_MOST_ROWS = 1_048_575
_LONGEST_TEXT = 32_000
_CUT = " … [cut: see records.jsonl]"
_WIDTHS = {
    "text": 60, "quote": 80, "summary": 70, "name": 48, "title": 60, "person": 28, "position": 40, "lead": 50,
    "organization": 48, "territory": 24, "region": 24, "aliases": 40, "published_at": 26, "date": 24, "article": 20,
    "url": 40, "file": 40, "detail": 60,
}  # fmt: skip
_NARROW = 14
_AMOUNTS = frozenset({"min", "max"})
_SAFE_DIGITS = 15  # beyond, a double is not exact: the amount stays text


class ExcelSink:
    """An open workbook."""

    def __init__(self, folder: Path) -> None:
        path = str(folder / FILES[0])
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(path, options)
        self._bold = self._book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._broken = self._book.add_format({"num_format": "#,##0.00##"})
        self._summary = self._book.add_worksheet("summary")
        self._sheets = {name: self._sheet(name, columns) for name, columns in COLUMNS.items()}
        self._next = dict.fromkeys(COLUMNS, 1)
        self._rejected = self._sheet("rejected", ("reason", "detail", "file", "member", "offset", "url"))
        self._counts: Counter[str] = Counter()

    def write(self, outcome: Record | Rejected) -> None:
        """Append a record's rows, or the rejected page's."""
        if isinstance(outcome, Rejected):
            source = outcome.source
            self._counts["rejected"] += 1
            cells = (outcome.reason, outcome.detail, source.file, source.member, source.offset, outcome.url)
            for column, cell in enumerate(cells):
                _put(self._rejected, self._counts["rejected"], column, cell)
            return
        for name, found in rows(outcome).items():
            for row in found:
                self._append(name, row)

    def close(self) -> None:
        """Write the summary and complete the workbook."""
        for name in COLUMNS:
            self._filter(name)
        self._rejected.autofilter(0, 0, self._counts["rejected"], 5)
        self._summary.set_column(0, 0, 24)
        self._summary.write_row(0, 0, ("table", "rows"), self._bold)
        for number, name in enumerate((*COLUMNS, "rejected"), 1):
            self._summary.write_row(number, 0, (name, self._counts[name]))
        self._book.close()

    def _sheet(self, name: str, columns: tuple[str, ...]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, self._bold)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _WIDTHS.get(column, _NARROW))
        return sheet

    def _append(self, name: str, row: Row) -> None:
        if self._next[name] > _MOST_ROWS:
            self._filter(name)
            part = self._counts[name] // _MOST_ROWS + 1
            self._sheets[name], self._next[name] = self._sheet(f"{name} ({part})", COLUMNS[name]), 1
        for column, (field, cell) in enumerate(row.items()):
            if field in _AMOUNTS and isinstance(number := _number(cell), float):
                form = self._whole if number.is_integer() else self._broken
                self._sheets[name].write_number(self._next[name], column, number, form)
            else:
                _put(self._sheets[name], self._next[name], column, cell)
        self._next[name] += 1
        self._counts[name] += 1

    def _filter(self, name: str) -> None:
        """Put arrows on a full sheet's columns that filter all its rows."""
        self._sheets[name].autofilter(0, 0, self._next[name] - 1, len(COLUMNS[name]) - 1)


def _put(sheet: Any, row: int, column: int, cell: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool | int | float):
        sheet.write(row, column, cell)
        return
    text = str(cell)
    sheet.write_string(row, column, text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + _CUT)


def _number(amount: str | None) -> float | str | None:
    """Give an amount as a number, so that the analyst can sum; as text where a double would not hold it."""
    digits = (amount or "").replace(".", "")
    return float(amount) if amount and len(digits) <= _SAFE_DIGITS else amount


def open_sink(folder: Path) -> ExcelSink:
    """Begin the workbook in a folder."""
    return ExcelSink(folder)
