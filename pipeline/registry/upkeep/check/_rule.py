"""What a rule of a registry's integrity is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select

Found = Iterator[tuple[str, str]]  # the id of what breaks the rule, and how

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by name; `holds` says it in words."""

    name: str
    holds: str
    find: Callable[[Connection], Found]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that breaks a rule."""

    rule: str
    id: str
    what: str


def rows(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """Read rows without holding them all."""
    yield from connection.execute(query.execution_options(yield_per=_AT_ONCE))
