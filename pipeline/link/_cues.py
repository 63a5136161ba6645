"""The linker's cue words (`cues.tsv`): by which words a fact is known."""

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from pipeline.link._tables import table


@cache
def cue(name: str) -> frozenset[str]:
    """Give the lemmas of a cue; raises KeyError for a name the table has not."""
    return _cues()[name]


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {row["cue"]: frozenset(row["lemmas"].split()) for row in table("cues")}


def find(tokens: Iterable[Token], name: str) -> list[Token]:
    """Find the tokens whose lemma belongs to a cue."""
    return [token for token in tokens if token.lemma_ in cue(name)]
