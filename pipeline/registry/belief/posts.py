"""Which posts one person holds at a time, and which many do: `posts.tsv`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extractors._lexicon import read_table

_ONE = "one"
_STAR = "*"


def is_held_by_one(post: str) -> bool:
    """Tell whether two holders at a time contradict one another; False where the table does not know the post.

    >>> [post for post in ("министр", "генеральный директор", "замминистра") if is_held_by_one(post)]
    ['министр', 'генеральный директор']
    >>> is_held_by_one("первый заместитель министра"), is_held_by_one("форвард")
    (False, False)
    """
    table = _holders()
    name = post.casefold()
    words = [name] if name in table else name.split()
    return next((table[row] for word in words if (row := _row(table, word))), None) == _ONE


@cache
def _holders() -> Mapping[str, str]:
    return {row["post"]: row["holders"] for row in read_table(files("pipeline.registry.belief").joinpath("posts.tsv"))}


def _row(table: Mapping[str, str], word: str) -> str | None:
    if word in table:
        return word
    return next((row for row in table if row.endswith(_STAR) and word.startswith(row.removesuffix(_STAR))), None)
