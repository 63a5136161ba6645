"""FollowTheMoney 4: ftm-statements.csv for `ftm` and nomenklatura, ftm-entities.json with the same as entities.

Each statement keeps the words it was read from (original_value), the rule (origin), when it was seen, the article's own
entity (entity_id) and the one it is held to be (canonical_id). Every value is held against the model first: what
FollowTheMoney would drop or write otherwise stands in ftm-dropped.jsonl and is counted; what its model has no place for
(quarters, amounts, what is planned or denied) is kept as text. docs/export.md has the table of what becomes what.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.registry.handout.export._about import About
from pipeline.registry.handout.export.ftm._drafts import Draft, Said
from pipeline.registry.handout.export.ftm._library import Library
from pipeline.registry.handout.export.ftm._links import is_role, link_drafts, parent_drafts
from pipeline.registry.handout.export.ftm._things import article_draft, thing_drafts
from pipeline.registry.handout.export.ftm._words import schema_of
from pipeline.registry.handout.stream import End, Listed, Part
from pipeline.registry.kinds import NAMED, EntityKind

NAME = "ftm"
FILES = ("ftm-statements.csv", "ftm-entities.json", "ftm-dropped.jsonl")

_SPARE = frozenset({"notes", "description"})
_CUT = " …"
_SHOWN = 200  # letters of a value in the list of what was dropped


class FtmWriter:
    """Open FollowTheMoney files."""

    def __init__(self, folder: Path) -> None:
        self._library = Library()
        self._files = ExitStack()
        statements, entities, dropped = (self._files.enter_context((folder / name).open("wb")) for name in FILES)
        self._statements = self._library.writer(statements)
        self._entities, self._dropped = entities, dropped
        self._counts: Counter[str] = Counter({"ftm statements": 0, "kept as text": 0, "altered": 0, "dropped": 0})
        self._ends: Mapping[str, End] = {}
        self._absent: dict[str, str] = {}  # what is pointed at and was not written yet, with names

    def write(self, part: Part) -> None:
        """Write what a part becomes."""
        for draft in self._drafts(part):
            self._put(draft)

    def close(self) -> dict[str, int]:
        """Write the names of what is pointed at but not exported itself, and complete the files."""
        for made, name in self._absent.items():
            if not self._is_given(made):
                schema = schema_of(made, self._ends.get(made))
                props = ("name", "full") if schema == "Address" else ("name",)
                self._put(Draft(made, schema, tuple(Said(made, prop, name, name, "название") for prop in props)))
        self._statements.close()
        self._files.close()
        return dict(self._counts)

    def _drafts(self, part: Part) -> Iterator[Draft]:
        if isinstance(part, Listed):
            if part.table == "articles":
                yield article_draft(part.row)
            return
        self._ends = part.ends
        if not part.view.values or (part.view.kind is EntityKind.POST and is_role(part)):
            return
        if part.view.kind in NAMED:
            yield from thing_drafts(part, self._library.country)
            yield from parent_drafts(part.view)
        else:
            yield from link_drafts(part, self._library)

    def _put(self, draft: Draft) -> None:
        statements: dict[tuple[str, str, str], Any] = {}
        for said in draft.said:
            for one in self._held(draft, said):
                key = one.entity_id, one.prop, one.value
                if key not in statements:
                    statements[key] = self._library.statement(draft.schema, draft.id, one)
                    self._counts["kept as text"] += one.prop in _SPARE and draft.schema != "Note"
        if not statements:
            return
        everything = [*self._beginnings(draft), *statements.values()]
        for statement in everything:
            self._statements.write(statement)
        self._counts["ftm statements"] += len(everything)
        self._counts[f"ftm {draft.schema}"] += 1
        shown = self._library.entity(everything)
        self._entities.write(json.dumps(shown, ensure_ascii=False).encode() + b"\n")

    def _beginnings(self, draft: Draft) -> Iterator[Any]:
        """Say of each article's entity that it is there, as FollowTheMoney wants it."""
        by_own = attrgetter("entity_id")
        for own, found in groupby(sorted(draft.said, key=by_own), key=by_own):
            group = list(found)
            first = min((said.first_seen for said in group if said.first_seen), default=None)
            last = max((said.last_seen for said in group if said.last_seen), default=None)
            yield self._library.statement(
                draft.schema, draft.id, Said(own, "id", own, own, "", None, None, first, last)
            )

    def _held(self, draft: Draft, said: Said) -> Iterator[Said]:
        """Give a statement as FollowTheMoney keeps it; tell of what it does not keep."""
        held = self._library.hold(draft.schema, said.prop, said.value)
        if held.why is None:
            self._note_end(draft.schema, said)
            yield said
            return
        if held.value is not None:
            self._tell("altered", draft, said, held.why)
            yield replace(said, value=held.value, original=said.original or said.value)
        elif (limit := self._library.longest(draft.schema, said.prop)) < len(said.value) and said.prop not in _SPARE:
            self._tell("altered", draft, said, held.why)
            yield replace(said, value=said.value[: limit - len(_CUT)] + _CUT)
        else:
            yield from self._spared(draft, said, held.why)

    def _spared(self, draft: Draft, said: Said, why: str) -> Iterator[Said]:
        """Keep in words what its own property does not hold."""
        self._tell("dropped", draft, said, why)
        spare = "notes" if self._library.is_a(draft.schema, "Thing") else "description"
        if said.prop not in _SPARE:
            kept = replace(said, prop=spare, value=f"{said.label}: {said.text}", linguistic=True)
            if self._library.hold(draft.schema, spare, kept.value).why is None:
                yield kept

    def _note_end(self, schema: str, said: Said) -> None:
        is_end = self._library.points(schema, said.prop) and said.prop not in {"proof", "document"}
        if is_end and not self._is_given(said.value):
            self._absent.setdefault(said.value, said.text)

    def _is_given(self, made: str) -> bool:
        end = self._ends.get(made)
        return end is not None and end.given

    def _tell(self, outcome: str, draft: Draft, said: Said, why: str) -> None:
        self._counts[outcome] += 1
        value = said.value if len(said.value) <= _SHOWN else f"{said.value[:_SHOWN]}{_CUT}"
        told = {
            "outcome": outcome,
            "why": why,
            "entity": draft.id,
            "schema": draft.schema,
            "property": said.prop,
            "value": value,
            "letters": len(said.value),
        }
        self._dropped.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def open_writer(folder: Path, _: About) -> FtmWriter:
    """Begin the FollowTheMoney files in a folder; raises OptionError where followthemoney is not installed."""
    return FtmWriter(folder)
