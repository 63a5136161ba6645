"""The vocabulary of identity, beside this module."""

from functools import cache
from importlib.resources import files

from extractors import read_table

_OF_LAW = ("общество", "предприятие", "учреждение", "организация", "партнёрство", "кооператив", "предприниматель")


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
    """Give the abbreviations of legal forms, by the extractors' table; «ФК» and «РИА» in it say more than the form."""
    rows = read_table(files("extractors").joinpath("lexicon", "legal_forms.tsv"))
    return frozenset(row["form"] for row in rows if any(noun in row["written"] for noun in _OF_LAW))
