"""What a row of a list holds, checked: each value as the registry writes it and as the list does; or why not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from extractors import ClusterKind, OrganizationKind, is_inn, is_ogrn, legal_form_of, region_of
from pipeline.registry.keeper.lists._tables import folded, words
from pipeline.registry.keeper.lists.sheet import Cells, Refused
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading.contribution import storable

_KEYS = ("id", "external_id", "ogrn", "inn", "name")  # what tells a row from others, the first that the list has
_ALIAS = "alias"
_OTHER = "other"  # a sort of both
_SORTS = MappingProxyType(
    {
        EntityKind.ORGANIZATION: frozenset(sort.value for sort in OrganizationKind),
        EntityKind.CLUSTER: frozenset(sort.value for sort in ClusterKind),
    }
)
_BETWEEN_ALIASES = (";", "|")


class _CellError(ValueError):
    """A cell that cannot be taken."""


@dataclass(frozen=True, slots=True)
class ListValue:
    """A value of a row: `printed` is how the list writes it."""

    prop: str
    value: str
    printed: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: `row_id` is the same in every file of the list."""

    line: int
    row_id: str
    kind: EntityKind
    name: str
    values: tuple[ListValue, ...]


def check_rows(
    rows: Iterable[Cells | Refused], properties: Iterable[str], kind: EntityKind
) -> Iterator[ListRow | Refused]:
    """Check each row; `kind` is of the rows that do not say what they are."""
    there = set(properties)
    key = next(prop for prop in _KEYS if prop in there)
    lines: dict[str, int] = {}
    for row in rows:
        made = row if isinstance(row, Refused) else _checked(row, key, kind)
        if isinstance(made, ListRow) and (first := lines.setdefault(made.row_id, made.line)) != made.line:
            made = Refused(made.line, f"{key} {made.row_id!r} is in line {first} already", made.row_id)
        yield made


def _checked(row: Cells, key: str, usual: EntityKind) -> ListRow | Refused:
    cells = dict(reversed(row.cells))
    row_id = storable(cells[key]) if key in cells else None
    if row_id is None or "name" not in cells:
        return Refused(row.line, f"no {key if row_id is None else 'name'}", row_id)
    try:
        kind, sort = _kind(cells["kind"], usual) if "kind" in cells else (usual, None)
        values = (*_values(row, kind), *([ListValue("kind", sort, cells["kind"])] if sort else []))
    except _CellError as error:
        return Refused(row.line, str(error), row_id)
    return ListRow(row.line, row_id, kind, storable(cells["name"]), values)


def _kind(cell: str, usual: EntityKind) -> tuple[EntityKind, str | None]:
    """Read what a row is: the kind of entity, or what sort of organization or cluster, as an export writes it."""
    for kind, sorts in _SORTS.items():
        if cell in sorts and (cell != _OTHER or kind is usual):
            return kind, cell
    return EntityKind(_worded("kind", cell)), None


def _values(row: Cells, kind: EntityKind) -> Iterator[ListValue]:
    for prop, cell in row.cells:
        printed = storable(cell)
        if prop == _ALIAS:
            yield from (ListValue(_ALIAS, alias, alias) for alias in _aliases(printed))
        elif prop == "status" and kind is EntityKind.ORGANIZATION:
            yield ListValue(prop, printed, printed)
        elif prop == "id":
            yield ListValue("external_id", printed, printed)
        elif prop != "kind":
            yield ListValue(prop, _READ.get(prop, str)(printed), printed)


def _aliases(cell: str) -> Iterator[str]:
    first, *others = _BETWEEN_ALIASES
    for other in others:
        cell = cell.replace(other, first)
    yield from dict.fromkeys(alias.strip() for alias in cell.split(first) if alias.strip())


def _worded(prop: str, cell: str) -> str:
    found = words().get((prop, folded(cell)))
    if found is None:
        known = ", ".join(dict.fromkeys(value for (of, _), value in words().items() if of == prop))
        raise _CellError(f"{prop} {cell!r} is none of {known}")
    return found


def _number(prop: str, label: str, lengths: tuple[int, int], is_right: Callable[[str], bool]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        number = cell.replace(" ", "")
        if is_right(number):
            return number
        if not (number.isascii() and number.isdigit()):
            raise _CellError(f"{prop} {cell!r}: {label} is digits only")
        if len(number) not in lengths:
            hint = "; a spreadsheet may have dropped a leading zero" if len(number) + 1 in lengths else ""
            raise _CellError(f"{prop} {cell!r}: {len(number)} digits, {label} has {lengths[0]} or {lengths[1]}{hint}")
        raise _CellError(f"{prop} {cell!r}: the check digit is wrong")

    return read


_READ: dict[str, Callable[[str], str]] = {
    "inn": _number("inn", "ИНН", (10, 12), is_inn),
    "ogrn": _number("ogrn", "ОГРН", (13, 15), is_ogrn),
    "region": lambda cell: region_of(cell) or cell,
    "legal_form": lambda cell: legal_form_of(cell) or cell,
    "status": lambda cell: _worded("status", cell),
}
