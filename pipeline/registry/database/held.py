"""Under which id an entity is held: the one expression for it that every query uses."""

from typing import Any

from sqlalchemy import ColumnElement, func

from pipeline.registry import schema


def held_as(columns: Any = schema.entity.c) -> ColumnElement[str]:
    """The canonical id of an entity, its own until it is resolved; `columns` of `entity`, or of an alias of it."""
    return func.coalesce(columns.canonical_id, columns.id)
