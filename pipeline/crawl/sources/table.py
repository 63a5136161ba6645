"""Reads a table of sources, and tells all that is wrong with it at once: table, key, what is wrong, what is allowed."""

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.crawl.sources.source import Habits, Limits, Night, Source, Sources, Table
from pipeline.errors import SourcesError

_TOP = ("contact", "user_agent", "concurrency", "retries", "allow_private", "night", "limits", "defaults", "sources")
_HEADERS = "headers"  # whose values are never shown
_LONGEST = 80
_INNER: dict[str, type[Table]] = {"night": Night, "limits": Limits}
# What pydantic calls the types, as TOML's readers know them.
_KINDS = {
    "string_type": "a string in quotes", "tuple_type": "a list in brackets", "list_type": "a list in brackets",
    "dict_type": "a table", "model_type": "a table", "int_type": "a whole number", "int_parsing": "a whole number",
    "int_from_float": "a whole number", "float_type": "a number", "float_parsing": "a number",
    "bool_type": "true or false", "bool_parsing": "true or false",
}  # fmt: skip


def read_sources(file: Path) -> Sources:
    """Read a table of sources. Raises SourcesError with every problem in it."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourcesError(
            str(file), ["there is no such file; `svodka sources example` prints one to begin with"]
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(str(file), [f"cannot be read: {error}"]) from None
    return sources_from(text, str(file))


def sources_from(text: str, file: str = "sources.toml") -> Sources:
    """Read the text of a table of sources; `file` is its name in messages. Raises SourcesError with every problem."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(file, [f"is no TOML: {error}"]) from None
    problems: list[str] = []
    found = _read(given, problems)
    if problems or found is None:
        raise SourcesError(file, problems)
    return found


def _read(given: dict[str, Any], problems: list[str]) -> Sources | None:
    top = {key: value for key, value in given.items() if key not in {"defaults", "sources"}}
    for key in [key for key in top if key not in _TOP]:
        problems.append(_unknown("", key, _TOP))
        del top[key]
    defaults = _defaults(given.get("defaults", {}), problems)
    sources = _sources(given.get("sources"), defaults, problems)
    found = _made(Sources, "", top | {"sources": sources}, problems)
    return found if isinstance(found, Sources) else None


def _defaults(table: Any, problems: list[str]) -> dict[str, Any]:
    """Give what `[defaults]` says that is right; what is wrong there is told once, not with each source."""
    if not isinstance(table, dict):
        problems.append("defaults: should be a table")
        return {}
    wrong = len(problems)
    if _made(Habits, "defaults", table, problems) is not None:
        return table
    keys = {problem.split(":")[0].removeprefix("defaults.").split(".")[0] for problem in problems[wrong:]}
    return {key: value for key, value in table.items() if key not in keys}


def _sources(tables: Any, defaults: dict[str, Any], problems: list[str]) -> tuple[Source, ...]:
    if not isinstance(tables, dict) or not tables:
        problems.append("sources: there is no source; each is a table [sources.NAME]")
        return ()
    made = (_source(name, table, defaults, problems) for name, table in tables.items())
    return tuple(source for source in made if source is not None)


def _source(name: str, table: Any, defaults: dict[str, Any], problems: list[str]) -> Source | None:
    where = f"sources.{name}"
    if not isinstance(table, dict):
        problems.append(f"{where}: should be a table [{where}]")
        return None
    if "name" in table:
        problems.append(f"{where}.name: a source's name is its table's: [{where}]")
        return None
    headers = {**_mapping(defaults.get(_HEADERS)), **_mapping(table.get(_HEADERS))}
    merged = defaults | table | ({_HEADERS: headers} if isinstance(table.get(_HEADERS, {}), dict) else {})
    found = _made(Source, where, merged | {"name": name}, problems)
    return found if isinstance(found, Source) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _made(model: type[Table], where: str, table: dict[str, Any], problems: list[str]) -> Table | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        problems.extend(_told(model, where, error))
        return None


def _told(model: type[Table], where: str, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        path = [part for part in detail["loc"] if part != "[key]"]
        if detail["type"] == "extra_forbidden":
            inner = _INNER.get(str(path[0]), model) if len(path) > 1 else model
            yield _unknown(_place(where, path[:-1]), str(path[-1]), _keys(inner))
        else:
            yield f"{_place(where, path)}: {_wrong(detail, path)}"


def _keys(model: type[Table]) -> tuple[str, ...]:
    return tuple(key for key in model.model_fields if key != "name")


def _unknown(table: str, key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return f"{table}{'.' if table else ''}{key}: there is no such key; {hint}"


def _place(where: str, path: list[Any]) -> str:
    """Write where a value stands: `sources.lenta.feeds[2]`, counted from 1."""
    place = where
    for part in path:
        place += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if place else ''}{part}"
    return place


def _wrong(detail: ErrorDetails, path: list[Any]) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "is required"
    told = _KINDS.get(kind)
    said = f"should be {told}" if told else detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    value = detail["input"]
    shown = _HEADERS not in path and isinstance(value, str | int | float) and not isinstance(value, bool)
    return f"{said}, not {_short(value)}" if shown else said


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
