"""The vocabulary of identity, beside this module."""

from functools import cache
from importlib.resources import files

from extractors import read_table


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of `{name}.tsv` as dicts by column name."""
    return read_table(files("pipeline.registry.identity").joinpath(f"{name}.tsv"))


@cache
def column(name: str, of: str) -> frozenset[str]:
    """Give the cells of one column of a table."""
    return frozenset(row[of] for row in table(name))


@cache
def legal_forms() -> frozenset[str]:
    """Give the abbreviations of legal forms, by the extractors' table."""
    return frozenset(row["form"] for row in read_table(files("extractors").joinpath("lexicon", "legal_forms.tsv")))
