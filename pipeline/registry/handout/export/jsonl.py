"""One entity or relation a line, as JSON, with its values and the statements that each rests on."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipeline.registry.belief.view import EntityView, Testimony, Value
from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.stream import Entry, Part

NAME = "jsonl"
FILES = ("entities.jsonl",)

_TOLD = tuple(field.name for field in fields(Testimony) if field.name != "seq")  # which never leaves the registry


class JsonlWriter:
    """An open entities.jsonl."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILES[0]).open("w", encoding="utf-8")
        self._count = 0

    def write(self, part: Part) -> None:
        """Append an entity's line."""
        if isinstance(part, Entry) and part.view.values:
            self._file.write(json.dumps(_shown(part.view), ensure_ascii=False) + "\n")
            self._count += 1

    def close(self) -> dict[str, int]:
        """Complete the file; count the lines."""
        self._file.close()
        return {"entities": self._count}


def _shown(view: EntityView) -> dict[str, Any]:
    return {
        "id": view.id,
        "kind": view.kind,
        "name": view.name,
        "articles": view.articles,
        "first_seen": view.first_seen,
        "last_seen": view.last_seen,
        "members": view.members,
        "values": [_value(value) for value in view.values],
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "property": value.prop,
        "value": value.value,
        "value_id": value.value_id,
        "standing": value.standing,
        "review": value.status,
        "modality": value.modality,
        "first_seen": value.first_seen,
        "last_seen": value.last_seen,
        "testimony": [{name: getattr(said, name) for name in _TOLD} for said in value.testimony],
    }


def open_writer(folder: Path, _: About) -> JsonlWriter:
    """Begin entities.jsonl in a folder."""
    return JsonlWriter(folder)
