"""Measures a line of text by its words alone: length, sentence ends, what makes it prose or a teaser."""

import re
from functools import cache

from pipeline.strip._tables import table

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;][»\"”')\]*]*\s*(?:\[\d+\])?$")
_INNER_END = re.compile(r"[^\W\d_]{2}[»\"”)]*[.!?…][»\"”)]*\s+[«\"“(—–-]?\s*[A-ZА-ЯЁІЇЄ\d]")
_TEASER_END = re.compile(
    r"(?:^|[^\d:.,])(?:\d{1,2}\s+[а-я]{3,8}\.?,?\s+)?(?:[01]?\d|2[0-3]):[0-5]\d$|,\s\d{1,2}\s[а-я]{3,4}\.?(?:,\s\d{1,2}:\d{2})?$"
)
_SENTENCE_WORDS = 7  # words from which a line with a full stop is prose
_LONG_WORDS = 25  # words from which any line is prose
_STOP_WORDS = 0.08  # share of stop words that prose has and a list of headlines has not


def words(line: str) -> int:
    """Count the words of a line, numbers not among them."""
    return sum(1 for _ in _WORD.finditer(line))


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does.

    >>> ends_sentence("Об этом сообщил директор фонда.»"), ends_sentence("Новости региона")
    (True, False)
    """
    return bool(_SENTENCE_END.search(line.rstrip()))


def is_teaser(line: str) -> bool:
    """Tell whether a line ends with the time of another story: «Завод запустил линиюБизнес, 18:45»."""
    return bool(_TEASER_END.search(line.strip()[-40:]))


def is_prose(line: str) -> bool:
    """Tell whether a line is running text by length, sentence ends and stop words."""
    count = words(line)
    if count < _SENTENCE_WORDS:
        return False
    if count >= _LONG_WORDS:
        return ends_sentence(line) or bool(_INNER_END.search(line)) or stop_share(line) > _STOP_WORDS
    return ends_sentence(line) or bool(_INNER_END.search(line))


def stop_share(line: str) -> float:
    """Give the share of a line's words that are stop words: prose has a fifth to a third."""
    found = [word.casefold().replace("ё", "е") for word in _WORD.findall(line)]
    return sum(word in _stop_words() for word in found) / len(found) if found else 0.0


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for row in table("stopwords") for word in row["words"].split())
