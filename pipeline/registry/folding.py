"""What makes two spellings one: case, ё, quotes, dashes and white space do not count."""

import re

_QUOTES = re.compile("[«»„“”‟\"'`‘’]+")
_DASHES = re.compile("[‐-―−]")
_SPACE = re.compile(r"\s+")


def folded(text: str) -> str:
    """Write a text so that its other spellings are written the same.

    >>> folded("Фонд  «Берёзка – Юг»") == folded('фонд "Березка - Юг"')
    True
    >>> folded("Фонд") == folded("Фонды")
    False
    """
    plain = _DASHES.sub("-", _QUOTES.sub('"', text.casefold().replace("ё", "е")))
    return _SPACE.sub(" ", plain).strip()
