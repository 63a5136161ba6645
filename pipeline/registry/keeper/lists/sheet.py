"""A file of comma-separated values as rows of cells under properties, whatever its encoding, separator and headings."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError, OptionError
from pipeline.registry.keeper.lists._tables import folded, headings

IGNORED = "-"  # the property of a column that is not wanted

_SEPARATORS = ",;\t|"
_LISTED = "alias"  # the one property that several columns may hold
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken: the line of the file that it begins in, from 1, why, and its id if it has one."""

    line: int
    reason: str
    row_id: str | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: the line that it begins in, and the property and text of each cell that holds one."""

    line: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file read: its rows, refused ones among them, and the headings of columns that are no property."""

    rows: tuple[Cells | Refused, ...]
    properties: tuple[str, ...]
    unknown: tuple[str, ...]


def read_sheet(file: Path, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Read a file; `mapping` gives properties for headings, before those that are known.

    Raises InputError where it is not there or has no column of names, OptionError where the mapping does not fit.
    """
    try:
        text = _decoded(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    skipped = text.split("\n", 1)[0].strip().lower().startswith("sep=")  # Excel's own hint
    text = text.split("\n", 1)[1] if skipped and "\n" in text else text
    separator = max(_SEPARATORS, key=lambda mark: _fit(_first(text, mark), mapping or {}))
    heads = _first(text, separator)
    properties = _properties(file, heads, mapping or {})
    rows = tuple(_rows(text, separator, properties, int(skipped)))
    unknown = (head for head, prop in zip(heads, properties, strict=True) if prop is None and head.strip())
    return Sheet(rows, tuple(filter(None, properties)), tuple(unknown))


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _first(text: str, separator: str) -> list[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((row for row in reader if any(map(str.strip, row))), [])
    except csv.Error:
        return []


def _fit(heads: list[str], mapping: Mapping[str, str]) -> tuple[int, int]:
    """Tell how well a separator fits by the headings that it makes: those that are known count most."""
    return sum(_property(head, mapping) is not None for head in heads), len(heads)


def _property(head: str, mapping: Mapping[str, str]) -> str | None:
    given = {folded(heading): prop for heading, prop in mapping.items()}
    return given.get(folded(head)) or headings().get(folded(head))


def _properties(file: Path, heads: list[str], mapping: Mapping[str, str]) -> list[str | None]:
    known = {*headings().values(), IGNORED}
    for heading, prop in mapping.items():
        if prop not in known:
            raise OptionError(f"--map {heading}={prop}: no such property; there are {', '.join(sorted(known))}")
        if folded(heading) not in map(folded, heads):
            raise OptionError(f"--map {heading}={prop}: {file} has no such column; it has {', '.join(heads)}")
    found = [_property(head, mapping) for head in heads]
    if "name" not in found:
        raise InputError(
            f"{file}: no column of names among {', '.join(heads) or 'none'}; say which: --map HEADING=name"
        )
    for meant, count in Counter(found).items():
        if meant not in {None, _LISTED, IGNORED} and count > 1:
            named = ", ".join(head for head, other in zip(heads, found, strict=True) if other == meant)
            raise OptionError(f"{file}: {named} are all {meant}; say which one is not: --map HEADING={IGNORED}")
    return found


def _rows(text: str, separator: str, properties: list[str | None], skipped: int) -> Iterator[Cells | Refused]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    is_head, line = True, 1 + skipped
    row: list[str] | None
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Refused(line, str(error))
            row = [""]
        if row is None:
            return
        if any(map(str.strip, row)):
            if not is_head:
                yield _cells(line, row, properties)
            is_head = False
        line = reader.line_num + 1 + skipped


def _cells(line: int, row: list[str], properties: list[str | None]) -> Cells | Refused:
    if any(map(str.strip, row[len(properties) :])):
        return Refused(line, f"{len(row)} cells under {len(properties)} headings: a separator within a cell?")
    held = ((prop, _plain(cell)) for prop, cell in zip(properties, row, strict=False))
    return Cells(line, tuple((prop, cell) for prop, cell in held if prop not in {None, IGNORED} and prop and cell))


def _plain(cell: str) -> str:
    r"""Take off the apostrophe that keeps a spreadsheet from reading a formula, and white space.

    >>> _plain("'=1+1"), _plain(" 'Исток' "), _plain("фонд\n«Исток»")
    ('=1+1', "'Исток'", 'фонд «Исток»')
    """
    text = " ".join(cell.split())
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text
