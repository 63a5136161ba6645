"""The tables beside this module, ready to look things up in."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extractors import read_table
from pipeline.fact import FactStatus
from pipeline.registry.handout.stream import End
from pipeline.registry.kinds import PROPERTIES, EntityKind

MODALITIES = {
    FactStatus.PLANNED: "планируется",
    FactStatus.FORMER: "прежде",
    FactStatus.DENIED: "отрицается",
    FactStatus.HYPOTHETICAL: "предположительно",
}
_SCHEMA_OF = {
    "clu": "Organization", "per": "Person", "pla": "Address", "eve": "Event", "pos": "Position", "org": "Organization",
}  # fmt: skip


class Target(NamedTuple):
    """Where a property goes in FollowTheMoney and in what form."""

    prop: str
    form: str


class Link(NamedTuple):
    """What a relation is in FollowTheMoney."""

    schema: str
    role: str


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    return read_table(files("pipeline.registry.handout.export.ftm").joinpath(f"{name}.tsv"))


@cache
def targets(kind: EntityKind) -> Mapping[str, Target]:
    """Give the targets of a kind's properties."""
    return {row["property"]: Target(row["target"], row["form"]) for row in _rows("properties") if row["kind"] == kind}


@cache
def link(kind: EntityKind) -> Link | None:
    """Tell what a relation of a kind is."""
    return next((Link(row["schema"], row["role"]) for row in _rows("links") if row["kind"] == kind), None)


@cache
def organization_schema(sort: str | None, legal_form: str | None) -> str:
    """Tell what an organization of a kind and legal form is.

    >>> organization_schema("other", "ООО"), organization_schema("government", None), organization_schema("fund", None)
    ('Company', 'PublicBody', 'Organization')
    """
    fitting = (
        row["schema"]
        for row in _rows("schemata")
        if row["kind"] in {"*", sort} and row["legal_form"] in {"*", legal_form}
    )
    return next(fitting)


def schema_of(entity_id: str, end: End | None) -> str:
    """Tell the schema of a named entity, by what is known of it."""
    prefix = entity_id.partition("-")[0]
    if prefix == "org" and end is not None:
        return organization_schema(end.sort, end.legal_form)
    return _SCHEMA_OF[prefix]


@cache
def directs(post: str) -> bool:
    """Tell whether a post directs its organization.

    >>> directs("Генеральный директор"), directs("заместитель директора"), directs("руководитель пресс-службы")
    (True, False, False)
    """
    folded = post.lower().replace("ё", "е")
    return any(fnmatchcase(folded, row["post"]) for row in _rows("directors"))


def label(prop: str) -> str:
    """Name a property for people."""
    return PROPERTIES[prop].label if prop in PROPERTIES else prop
