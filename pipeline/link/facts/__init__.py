"""Facts of the closed list, each from a named rule with its evidence sentence.

Each public module beside this one is a family of rules with one public function, `find(scene) -> Iterable[Draft]`;
adding a module adds a family.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from extractors import confidence, text_of
from pipeline.fact import Evidence
from pipeline.link.scene import Draft, Scene
from pipeline.record import Fact

Family = Callable[[Scene], Iterable[Draft]]


@cache
def _families() -> tuple[Family, ...]:
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(import_module(f"{__name__}.{name}").find for name in names)


def facts(scene: Scene) -> tuple[Fact, ...]:
    """Find the facts of a document, in the order of their evidence; the same fact told twice is one."""
    drafts = [draft for family in _families() for draft in family(scene)]
    drafts.sort(key=lambda draft: draft.evidence.start_char)
    unique = {_key(draft): draft for draft in reversed(drafts)}
    return tuple(_fact(number, draft) for number, draft in enumerate(reversed(unique.values()), 1))


def _key(draft: Draft) -> tuple[object, ...]:
    """What makes two drafts the same fact; one without a subject is told by its sentence alone."""
    alone = draft.evidence.start if not {"subject", "person", "event", "base"} & set(draft.roles) else None
    return draft.kind, tuple(sorted(draft.roles.items())), draft.status, alone


def _fact(number: int, draft: Draft) -> Fact:
    start, stop = draft.evidence.start_char, draft.evidence.end_char
    text = text_of(draft.evidence.doc)[start:stop]
    quote = text.rstrip()
    return Fact(
        id=f"fac{number}",
        kind=draft.kind,
        roles=draft.roles,
        status=draft.status,
        date=draft.date,
        place=draft.place,
        evidence=Evidence(start, start + len(quote), quote),
        rule=draft.rule,
        confidence=confidence("fact", draft.rule),
    )
