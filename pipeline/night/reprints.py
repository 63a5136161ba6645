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
class Text:
    """An article as far as likeness goes. `at`: when it was published, ISO 8601, or "" where nobody knows."""

    id: str
    text: str
    at: str = ""
    site: str = ""
    title: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are nearly the same, the earliest first."""

    texts: tuple[Text, ...]


def reprints(texts: Iterable[Text]) -> list[Group]:
    """Group the texts that are alike, directly or through others; texts without their like are in no group.

    >>> story = " ".join(f"слово{number}" for number in range(60))
    >>> groups = reprints([Text("а", story), Text("б", story + " источник"), Text("в", story[::-1])])
    >>> [[text.id for text in group.texts] for group in groups]
    [['а', 'б']]
    """
    known: list[Text] = []
    shingles: list[frozenset[str]] = []
    parents: list[int] = []
    index = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    for text in texts:
        made = _shingles(text.text)
        if not made:
            continue
        number, hashed = len(known), _hashed(made)
        known.append(text)
        shingles.append(made)
        parents.append(number)
        for other in index.query(hashed):
            if _likeness(made, shingles[other]) >= LIKE:
                parents[_root(parents, number)] = _root(parents, other)
        index.insert(number, hashed)
    return sorted(_groups(known, parents), key=lambda group: (-len(group.texts), group.texts[0].id))


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


def _groups(known: Sequence[Text], parents: list[int]) -> Iterator[Group]:
    members: dict[int, list[Text]] = {}
    for number, text in enumerate(known):
        members.setdefault(_root(parents, number), []).append(text)
    for texts in members.values():
        if len(texts) > 1:
            yield Group(tuple(sorted(texts, key=lambda text: (text.at or "9", text.id))))
