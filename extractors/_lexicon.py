"""Reads tables: tab-separated rows under a header row; lines that begin with `#` are comments.

Each table opens with comments saying where its rows come from.
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """Give the rows of `lexicon/{name}.tsv` as dicts by column name; an empty cell is an empty string.

    Raises ValueError naming the line when a row has not as many cells as the header.
    """
    return read_table(files("extractors").joinpath("lexicon", f"{name}.tsv"))


def read_table(file: Traversable) -> tuple[Row, ...]:
    """Read any such table; for the tables of other packages."""
    text = file.read_text(encoding="utf-8")
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    header = lines[0][1].split("\t")
    rows = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{file.name}:{number}: {len(cells)} cells where the header has {len(header)}")
        rows.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    return tuple(rows)
