"""How alike two words are written, for the search."""

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

_ALIKE = 0.7


def alike(word: str, others: Iterable[str]) -> list[tuple[float, str]]:
    """Give the words that may be a word misspelt, with their likeness (0 to 1), the likest first.

    >>> alike("краснадар", ["краснодар", "краснота", "казань"])
    [(0.8888888888888888, 'краснодар')]
    """
    scored = ((DamerauLevenshtein.normalized_similarity(word, other, score_cutoff=_ALIKE), other) for other in others)
    return sorted(((score, other) for score, other in scored if score), key=lambda pair: (-pair[0], pair[1]))
