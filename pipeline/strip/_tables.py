"""The stripper's tables, beside this module."""

from functools import cache
from importlib.resources import files

from extractors import read_table


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of `{name}.tsv` as dicts by column name."""
    return read_table(files("pipeline.strip").joinpath(f"{name}.tsv"))
