"""Articles and named entities as drafts, with the document that each is known from."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from pipeline.registry.belief.view import EntityView, Testimony, Value
from pipeline.registry.handout.export.ftm._dates import moment, prefix
from pipeline.registry.handout.export.ftm._drafts import Draft, Said
from pipeline.registry.handout.export.ftm._words import MODALITIES, Target, label, schema_of, targets
from pipeline.registry.handout.stream import End, Entry
from pipeline.registry.ids import digest
from pipeline.registry.kinds import EntityKind, Origin

_LONGEST_BODY = 60_000  # letters; FollowTheMoney holds 65,000
_ARTICLE = {
    "title": "title",
    "site_name": "publisher",
    "url": "sourceUrl",
    "published_at": "publishedAt",
    "modified_at": "modifiedAt",
    "fetched_at": "retrievedAt",
}
_TERRITORIES = frozenset({"Address"})
_TIMES = frozenset({"published_at", "modified_at", "fetched_at"})


Country = Callable[[str], str | None]  # the code of a country by its name


def document_id(article_id: str) -> str:
    """Name an article among FollowTheMoney's ids, which are letters, digits, dots and hyphens."""
    plain = article_id.isascii() and article_id.isalnum()
    return f"art-{article_id if plain else digest(article_id)}"


def article_draft(row: dict[str, Any]) -> Draft:
    """Draft an article; a keeper's list or correction is a document too, but nothing that was published."""
    made = document_id(row["article"])
    seen = {"first_seen": row["first_seen"], "last_seen": row["last_seen"]}
    said = [
        Said(made, target, value, row[column], column, original=row[column], **seen)
        for column, target in _ARTICLE.items()
        if row[column] and (value := moment(row[column]) if column in _TIMES else row[column])
    ]
    if row["site"] and not row["site_name"]:
        said.append(Said(made, "publisher", row["site"], row["site"], "site", linguistic=False, **seen))
    said.append(Said(made, "language", "rus", "rus", "language", **seen))
    said += (Said(made, "bodyText", piece, piece, "text", **seen) for piece in _pieces(row["text"]))
    return Draft(made, "Article" if row["origin"] == Origin.ARTICLE else "Document", tuple(said))


def _pieces(text: str) -> Iterator[str]:
    """Cut a text between paragraphs where it is longer than one value may be."""
    piece = ""
    for paragraph in text.split("\n"):
        if piece and len(piece) + len(paragraph) >= _LONGEST_BODY:
            yield piece.strip()
            piece = ""
        piece += f"{paragraph}\n"
    if piece.strip():
        yield piece.strip()


def thing_drafts(entry: Entry, country: Country) -> Iterator[Draft]:
    """Draft a named entity, then for each article that knows it what documents it."""
    view = entry.view
    said = chain.from_iterable(_said(value, entry, country) for value in view.values)
    yield Draft(view.id, schema_of(view.id, entry.ends.get(view.id)), tuple(said))
    for own, testimony in own_entities(view).items():
        yield _documentation(own, view, testimony)


def own_entities(view: EntityView) -> dict[str, Testimony]:
    """Give the articles' entities that speak, each with the first statement that it makes."""
    found: dict[str, Testimony] = {}
    for value in view.values:
        for testimony in value.testimony:
            found.setdefault(testimony.entity_id, testimony)
    return found


def _said(value: Value, entry: Entry, country: Country) -> Iterator[Said]:
    kind = entry.view.kind
    if value.prop == "body":
        yield from _body(value, entry, country)
    elif value.prop != "parent" or not value.value_id:  # a parent is a link of its own
        yield from plain_said(value, targets(kind).get(value.prop), "notes")
    if kind is EntityKind.PLACE and value.prop == "name":
        yield from (say(value, told, "full", value.value, linguistic=True) for told in value.testimony)
        if (code := country(value.value)) and _is_country(entry.ends.get(entry.view.id)):
            yield from (say(value, told, "country", code) for told in value.testimony)


def _is_country(end: End | None) -> bool:
    return end is not None and end.kind is EntityKind.PLACE and end.sort == "country"


def plain_said(value: Value, target: Target | None, spare: str) -> Iterator[Said]:
    """Say a value in its place, or in a line of the text property `spare`."""
    written = value.value if target is None else written_as(value.value, target.form)
    for testimony in value.testimony:
        if target is None or written is None:
            yield spared(value, testimony, spare)
        else:
            linguistic = target.form == "text"
            yield say(value, testimony, target.prop, written, linguistic=linguistic)


def written_as(value: str, form: str) -> str | None:
    """Write a plain value in a form of properties.tsv; None where it cannot be."""
    if form == "date":
        return prefix(value)
    if form == "entity":
        return None
    return f"{value}-cluster" if form == "class" else value


def say(value: Value, testimony: Testimony, prop: str, written: str, *, linguistic: bool = False) -> Said:
    """Say something on the word of one statement."""
    return Said(
        entity_id=testimony.entity_id,
        prop=prop,
        value=written,
        text=value.value,
        label=label(value.prop),
        original=testimony.original,
        origin=testimony.rule,
        first_seen=testimony.first_seen,
        last_seen=testimony.last_seen,
        linguistic=linguistic,
    )


def spared(value: Value, testimony: Testimony, prop: str) -> Said:
    """Say in words what has no place of its own."""
    put = MODALITIES.get(value.modality)
    line = f"{label(value.prop)}: {value.value}" + (f" ({put})" if put else "")
    return say(value, testimony, prop, line, linguistic=True)


def _body(value: Value, entry: Entry, country: Country) -> Iterator[Said]:
    """Say of what a post is: of an organization or cluster, of a territory, or of something that only has a name."""
    end = entry.ends.get(value.value_id or "")
    code = country(value.value) if _is_country(end) else None
    for told in value.testimony:
        if value.value_id and schema_of(value.value_id, end) not in _TERRITORIES:
            yield say(value, told, "organization", value.value_id)
        elif code:
            yield say(value, told, "country", code)
        elif value.value_id:
            yield say(value, told, "subnationalArea", value.value, linguistic=True)
        else:
            yield spared(value, told, "notes")


def _documentation(own: str, view: EntityView, testimony: Testimony) -> Draft:
    made = f"doc-{own}"
    about = replace(view.values[0], prop="name", value=view.name, value_id=view.id)
    ends = (("document", document_id(testimony.article_id)), ("entity", view.id))
    said = [say(about, testimony, prop, target) for prop, target in ends]
    if testimony.quote:
        said.append(say(about, testimony, "summary", testimony.quote, linguistic=True))
    return Draft(made, "Documentation", tuple(replace(one, entity_id=made) for one in said))
