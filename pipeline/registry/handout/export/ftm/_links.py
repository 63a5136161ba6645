"""Relations as drafts: as links between their ends, or as notes on them where FollowTheMoney has no such link.

A link is told only of what is held to be so, or to have been so: what is planned, denied or supposed is a Note, since a
link of FollowTheMoney has no place that says so in a way that every reader would heed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from pipeline.fact import FactStatus
from pipeline.registry.belief.view import EntityView, RelationView, Testimony, Value
from pipeline.registry.handout._table_rows import is_told_as
from pipeline.registry.handout.export.ftm._drafts import Draft, Said
from pipeline.registry.handout.export.ftm._library import Library
from pipeline.registry.handout.export.ftm._things import document_id, own_entities, plain_said, say, spared
from pipeline.registry.handout.export.ftm._words import MODALITIES, Target, directs, label, link, schema_of, targets
from pipeline.registry.handout.stream import Entry
from pipeline.registry.ids import digest
from pipeline.registry.kinds import EntityKind

_HELD = frozenset({FactStatus.ACTUAL, FactStatus.FORMER})
_PARENT_ROLE = "входит в"
_KINDS = {
    EntityKind.OCCUPANCY: "должность", EntityKind.MEMBERSHIP: "участие", EntityKind.MANAGEMENT: "управление",
    EntityKind.INCLUSION: "включение в реестр", EntityKind.LOCATION: "расположение", EntityKind.PART: "вхождение",
    EntityKind.FOUNDING: "создание на базе", EntityKind.AGREEMENT: "договорённость", EntityKind.HOLDING: "проведение",
    EntityKind.AMOUNT: "сумма", EntityKind.QUANTITY: "количество",
}  # fmt: skip


class _Body(NamedTuple):
    """The organization that a post is of, where the post is only a role in it."""

    id: str
    name: str
    post: str


class _Plan(NamedTuple):
    """What a relation becomes."""

    schema: str
    role: str
    targets: Mapping[str, Target]
    body: _Body | None = None


def link_drafts(entry: Entry, library: Library) -> Iterator[Draft]:
    """Draft a relation."""
    relation = entry.relation
    if relation is None:  # the keeper rejected an end of it
        return
    plan = _plan(entry) if relation.modality in _HELD else None
    told = [value for value in entry.view.values if is_told_as(value, relation)]
    if plan and _has_its_ends(plan, told, library):
        yield _link(entry.view, plan, relation, library)
    else:
        yield _note(entry, relation.modality)


def parent_drafts(view: EntityView) -> Iterator[Draft]:
    """Draft a link for each organization that an organization is below."""
    for value in view.values:
        if value.prop == "parent" and value.value_id and value.value_id != view.id:
            said: list[Said] = []
            for testimony in value.testimony:
                own = f"par-{digest(testimony.entity_id, value.value_id)}"
                found = (
                    say(value, testimony, "subject", view.id),
                    say(value, testimony, "object", value.value_id),
                    say(value, testimony, "role", _PARENT_ROLE, linguistic=True),
                    *_source(value, testimony),
                )
                said += (replace(one, entity_id=own) for one in found)
            yield Draft(f"par-{digest(view.id, value.value_id)}", "UnknownLink", tuple(said))


def is_role(entry: Entry) -> bool:
    """Tell whether a post is only a role of those who direct or work for an organization that is no public body."""
    body = next((value.value_id for value in entry.view.values if value.prop == "body"), None)
    return body is not None and _is_private(body, entry)


def _is_private(body_id: str, entry: Entry) -> bool:
    return schema_of(body_id, entry.ends.get(body_id)) in {"Company", "Organization"}


def _plan(entry: Entry) -> _Plan | None:
    kind = entry.view.kind
    if kind is not EntityKind.OCCUPANCY:
        found = link(kind)
        return _Plan(found.schema, found.role, targets(kind)) if found else None
    usual = targets(kind)
    post_id = next((value.value_id for value in entry.view.values if value.prop == "post"), None)
    post = entry.ends.get(post_id or "")
    if post is None or not post.body_id or not post.body or not _is_private(post.body_id, entry):
        return _Plan("Occupancy", "", usual)
    schema, holder, body = (
        ("Directorship", "director", "organization") if directs(post.name) else ("Employment", "employee", "employer")
    )
    changed = {"holder": Target(holder, "entity"), "post": Target(body, "entity")}
    return _Plan(schema, "", {**usual, **changed}, _Body(post.body_id, post.body, post.name))


def _has_its_ends(plan: _Plan, told: list[Value], library: Library) -> bool:
    """Tell whether every end of a link is there and is what the schema takes, and no two are the same."""
    ends: dict[str, set[str]] = {target.prop: set() for target in plan.targets.values() if target.form == "entity"}
    for value in told:
        target = plan.targets.get(value.prop)
        if target and (end := _end(value, target, plan, library)):
            ends[target.prop].add(end)
    return all(ends.values()) and not set.intersection(*ends.values())


def _end(value: Value, target: Target, plan: _Plan, library: Library) -> str | None:
    if target.form != "entity":
        return None
    end = plan.body.id if plan.body and value.prop == "post" else value.value_id
    return end if end and library.fits(plan.schema, target.prop, schema_of(end, None)) else None


def _link(view: EntityView, plan: _Plan, relation: RelationView, library: Library) -> Draft:
    said: list[Said] = []
    for value in view.values:
        target = plan.targets.get(value.prop)
        if target is None or target.form != "entity":
            told = target if is_told_as(value, relation) else None
            said += plain_said(value, told, "description")
            continue
        end = _end(value, target, plan, library) if is_told_as(value, relation) else None
        for testimony in value.testimony:
            if end is None:
                said.append(spared(value, testimony, "description"))
            elif plan.body and value.prop == "post":
                said.append(say(replace(value, value=plan.body.name), testimony, target.prop, end))
                said.append(say(value, testimony, "role", plan.body.post, linguistic=True))
            else:
                said.append(say(value, testimony, target.prop, end))
    for testimony in own_entities(view).values():
        said += _more(view, plan, relation.modality, testimony)
    return Draft(view.id, plan.schema, tuple(said))


def _more(view: EntityView, plan: _Plan, modality: FactStatus, testimony: Testimony) -> Iterator[Said]:
    about = view.values[0]
    if plan.role:
        yield say(about, testimony, "role", plan.role, linguistic=True)
    if modality is FactStatus.FORMER:
        yield say(about, testimony, "status", FactStatus.FORMER.value)
    yield from _source(about, testimony)


def _source(about: Value, testimony: Testimony) -> Iterator[Said]:
    document = replace(about, value=testimony.title or testimony.article_id)
    yield say(document, testimony, "proof", document_id(testimony.article_id))
    if testimony.url:
        yield say(document, testimony, "sourceUrl", testimony.url)


def _note(entry: Entry, modality: FactStatus) -> Draft:
    """Say in words what each article's relation says, and of whom."""
    view = entry.view
    lines: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[Said]] = defaultdict(list)
    for value in view.values:
        put = "" if value.modality is modality else MODALITIES.get(value.modality, "")
        line = f"{label(value.prop)}: {value.value}" + (f" ({put})" if put else "")
        end = _noted_end(value, entry)
        for own, testimony in {testimony.entity_id: testimony for testimony in value.testimony}.items():
            lines[own].append(line)
            if end:
                ends[own].append(say(value, testimony, "entity", end))
    said: list[Said] = []
    heading = ", ".join(filter(None, (_KINDS[view.kind], MODALITIES.get(modality))))
    about = replace(view.values[0], prop="text")
    for own, testimony in own_entities(view).items():
        text = f"{heading}: {'; '.join(lines[own])}"
        said += (say(about, testimony, "description", text, linguistic=True), *ends[own], *_source(about, testimony))
    return Draft(view.id, "Note", tuple(said))


def _noted_end(value: Value, entry: Entry) -> str | None:
    """Give what a note is on: of a post that is only a role, the organization."""
    end = entry.ends.get(value.value_id or "")
    if end and end.kind is EntityKind.POST and end.body_id and _is_private(end.body_id, entry):
        return end.body_id
    return value.value_id
