"""Scores records against a clerk's gold: pages with `record.json` beside them, as in `corpus/pages`.

A gold item lists the forms a reader would accept (`name` and `accept`); one marked `optional` is neither counted nor
punished; dates and amounts must lie on the same text
and have the same value, or one of the listed alternatives. Precision, recall and F1 come a kind. Knows no extractor.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Page, Rejected
from pipeline.read import read
from pipeline.record import Record
from pipeline.run import process
from pipeline.settings import Limits

Gold = dict[str, Any]
GOLD_FILE = "record.json"


@dataclass(slots=True)
class Score:
    """Counts of one kind, with what was missed and what was too much."""

    right: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 when nothing was found."""
        found = self.right + len(self.extra)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 1 when there is none."""
        gold = self.right + len(self.missed)
        return self.right / gold if gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: "Score") -> None:
        """Add another page's counts."""
        self.right += other.right
        self.extra += other.extra
        self.missed += other.missed


def read_gold(page: Path) -> Gold:
    """Read the gold beside a page; InputError when there is none or it is no JSON object."""
    path = page.parent / GOLD_FILE
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no gold record beside the page") from error
    except ValueError as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    if not isinstance(gold, dict):
        raise InputError(f"{path}: a gold record is a JSON object")
    return gold


def evaluate_pages(folder: Path, limits: Limits) -> dict[str, Score]:
    """Process every page below a folder and add up the scores; a page that gives no record misses all its gold."""
    total = {kind: Score() for kind in _COMPARISONS}
    for page in gold_pages(folder, limits):
        gold = read_gold(Path(page.source.file))
        outcome = page if isinstance(page, Rejected) else process(page)
        for kind, made in (_nothing(gold) if isinstance(outcome, Rejected) else score(outcome, gold)).items():
            total[kind].add(made)
    return total


def gold_pages(folder: Path, limits: Limits) -> Iterator[Page | Rejected]:
    """Read the pages below a folder, `page.html` or `page.txt`, in the order of their names."""
    paths = sorted(str(path) for path in folder.glob("*/page.*"))
    if not paths:
        raise InputError(f"{folder}: no folders with a page.html or page.txt")
    return read(paths, limits)


def _nothing(gold: Gold) -> dict[str, Score]:
    return {kind: Score(missed=[str(item) for item in gold.get(kind, ())]) for kind in _COMPARISONS}


def score(record: Record, gold: Gold) -> dict[str, Score]:
    """Compare a record with its gold; one Score a kind."""
    return {kind: compare(record, gold) for kind, compare in _COMPARISONS.items()}


def fold(text: str) -> str:
    """Fold what a reader would not call a difference: quotes, dashes, «ё», case, blanks.

    >>> fold("Кластер «Ёлка»") == fold('кластер "Елка"')
    True
    """
    text = text.replace("ё", "е").replace("Ё", "Е").casefold()
    text = re.sub(r"[«»\"“”„‟'`]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[–—−‑]", "-", text)).strip(" .,")


def _match(found: Iterable[Any], gold: Iterable[Any], fits: Callable[[Any, Any], bool], label: "Labels") -> Score:
    """Pair each found item with a gold item that it fits and that is not taken yet."""
    left, made = list(gold), Score()
    for item in found:
        hit = next((g for g in left if fits(item, g)), None)
        if hit is None:
            made.extra.append(label[0](item))
        else:
            left.remove(hit)
            made.right += not hit.get("optional")
    made.missed += [label[1](g) for g in left if not g.get("optional")]
    return made


Labels = tuple[Callable[[Any], str], Callable[[Any], str]]


def _forms(gold: Gold, key: str, accept: str) -> set[str]:
    return {fold(form) for form in (gold.get(key), *gold.get(accept, ())) if form}


def _named(kind: str) -> Callable[[Record, Gold], Score]:
    def compare(record: Record, gold: Gold) -> Score:
        return _match(
            getattr(record, kind),
            gold.get(kind, ()),
            lambda item, g: fold(item.name) in _forms(g, "name", "accept"),
            (lambda item: str(item.name), lambda g: str(g["name"])),
        )

    return compare


def _officials(record: Record, gold: Gold) -> Score:
    def fits(item: Any, g: Gold) -> bool:
        person = fold(item.person) in _forms(g, "person", "accept")
        position = fold(item.position) in _forms(g, "position", "position_accept")
        where = _forms(g, "organization", "organization_accept")
        return person and position and (fold(item.organization) in where if item.organization else not where)

    def found_label(item: Any) -> str:
        return f"{item.person} | {item.position} | {item.organization}"

    def gold_label(g: Gold) -> str:
        return f"{g['person']} | {g['position']} | {g['organization']}"

    return _match(record.officials, gold.get("officials", ()), fits, (found_label, gold_label))


def _valued(kind: str, keys: tuple[str, ...], value: Callable[[Any], tuple[Any, ...]]) -> Callable[..., Score]:
    """Compare values that stand on the same text: the gold's own value, or an alternative for its first two keys."""

    def accepted(g: Gold) -> list[tuple[Any, ...]]:
        own = tuple(g.get(key) for key in keys)
        return [own, *((*alternative, *own[2:]) for alternative in g.get("alt", ()))]

    def fits(item: Any, g: Gold) -> bool:
        mention = item.mentions[0]
        return mention.start < g["stop"] and g["start"] < mention.stop and value(item) in accepted(g)

    def compare(record: Record, gold: Gold) -> Score:
        labels = (lambda item: f"{item.text} {value(item)}", lambda g: f"{g['text']} {accepted(g)[0]}")
        return _match(getattr(record, kind), gold.get(kind, ()), fits, labels)

    return compare


def _facts(record: Record, gold: Gold) -> Score:
    text = record.article.text

    def fits(item: Any, g: Gold) -> bool:
        start = text.find(g["evidence"])
        overlaps = item.evidence.start < start + len(g["evidence"]) and start < item.evidence.stop
        return bool(item.kind == g["kind"] and item.status == g["status"] and overlaps)

    labels = (lambda item: f"{item.kind} {item.status} «{item.evidence.quote[:60]}»",
              lambda g: f"{g['kind']} {g['status']} «{g['evidence'][:60]}»")  # fmt: skip
    return _match(record.facts, gold.get("facts", ()), fits, labels)


_COMPARISONS: dict[str, Callable[[Record, Gold], Score]] = {
    "organizations": _named("organizations"),
    "clusters": _named("clusters"),
    "officials": _officials,
    "places": _named("places"),
    "events": _named("events"),
    "dates": _valued("dates", ("from", "to"), lambda date: (date.start, date.stop)),
    "money": _valued("money", ("min", "max", "currency"), lambda money: (money.min, money.max, money.currency)),
    "facts": _facts,
}
