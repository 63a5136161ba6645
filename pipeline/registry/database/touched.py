"""What has changed since identity was last resolved. Whoever changes what identity follows from notes it here.

Rows are only added, each with a number of its own, so that writers never wait for one another and nothing that is
noted while a resolving is under way is lost.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Connection, insert

from pipeline.registry import schema


class Touched(StrEnum):
    """What an id in the table names."""

    ARTICLE = "article"  # it has another current revision, or none before
    PLACED = "placed"  # an article; of its profiles it is known by now which are one, not yet of what follows from that
    ENTITY = "entity"  # a person judged it, or decided on a name of it
    PROFILE = "profile"  # it was compared, or an entity has it no more
    CARD = "card"  # a canonical id; all is resolved but what is shown of it


def touch(connection: Connection, what: Touched, ids: Iterable[str]) -> None:
    """Note things to be resolved anew."""
    rows = [{"what": what.value, "id": one} for one in sorted(set(ids))]
    if rows:
        connection.execute(insert(schema.touched), rows)
