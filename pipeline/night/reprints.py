"""Reprints: articles of one or several outlets that are nearly the same text. They are grouped; all are kept.

MinHash with locality-sensitive hashing finds candidates, the exact likeness of their shingles decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from datasketch import MinHash, MinHashLSH

LIKE = 0.6  # Jaccard likeness of the shingles of two texts from which on one reprints the other
_CANDIDATES = 0.5  # asked of the hashes, which err
_PERMUTATIONS = 128
_SHINGLE = 4  # words
_FEWEST = 30  # words; of shorter texts a likeness says little
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reprint:
    """An article that others may reprint. `at`: when it was published, ISO 8601, or "" where nobody knows."""

    article: str
    site: str = ""
    title: str = ""
    url: str | None = None
    at: str = ""


def reprints(articles: Iterable[tuple[Reprint, str]]) -> list[tuple[Reprint, ...]]:
    """Group the articles whose texts are alike, directly or through others, the earliest of a group first.

    >>> story = " ".join(f"слово{number}" for number in range(60))
    >>> told = {"а": story, "б": story + " источник", "в": story[::-1]}
    >>> [[one.article for one in group] for group in reprints((Reprint(id), text) for id, text in told.items())]
    [['а', 'б']]
    """
    known: list[Reprint] = []
    shingles: list[frozenset[str]] = []
    parents: list[int] = []
    index = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    for article, text in articles:
        made = _shingles(text)
        if not made:
            continue
        number, hashed = len(known), _hashed(made)
        known.append(article)
        shingles.append(made)
        parents.append(number)
        for other in index.query(hashed):
            if _likeness(made, shingles[other]) >= LIKE:
                parents[_root(parents, number)] = _root(parents, other)
        index.insert(number, hashed)
    return sorted(_groups(known, parents), key=lambda group: (-len(group), group[0].article))


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST:
        return frozenset()
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _hashed(shingles: frozenset[str]) -> MinHash:
    made = MinHash(num_perm=_PERMUTATIONS)
    made.update_batch([shingle.encode() for shingle in shingles])
    return made


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = number = parents[parents[number]]
    return number


def _groups(known: Sequence[Reprint], parents: list[int]) -> Iterator[tuple[Reprint, ...]]:
    members: dict[int, list[Reprint]] = {}
    for number, article in enumerate(known):
        members.setdefault(_root(parents, number), []).append(article)
    for group in members.values():
        if len(group) > 1:
            yield tuple(sorted(group, key=lambda one: (one.at or "9", one.article)))
