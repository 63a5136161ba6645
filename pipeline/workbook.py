"""Excel workbooks: a summary first, then a sheet a table, written row by row in constant memory; never a formula.

Excel holds 1,048,576 rows a sheet and 32,767 characters a cell: a table that is longer goes on in a further sheet and
the summary says in how many, a longer text is cut and says so. Numbers and days are written as such where nothing is
lost by it, everything else as the text it is.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter

MOST_ROWS = 1_048_575  # below the header
LONGEST_TEXT = 32_000

_SAFE_DIGITS = 15  # beyond, a double is not exact: the amount stays text
_AMOUNT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NARROW = 14
_NOTHING: Mapping[str, str] = MappingProxyType({})
_DAY = len("2024-03-07")
_MINUTE = len("2024-03-07T10:00")
_FIRST_YEAR = 1900  # Excel counts days from there


@dataclass(frozen=True, slots=True)
class Look:
    """How the columns of all tables look, by name. `amounts`: decimal strings; `times`: ISO 8601 strings."""

    widths: Mapping[str, int]
    amounts: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()  # 0 to 1
    cut: str = " … [cut]"  # what a text ends with that is too long for a cell
    frozen: int = 0  # columns that stay in view where the first is `id`


class Workbook:
    """An open workbook with the tables named, each by its columns."""

    def __init__(self, path: Path, columns: Mapping[str, tuple[str, ...]], look: Look) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._columns = columns
        self._look = look
        self._bold = self._book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        self._forms: dict[str, Any] = {}
        self._summary = self._book.add_worksheet("summary")
        self._sheets = {name: [self._sheet(name, name)] for name in columns}
        self._next = dict.fromkeys(columns, 1)
        self._counts: Counter[str] = Counter()

    def append(self, name: str, row: Mapping[str, Any]) -> None:
        """Append a row with the columns of its table, in their order."""
        if self._next[name] > MOST_ROWS:
            self._filter(name)
            title = f"{name} ({len(self._sheets[name]) + 1})"
            self._sheets[name].append(self._sheet(name, title))
            self._next[name] = 1
        for column, (field, cell) in enumerate(row.items()):
            self._put(self._sheets[name][-1], (self._next[name], column), field, cell)
        self._next[name] += 1
        self._counts[name] += 1

    def close(self, about: tuple[tuple[str, str], ...] = (), holds: Mapping[str, str] = _NOTHING) -> None:
        """Write the summary with what there is to say about the whole and what each table holds; complete the file."""
        for name in self._columns:
            self._filter(name)
        self._summary.set_column(0, 0, 24)
        self._summary.set_column(1, 2, _NARROW)
        self._summary.write_row(0, 0, ("table", "rows", "sheets", *(["what it holds"] if holds else [])), self._bold)
        for number, name in enumerate(self._columns, 1):
            self._summary.write_row(number, 0, (name, self._counts[name], len(self._sheets[name]), holds.get(name)))
        for number, (what, text) in enumerate(about, len(self._columns) + 2):
            self._summary.write_string(number, 0, what)
            self._summary.write_string(number, 1, text)
        self._book.close()

    def _sheet(self, name: str, title: str) -> Any:
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, self._look.frozen if self._columns[name][0] == "id" else 0)
        sheet.write_row(0, 0, self._columns[name], self._bold)
        for number, column in enumerate(self._columns[name]):
            sheet.set_column(number, number, self._look.widths.get(column, _NARROW))
        return sheet

    def _filter(self, name: str) -> None:
        """Put arrows on a full sheet's columns that filter all its rows."""
        self._sheets[name][-1].autofilter(0, 0, self._next[name] - 1, len(self._columns[name]) - 1)

    def _put(self, sheet: Any, at: tuple[int, int], field: str, cell: Any) -> None:
        if cell is None:
            return
        if field in self._look.amounts and (number := _number(cell)) is not None:
            sheet.write_number(*at, number, self._form("#,##0" if number.is_integer() else "#,##0.00##"))
        elif field in self._look.times and (time := _time(cell)) is not None:
            moment, form = time
            sheet.write_datetime(*at, moment, self._form(form))
        elif isinstance(cell, bool):
            sheet.write_boolean(*at, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(*at, cell, self._form("0.00") if field in self._look.shares else None)
        else:
            text = str(cell)
            sheet.write_string(*at, text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + self._look.cut)

    def _form(self, number: str) -> Any:
        if number not in self._forms:
            self._forms[number] = self._book.add_format({"num_format": number})
        return self._forms[number]


def _number(amount: str) -> float | None:
    """Give an amount as a number, so that the analyst can sum; None where a double would not hold it.

    >>> _number("1500000.5"), _number("12345678901234567"), _number("два")
    (1500000.5, None, None)
    """
    if not _AMOUNT.fullmatch(amount) or sum(map(str.isdigit, amount)) > _SAFE_DIGITS:
        return None
    return float(amount)


def _time(text: str) -> tuple[datetime, str] | None:
    """Give a day or a time as Excel's own, with a form that shows it as it was, its zone too.

    >>> _time("2024-03-06T10:00:00+03:00")
    (datetime.datetime(2024, 3, 6, 10, 0), 'yyyy-mm-dd hh:mm:ss "+03:00"')
    >>> _time("2024-03-06"), _time("2024-03"), _time("2024-01-01/..")
    ((datetime.datetime(2024, 3, 6, 0, 0), 'yyyy-mm-dd'), None, None)
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year < _FIRST_YEAR or moment.microsecond or not text.startswith(f"{moment:%Y-%m-%d}"):
        return None
    if len(text) == _DAY:
        return moment, "yyyy-mm-dd"
    if len(text) < _MINUTE:
        return None
    zone = text[-6:] if text[-6] in "+-" else text[-1:] if text.endswith("Z") else ""
    form = "yyyy-mm-dd hh:mm:ss" + (f' "{zone}"' if zone else "")
    return moment.replace(tzinfo=None), form
