"""What a request asks for, read within bounds: nobody's query is long, deep or of another type than expected."""

import re
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST_QUERY = 200
LAST_PAGE = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_MOST_DIGITS = 18  # fits the databases' integers


def words(request: Request, name: str) -> str:
    """Read a text of a person's typing: what cannot be stored is cut out, and too much is refused."""
    asked = request.query_params.get(name, "")
    if len(asked) > LONGEST_QUERY:
        raise HTTPException(400, f"Запрос длиннее {LONGEST_QUERY} знаков; сократите его.")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in asked).split())


def named(request: Request, name: str = "id") -> str:
    """Read an id from the address; what can be no id is not found."""
    asked = str(request.path_params.get(name) or request.query_params.get(name, ""))
    if not _ID.fullmatch(asked):
        raise HTTPException(404)
    return asked


def number(request: Request, name: str) -> int | None:
    """Read a whole number; None where there is none."""
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else None


def page_number(request: Request) -> int:
    """Read which page of a list is wanted, from 1."""
    return min(max(number(request, "page") or 1, 1), LAST_PAGE)


def choice(request: Request, name: str, choices: frozenset[str]) -> str | None:
    """Read one of several words; None for any other."""
    asked = request.query_params.get(name, "")
    return asked if asked in choices else None


def day(request: Request, name: str) -> str | None:
    """Read a day, ISO 8601; what is no day is refused."""
    asked = request.query_params.get(name, "")
    if not asked:
        return None
    if not _is_day(asked):
        raise HTTPException(400, "Дата должна быть вида ГГГГ-ММ-ДД.")
    return asked


def _is_day(asked: str) -> bool:
    try:
        return bool(_DAY.fullmatch(asked)) and bool(date.fromisoformat(asked))
    except ValueError:
        return False


def inside(address: str) -> str:
    r"""Keep an address only when it is of this site; browsers read a backslash as a slash.

    >>> inside("/review?kind=post"), inside("//evil.example"), inside("/\\evil.example"), inside("https://evil")
    ('/review?kind=post', '/', '/', '/')
    """
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
