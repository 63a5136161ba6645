"""Reads the names of authors from a line or a metadata value; what is not a person's name is not an author."""

import re

_LABEL = re.compile(
    r"(?:^|\W)(?:авторы?(?:\s+(?:статьи|текста|материала))?|текст|подготовил[аи]?|беседовал[аи]?|записал[аи]?|корреспондент"
    r"|журналист|by|written by)\s*[:\-–—]?\s+(?P<names>.+)$",
    re.IGNORECASE,
)
_PART = r"(?:[A-ZА-ЯЁІЇЄҐ](?:\.|[a-zа-яёіїєґ'’]+(?:-[A-ZА-ЯЁІЇЄҐ]?[a-zа-яёіїєґ]+)*|[A-ZА-ЯЁІЇЄҐ]+(?:-[A-ZА-ЯЁІЇЄҐ]+)?))"
_NAME = re.compile(rf"{_PART}(?:(?:\s+|(?<=\.)){_PART}){{1,2}}")
_SPLIT = re.compile(r"\s*[,;/|]\s*|\s+(?:и|and|та)\s+")
_NOT_PERSONS = re.compile(
    r"редакци|корреспондент|новост|агентств|пресс|служб|газет|портал|отдел|риа |тасс|интерфакс|admin|editor|news|author"
    r"|сайт|канал|медиа|media|\.ru|\.com|комсомольск|правда|онлайн|online|новгород|челны|уренгой|осетия|район|область|край$|республик|россия",
    re.IGNORECASE,
)
_LONGEST = 200  # characters of a line of authors


def names(value: str) -> tuple[str, ...]:
    """Give the persons whom a value names, as printed.

    >>> names("Анна Ким, Пётр Вершинин")
    ('Анна Ким', 'Пётр Вершинин')
    >>> names("Редакция портала")
    ()
    """
    if len(value) > _LONGEST:
        return ()
    parts = [" ".join(part.split()) for part in _SPLIT.split(value)]
    return tuple(dict.fromkeys(part for part in parts if _NAME.fullmatch(part) and not _NOT_PERSONS.search(part)))


def line_authors(line: str) -> tuple[str, ...]:
    """Give the persons of a line that says it names authors.

    >>> line_authors("Автор: Анна Ким")
    ('Анна Ким',)
    """
    found = _LABEL.search(line) if len(line) <= _LONGEST else None
    return names(found["names"]) if found else ()
