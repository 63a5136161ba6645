"""Reads the tables beside this module: tab-separated rows under a header row; lines beginning with `#` are comments."""

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of `{name}.tsv` as dicts by column name.

    Raises ValueError naming the line when a row has not as many cells as the header.
    """
    text = files("pipeline.strip").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    header = lines[0][1].split("\t")
    rows = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{name}.tsv:{number}: {len(cells)} cells where the header has {len(header)}")
        rows.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    return tuple(rows)
