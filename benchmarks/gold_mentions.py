"""Gold mentions of annotated corpora, made into records as if the extractors had found them there.

The gold spans take the place of the extractors' own; names and links within an article are made as for any article.
"""

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors import Mention, OrganizationName, PersonName, analyse, extract, nominative
from extractors import Span as Stretch
from extractors._persons.parts import roles
from pipeline.link import link
from pipeline.model import Article, Source
from pipeline.record import Record
from pipeline.registry.identity import Profile, profiles_of
from pipeline.registry.kinds import EntityKind

SPANS = {"ORG": "organizations", "PER": "persons", "LOC": "places"}
LABELS = ("ORG", "PER", "LOC", "EVT")


class Gold(NamedTuple):
    """A gold mention: where it stands, its label, its entity's id, its nominative by the annotators."""

    start: int
    stop: int
    label: str
    entity: str
    lemma: str


def slavicner(data: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Give each document's id, text and mentions."""
    with gzip.open(data / "slavicner" / "ru.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield (
                row["id"],
                row["text"],
                [Gold(e["start"], e["stop"], e["label"], e["entity"], e["lemma"]) for e in row["entities"]],
            )


def factrueval(data: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Give each document's id, text and the mentions of its coreferent objects; an object is its whole stretch."""
    labels = {"Person": "PER", "Org": "ORG", "Location": "LOC", "LocOrg": "LOC"}
    with gzip.open(data / "factrueval" / "devset.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            spans = {line[0]: (int(line[2]), int(line[2]) + int(line[3])) for line in _lines(row["spans"])}
            objects = {
                line[0]: (line[1], [spans[s] for s in line[2:] if s in spans]) for line in _lines(row["objects"])
            }
            owners = {one: line[0] for line in _lines(row["coref"]) if line[0].isdigit() for one in line[1:]}
            yield (
                row["id"],
                row["txt"],
                [
                    Gold(min(a for a, _ in at), max(b for _, b in at), labels[kind], owners[one], "")
                    for one, (kind, at) in objects.items()
                    if kind in labels and at and one in owners
                ],
            )


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words:
            yield words


def placed(doc: Doc, gold: list[Gold], label: str) -> dict[tuple[int, int], Gold]:
    """Give the mentions of a label by the offsets of their tokens; of two that overlap, the longer."""
    chosen: dict[tuple[int, int], Gold] = {}
    taken: set[int] = set()
    for mention in sorted((g for g in gold if g.label == label), key=lambda g: (g.start - g.stop, g.start)):
        span = doc.char_span(mention.start, mention.stop, alignment_mode="expand")
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            chosen[span.start_char, span.end_char] = mention
    return dict(sorted(chosen.items()))


class Document(NamedTuple):
    """A document made into a record, with its gold mentions and their nominatives by offsets."""

    id: str
    text: str
    record: Record
    where: dict[tuple[int, int], Gold]
    names: dict[tuple[int, int], str]


def document_of(document: str, text: str, gold: list[Gold], *, lemmas: bool) -> Document:
    """Make a record whose organizations, persons and places stand where the gold has them."""
    doc = analyse(text)
    where = {label: placed(doc, gold, label) for label in LABELS}
    for label, key in SPANS.items():
        known = {(s.start_char, s.end_char): s.label_ for s in doc.spans[key]}
        doc.spans[key] = [_span(doc, at, known.get(at, "ner")) for at in where[label]]
    flat = {at: mention for mentions in where.values() for at, mention in mentions.items()}
    mentions = extract(doc)
    if lemmas:
        mentions = tuple(with_lemma(m, flat.get((m.start, m.stop))) for m in mentions)
    article = Article(document, text, Source(document), paragraphs=(Stretch(0, len(text)),))
    names = {at: g.lemma if lemmas else nominative(doc, *at) for at, g in flat.items()}
    return Document(document, text, link(article, doc, mentions), flat, names)


def _span(doc: Doc, at: tuple[int, int], rule: str) -> Span:
    span = doc.char_span(*at)
    return Span(doc, span.start, span.end, label=rule)


def with_lemma(mention: Mention, gold: Gold | None) -> Mention:
    """Put the annotators' nominative in the place of our own."""
    value = mention.value
    if gold is None:
        return mention
    if isinstance(value, OrganizationName):
        return replace(mention, value=replace(value, name=gold.lemma))
    if isinstance(value, PersonName):
        words = gold.lemma.split()
        parts = dict(zip(roles(words), words, strict=True))
        return replace(
            mention, value=PersonName(gold.lemma, parts.get("first"), parts.get("patronymic"), parts.get("last"))
        )
    return mention


def profiles_at(document: Document) -> dict[tuple[int, int], Profile]:
    """Give the profile of each gold mention by its offsets; a gold event is what its nominative says."""
    record = document.record
    profiles = profiles_of(record)
    entities = (*record.organizations, *record.persons, *record.places)
    found = {(m.start, m.stop): profiles[entity.id] for entity in entities for m in entity.mentions}
    events = {
        at: Profile(EntityKind.EVENT, (document.names[at],)) for at, g in document.where.items() if g.label == "EVT"
    }
    return {at: (found | events)[at] for at in document.where if at in found or at in events}


def load(rows: Iterable[tuple[str, str, list[Gold]]], *, lemmas: bool) -> list[Document]:
    documents = []
    for number, (document, text, gold) in enumerate(rows, 1):
        documents.append(document_of(document, text, gold, lemmas=lemmas))
        if not number % 100:
            print(f"  {number} documents", file=sys.stderr)
    return documents
