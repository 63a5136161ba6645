"""One HTML page to read the results by: every article with its mentions marked, its tables, and each fact's quote.

Self-contained: no scripts, no fonts or pictures from elsewhere. The page holds the first `MOST_ARTICLES` articles and
says how many more the other formats hold; counts are of all.
"""

import tempfile
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from shutil import copyfileobj
from typing import NamedTuple

import jinja2

from pipeline.model import Rejected
from pipeline.record import Record
from pipeline.tables import ENTITY_TABLES, Row, fact_summary, names, rows

NAME = "html"
FILES = ("report.html",)
MOST_ARTICLES = 500
MOST_REJECTED = 1_000

# What the report shows of each table; the other formats hold every column.
_SHOWN: dict[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "kind", "region", "aliases", "mentions"),
    "clusters": ("id", "name", "kind", "scope", "industry", "region", "status", "mentions"),
    "officials": ("id", "person", "position", "organization", "status", "unresolved"),
    "persons": ("id", "name", "mentions"),
    "places": ("id", "name", "kind", "region", "mentions"),
    "events": ("id", "name", "kind", "place", "from", "to"),
    "dates": ("id", "text", "from", "to", "granularity", "year_from", "unresolved"),
    "money": ("id", "text", "min", "max", "currency", "approximate", "per_unit", "measures", "unresolved"),
}


class Piece(NamedTuple):
    """A stretch of an article's text under the same mentions: their kinds for the style, their names for the tip."""

    text: str
    kinds: str
    tip: str


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.sinks", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class HtmlSink:
    """An open report: articles go to a temporary file at once, the head with the counts is written at the end."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILES[0]
        self._body = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by `close`
        self._contents: list[tuple[str, int]] = []
        self._counts: Counter[str] = Counter()
        self._rejected: list[Rejected] = []
        self._reasons: Counter[str] = Counter()

    def write(self, outcome: Record | Rejected) -> None:
        """Add an article, or a line to the rejected."""
        if isinstance(outcome, Rejected):
            self._reasons[outcome.reason] += 1
            self._rejected.extend([outcome] if len(self._rejected) < MOST_REJECTED else [])
            return
        self._counts["articles"] += 1
        for table in (*ENTITY_TABLES, "facts"):
            self._counts[table] += len(getattr(outcome, table))
        if self._counts["articles"] <= MOST_ARTICLES:
            self._contents.append((outcome.article.title or outcome.article.id, self._counts["articles"]))
            self._body.write(_article(outcome, self._counts["articles"]))

    def close(self) -> None:
        """Write the head and the articles after it."""
        head = (
            _environment()
            .get_template("head.html")
            .render(
                counts=self._counts,
                contents=self._contents,
                rejected=self._rejected,
                reasons=self._reasons.most_common(),
                omitted=self._counts["articles"] - len(self._contents),
            )
        )
        self._body.seek(0)
        with self._path.open("w", encoding="utf-8") as file:
            file.write(head)
            copyfileobj(self._body, file)
            file.write("</main></body></html>\n")
        self._body.close()


def _article(record: Record, number: int) -> str:
    named = names(record)
    found = rows(record)
    tables = {name: _table(columns, found[name]) for name, columns in _SHOWN.items() if found[name]}
    facts = [(fact, fact_summary(fact.roles, named)) for fact in record.facts]
    template = _environment().get_template("article.html")
    return template.render(
        article=record.article, number=number, paragraphs=_paragraphs(record, named), tables=tables, facts=facts
    )


def _table(columns: tuple[str, ...], found: list[Row]) -> tuple[list[str], list[list[str]]]:
    """Give the columns that say something, and the cells under them."""
    used = [column for column in columns if any(row[column] not in (None, "", False) for row in found)]
    return used, [[_cell(column, row[column]) for column in used] for row in found]


def _cell(column: str, value: object) -> str:
    """Write a value for a reader, an amount with its digits in groups.

    >>> _cell("min", "1500000.5"), _cell("approximate", True), _cell("region", None)
    ('1\u202f500\u202f000.5', 'yes', '')
    """
    if value in (None, "", False):
        return ""
    if column in ("min", "max"):
        return f"{Decimal(str(value)):,f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return "yes" if value is True else str(value)


def _paragraphs(record: Record, named: dict[str, str]) -> list[list[Piece]]:
    """Cut the text at every mention's ends, then into lines."""
    marks = [
        (mention.start, mention.stop, table, named[entity.id])
        for table in ENTITY_TABLES
        for entity in getattr(record, table)
        for mention in entity.mentions
    ]
    text = record.article.text
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    lines: list[list[Piece]] = [[]]
    for start, stop in pairwise(cuts):
        covering = [mark for mark in marks if mark[0] <= start and stop <= mark[1]]
        kinds = " ".join(dict.fromkeys(mark[2] for mark in covering))
        tip = "; ".join(f"{mark[2]}: {mark[3]}" for mark in covering)
        first, *others = text[start:stop].split("\n")
        lines[-1].append(Piece(first, kinds, tip))
        lines.extend([Piece(line, kinds, tip)] for line in others)
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def open_sink(folder: Path) -> HtmlSink:
    """Begin the report in a folder."""
    return HtmlSink(folder)
