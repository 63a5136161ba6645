"""The followthemoney library: the only importer. What it would drop or alter is known before it is written.

FollowTheMoney cleans values on the way in: it turns `2024-Q3` into `2024`, drops what it does not know, takes junk for
a number. `Library.hold` tells what of a value it keeps, so that nothing changes unseen.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO, NamedTuple

from pipeline.errors import OptionError
from pipeline.registry.handout.export.ftm._dates import moment
from pipeline.registry.handout.export.ftm._drafts import DATASET, Said

_EXTRA = "--format ftm needs the package followthemoney: pip install 'svodka[followthemoney]'"
_OTHERWISE = "FollowTheMoney leaves out invisible letters, spaces at the ends, quotation marks around all of it"
_LANGUAGE = "rus"
# Types whose values mean something else once they are changed: such a value is not written at all.
_EXACT = frozenset({"date", "identifier", "number", "country", "topic", "entity", "language"})


class Held(NamedTuple):
    """What FollowTheMoney keeps of a value: all of it (no `why`), something else, or nothing (`value` None)."""

    value: str | None
    why: str | None = None


class Library:
    """The model of the installed followthemoney."""

    def __init__(self) -> None:
        try:
            import followthemoney  # noqa: PLC0415 - an extra that few install
            from followthemoney.statement import serialize  # noqa: PLC0415
        except ImportError as error:
            raise OptionError(_EXTRA) from error
        self._ftm: Any = followthemoney
        self._serialize: Any = serialize
        self._dataset = followthemoney.Dataset.make({"name": DATASET})
        self._properties: dict[tuple[str, str], Any] = {}

    def fits(self, schema: str, prop: str, target: str) -> bool:
        """Tell whether a property may point at an entity of the schema `target`."""
        found = self._property(schema, prop)
        return bool(found.range and self._ftm.model.get(target).is_a(found.range))

    def is_a(self, schema: str, other: str) -> bool:
        """Tell whether a schema is, or extends, another one."""
        return bool(self._ftm.model.get(schema).is_a(other))

    def points(self, schema: str, prop: str) -> bool:
        """Tell whether a property points at entities."""
        return bool(self._property(schema, prop).type.name == "entity")

    def country(self, name: str) -> str | None:
        """Give the code of a country by its name."""
        code = self._ftm.registry.country.clean(name)
        return None if code is None else str(code)

    def hold(self, schema: str, prop: str, value: str) -> Held:
        """Tell what is kept of a value."""
        found = self._property(schema, prop)
        kept = found.type.clean(value, format=found.format)
        if kept is None:
            return Held(None, f"no {found.type.name} to FollowTheMoney")
        if kept != value and found.type.name in _EXACT:
            return Held(None, f"FollowTheMoney would make it {kept!r}")
        if len(kept) > found.max_length:
            return Held(None, f"longer than {found.max_length} letters")
        return Held(kept, None if kept == value else _OTHERWISE)

    def longest(self, schema: str, prop: str) -> int:
        """Tell how many letters a value may have."""
        return int(self._property(schema, prop).max_length)

    def statement(self, schema: str, canonical_id: str, said: Said) -> Any:
        """Make a statement; its value has been held."""
        return self._ftm.Statement(
            entity_id=said.entity_id,
            prop=said.prop,
            schema=schema,
            value=said.value,
            dataset=DATASET,
            lang=_LANGUAGE if said.linguistic else None,
            original_value=said.original,
            first_seen=moment(said.first_seen, full=True),
            canonical_id=canonical_id,
            last_seen=moment(said.last_seen, full=True),
            origin=said.origin,
        )

    def entity(self, statements: Iterable[Any]) -> dict[str, Any]:
        """Put an entity together from its statements; raises followthemoney's InvalidData where it is not one."""
        made = self._ftm.StatementEntity.from_statements(self._dataset, statements)
        shown: dict[str, Any] = made.to_dict()
        made.schema.validate(shown)
        return shown

    def writer(self, file: BinaryIO) -> Any:
        """Open a writer of statements as CSV."""
        return self._serialize.get_statement_writer(file, "csv")

    def _property(self, schema: str, prop: str) -> Any:
        key = schema, prop
        if key not in self._properties:
            self._properties[key] = self._ftm.model.get(schema).get(prop)
        return self._properties[key]
