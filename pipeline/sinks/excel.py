"""One Excel workbook with a sheet a kind and a summary first; nothing in it is ever a formula."""

from pathlib import Path

from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.tables import COLUMNS, rows
from pipeline.workbook import Look, Workbook

NAME = "xlsx"
FILES = ("svodka.xlsx",)

_TABLES = {**COLUMNS, "rejected": ("reason", "detail", "file", "member", "offset", "url")}
_WIDTHS = {
    "text": 60, "quote": 80, "summary": 70, "name": 48, "title": 60, "person": 28, "position": 40, "lead": 50,
    "organization": 48, "territory": 24, "region": 24, "aliases": 40, "published_at": 26, "date": 24, "article": 20,
    "url": 40, "file": 40, "detail": 60,
}  # fmt: skip
_LOOK = Look(_WIDTHS, amounts=frozenset({"min", "max"}), cut=" … [cut: see records.jsonl]")


class ExcelSink:
    """An open workbook."""

    def __init__(self, folder: Path) -> None:
        self._book = Workbook(folder / FILES[0], _TABLES, _LOOK)

    def write(self, outcome: Record | Rejected) -> None:
        """Append a record's rows, or the rejected page's."""
        if isinstance(outcome, Rejected):
            source = outcome.source
            cells = (outcome.reason, outcome.detail, source.file, source.member, source.offset, outcome.url)
            self._book.append("rejected", dict(zip(_TABLES["rejected"], cells, strict=True)))
            return
        for name, found in rows(outcome).items():
            for row in found:
                self._book.append(name, row)

    def close(self) -> None:
        """Write the summary and complete the workbook."""
        self._book.close()


def open_sink(folder: Path) -> ExcelSink:
    """Begin the workbook in a folder."""
    return ExcelSink(folder)
