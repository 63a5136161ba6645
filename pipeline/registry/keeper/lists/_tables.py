"""The tables beside this module."""

from functools import cache
from importlib.resources import files

from extractors import read_table


@cache
def headings() -> dict[str, str]:
    """Give the property that each known heading stands for."""
    return {row["heading"]: row["property"] for row in _table("columns")}


@cache
def words() -> dict[tuple[str, str], str]:
    """Give the registry's word for a property and a list's word."""
    return {(row["property"], row["word"]): row["value"] for row in _table("words")}


def folded(text: str) -> str:
    r"""Write a heading or word as the tables have it.

    >>> folded("\ufeff Субъект РФ: "), folded("Организационно-правовая  форма"), folded("№ п/п")
    ('субъект рф', 'организационно правовая форма', '№ п/п')
    """
    plain = text.strip("\ufeff \t").casefold().replace("ё", "е")
    return " ".join("".join(letter if letter.isalnum() or letter in "№/" else " " for letter in plain).split())


def _table(name: str) -> tuple[dict[str, str], ...]:
    return read_table(files("pipeline.registry.keeper.lists").joinpath(f"{name}.tsv"))
