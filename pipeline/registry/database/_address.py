"""Where a registry is: a database's URL, or a file's path as people write it; passwords are never shown."""

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.errors import RegistryError

_FORMS = "give sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE"
_PASSWORD = re.compile(r"(?<=:)[^:/@]+@|(?<=//)([^/:@]*):.*@|(?i:\b(password|passfile)=)[^&]*")


def parse_address(text: str) -> URL:
    """Read a registry's URL; a path is taken as the file's of an SQLite database.

    >>> str(parse_address("news/registry.db")), str(parse_address("postgres://keeper@db.example/registry"))
    ('sqlite:///news/registry.db', 'postgresql+psycopg://keeper@db.example/registry')
    """
    if text and ":" not in text:
        return URL.create("sqlite", database=text)
    scheme, _, _ = text.partition(":")
    backend = "postgresql" if scheme == "postgres" else scheme.partition("+")[0]
    if backend not in {"sqlite", "postgresql"}:
        raise RegistryError(f"{hidden(text)!r}: a registry is kept in SQLite or PostgreSQL; {_FORMS}")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise RegistryError(f"{hidden(text)!r} is no database URL; {_FORMS}") from error
    if "@" in (url.host or ""):
        raise RegistryError(f"{hidden(text)!r}: an @ in a user's name or password is written %40")
    return url.set(drivername="postgresql+psycopg") if backend == "postgresql" else _checked_file(url)


def hidden(text: str) -> str:
    """Hide what may be a password; a password with `@` in it, not written as %40, is hidden whole.

    >>> hidden("postgresql://keeper:secr@t@db.example/registry?password=secret")
    'postgresql://keeper:***@db.example/registry?password=***'
    """
    return _PASSWORD.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    if found[0].endswith("@"):
        return f"{found[1]}:***@" if found[1] is not None else "***@"
    return f"{found[0].partition('=')[0]}=***"


def _checked_file(url: URL) -> URL:
    if url.database in {None, "", ":memory:"}:
        raise RegistryError(f"{url}: a registry in memory would be gone at once; {_FORMS}")
    return url.set(drivername="sqlite")


def file_of(url: URL) -> Path | None:
    """Give the file of an SQLite registry."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
