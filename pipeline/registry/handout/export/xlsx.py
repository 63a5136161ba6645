"""One Excel workbook with a sheet a table and a summary first; every text is text, never a formula."""

from collections import Counter
from pathlib import Path

from pipeline.registry.handout._columns import AMOUNTS, COLUMNS, SHARES, TIMES
from pipeline.registry.handout._table_rows import rows
from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.stream import Part
from pipeline.workbook import Look, Workbook

NAME = "xlsx"
FILES = ("registry.xlsx",)

_WIDTHS = {
    "id": 21, "name": 52, "aliases": 44, "region": 28, "parent": 44, "body": 48, "person": 30, "post": 40,
    "subject": 48, "object": 48, "support": 36, "registry": 40, "base": 44, "event": 36, "place": 28,
    "agreement": 20, "measure": 24, "text": 40, "date": 24, "from": 24, "to": 24, "first_seen": 24, "last_seen": 24,
    "loaded_at": 24, "at": 24, "published_at": 28, "modified_at": 28, "fetched_at": 28, "title": 60, "site": 24,
    "site_name": 24, "url": 48, "quote": 80, "original": 40, "value": 48, "label": 20, "file": 40, "why": 48,
    "left_name": 44, "right_name": 44, "article": 20, "industry": 28, "unresolved": 40, "source": 32,
    "conflicts": 18, "since": 24,
}  # fmt: skip
_ID_WIDTH = 21
_WIDTHS |= dict.fromkeys((c for columns in COLUMNS.values() for c in columns if c.endswith("_id")), _ID_WIDTH)
_CUT = " … [cut: see the other formats]"
_LOOK = Look(_WIDTHS, amounts=AMOUNTS, times=TIMES, shares=SHARES, cut=_CUT, frozen=2)
_HOLDS = {
    "organizations": "companies, bodies, funds and others that articles name; the most told first, as everywhere",
    "clusters": "named clusters",
    "persons": "people",
    "posts": "posts of a body or territory",
    "places": "countries, regions, cities and others",
    "events": "named exhibitions, forums and the like",
    "occupancies": "a person in a post; from and to are of the last term",
    "terms": "each stretch of time of a person in a post, and how its ends are known",
    "memberships": "who takes part in a cluster, an association, an event",
    "managements": "who manages what",
    "inclusions": "what is in which register",
    "locations": "what is where",
    "parts": "what is part of what",
    "foundings": "what was made on the base of what",
    "agreements": "who agreed with whom",
    "holdings": "which event was held where",
    "amounts": "money, as bounds in whole units",
    "quantities": "counts, as bounds",
    "values": "every value of every property, with its standing; rank 1 is the best",
    "conflicts": "what cannot all be so, side by side, the most important first",
    "statements": "everything ever said, with quote, article and rule; rejected and superseded statements too",
    "articles": "the articles, with their texts",
    "sources": "the sites of the articles, and how far each is trusted",
    "judgements": "what people said of two entities: the same, or different",
    "decisions": "what people decided on values: accepted, rejected, corrected",
}


class ExcelWriter:
    """An open workbook."""

    def __init__(self, folder: Path, about: About) -> None:
        self._book = Workbook(folder / FILES[0], COLUMNS, _LOOK)
        self._counts = Counter(dict.fromkeys(COLUMNS, 0))
        self._about = about

    def write(self, part: Part) -> None:
        """Append a part's rows."""
        for name, row in rows(part):
            self._book.append(name, row)
            self._counts[name] += 1

    def close(self) -> dict[str, int]:
        """Write the summary and complete the workbook; count the rows."""
        registry, made_at, wanted = self._about
        told = {
            "registry": registry,
            "made": made_at,
            "as of": wanted.as_of or "the latest",
            "only": "what is accepted" if wanted.accepted else "",
            "kinds": ", ".join(wanted.kinds),
            "rows": "Excel holds 1,048,576 rows a sheet; a longer table goes on in the sheet “table (2)” and so on.",
        }
        self._book.close(tuple((what, text) for what, text in told.items() if text), _HOLDS)
        return dict(self._counts)


def open_writer(folder: Path, about: About) -> ExcelWriter:
    """Begin the workbook in a folder."""
    return ExcelWriter(folder, about)
