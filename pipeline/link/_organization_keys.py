"""When two names mean one organization: keys that fold what a reader would not call a difference."""

import re
from functools import cache

from pipeline.link._tables import table

_NOT_WORD = re.compile(r"[^\w+&.-]+")
_STOP = frozenset({"и", "в", "во", "на", "по", "с", "со", "для", "при", "о", "об", "им", "имени", "г"})


@cache
def _folds() -> dict[str, str]:
    """Words that stand for one another in names: `folds.tsv`, word ⇥ what it folds to (empty: dropped)."""
    return {row["word"]: row["fold"] for row in table("folds")}


def key(name: str) -> tuple[str, ...]:
    """Give a name's words, folded: lower case, «ё» as «е», no quotes, no legal form, one word for «Россия».

    >>> key("ПАО «Магнит»"), key("Минпромторг РФ")
    (('магнит',), ('минпромторг', 'россии'))
    """
    words = [w.strip(".-") for w in _NOT_WORD.split(name.casefold().replace("ё", "е"))]
    folded = tuple(_folds().get(word, word) for word in words if word)
    kept = tuple(word for word in folded if word)
    return kept or tuple(word for word in words if word)


def acronyms(words: tuple[str, ...]) -> frozenset[str]:
    """Give the abbreviations that a long name's initials make, with and without its last words.

    >>> sorted(acronyms(("фонд", "развития", "промышленности", "края")))
    ['фр', 'фрп', 'фрпк']
    """
    initials = [word[0] for word in words if word not in _STOP]
    return frozenset("".join(initials[:n]) for n in range(2, len(initials) + 1))


def includes(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether a name is a shortened form of another: its beginning, or its end where that is one proper word.

    >>> includes(("фонд", "развития", "промышленности", "кубани"), ("фонд", "развития", "промышленности"))
    True
    """
    return len(shorter) < len(longer) and longer[: len(shorter)] == shorter


def quoted(name: str) -> tuple[str, ...] | None:
    """Give the key of the outermost quoted part of a name, None where nothing is quoted."""
    match = re.search(r"[«\"“„](.+)[»\"”“]", name)
    return key(match.group(1)) if match else None
