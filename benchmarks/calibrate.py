"""Measure how often each rule is right on annotated news; write the confidences and the table of the docs.

    python benchmarks/calibrate.py ../shared/data

The mentions of a rule are right when their span or value agrees with the gold of `records/` and `written/` (whole
records), of `corpus/pages` (the same and events) and of NEREL's development part (persons, places). A fact is right
when gold has one of its kind and status on the same words. The share is smoothed: (right + 1) / (found + 2).
"""

import gzip
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import process
from pipeline.evaluate import fold
from pipeline.model import Media, Page, Rejected, Source
from pipeline.record import Record

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "extractors" / "lexicon" / "confidence.tsv"
DOCS = ROOT / "docs" / "reliability.md"
Rule = tuple[str, str]
Verdicts = Iterator[tuple[Rule, bool]]


def record_of(gold: dict[str, Any], text: str) -> Record:
    """Make the record of a ready article."""
    article = {"id": "x", "text": text, "published_at": gold.get("published_at")}
    made = process(Page(Source("x"), Media.ARTICLE, json.dumps(article).encode()))
    if isinstance(made, Rejected):
        raise TypeError(made.detail)
    return made


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Leave the quotes around a span aside."""
    while start < stop and text[start] in '«»"“”„ ':
        start += 1
    while start < stop and text[stop - 1] in '«»"“”„ ':
        stop -= 1
    return start, stop


def organizations(record: Record, gold: dict[str, Any]) -> Verdicts:
    text = record.article.text
    right = {trimmed(text, *span) for span in gold["organization_spans"]}
    for entity in record.organizations:
        for mention in entity.mentions:
            yield ("organization", mention.rule), trimmed(text, mention.start, mention.stop) in right


def clusters(record: Record, gold: dict[str, Any]) -> Verdicts:
    names = {fold(form) for cluster in gold["clusters"] for form in (cluster["name"], *cluster.get("accept", ()))}
    for entity in record.clusters:
        for mention in entity.mentions:
            yield ("cluster", mention.rule), fold(entity.name) in names


def officials(record: Record, gold: dict[str, Any]) -> Verdicts:
    pairs = {
        (fold(person), fold(position))
        for o in gold["officials"]
        for person in (o["person"], *o.get("accept", ()))
        for position in (o["position"], *o.get("position_accept", ()))
    }
    for entity in record.officials:
        for mention in entity.mentions:
            yield ("official", mention.rule), (fold(entity.person), fold(entity.position)) in pairs


def valued(
    kind: str, rows: str, keys: tuple[str, ...], value: Callable[[Any], tuple[Any, ...]]
) -> Callable[..., Verdicts]:
    """Judge dates or amounts: the value of the gold that overlaps, or one of its alternatives."""

    def verdicts(record: Record, gold: dict[str, Any]) -> Verdicts:
        for entity in getattr(record, rows):
            if entity.unresolved:
                continue
            mention = entity.mentions[0]
            over = [g for g in gold[rows] if mention.start < g["stop"] and g["start"] < mention.stop]
            wanted = [tuple(g.get(key) for key in keys) for g in over]
            wanted += [(*alt, *w[2:]) for g, w in zip(over, list(wanted), strict=True) for alt in g.get("alt", ())]
            yield (kind, mention.rule), value(entity) in wanted

    return verdicts


def facts(record: Record, gold: dict[str, Any]) -> Verdicts:
    text = record.article.text
    if "facts" not in gold:
        return
    told = [(g["kind"], g["status"], text.find(g["evidence"]), len(g["evidence"])) for g in gold["facts"]]
    for fact in record.facts:
        evidence = fact.evidence
        yield (
            ("fact", fact.rule),
            any(
                (kind, status) == (fact.kind, fact.status) and evidence.start < start + size and start < evidence.stop
                for kind, status, start, size in told
            ),
        )


def events(record: Record, gold: dict[str, Any]) -> Verdicts:
    names = {fold(form) for event in gold.get("events", ()) for form in (event["name"], *event.get("accept", ()))}
    for entity in record.events:
        for mention in entity.mentions:
            yield ("event", mention.rule), fold(entity.name) in names


WHOLE = (
    organizations,
    clusters,
    officials,
    facts,
    valued("date", "dates", ("from", "to"), lambda date: (date.start, date.stop)),
    valued("money", "money", ("min", "max", "currency"), lambda money: (money.min, money.max, money.currency)),
)
LABELS = {"persons": {"PERSON"}, "places": {"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"}}


def whole_records(data: Path) -> Verdicts:
    """Judge every kind that the hand-made records hold."""
    for path in sorted([*(data / "records").glob("*.json"), *(data / "written").glob("*.json")]):
        gold = json.loads(path.read_text(encoding="utf-8"))
        record = record_of(gold, gold["text"])
        for judge in WHOLE:
            yield from judge(record, gold)


def named_entities(data: Path) -> Verdicts:
    """Judge persons and places by overlap with NEREL's development part."""
    with gzip.open(data / "nerel" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            gold = json.loads(line)
            record = record_of({}, gold["text"])
            for kind, labels in LABELS.items():
                spans = [(e["start"], e["stop"]) for e in gold["entities"] if e["label"] in labels]
                for entity in getattr(record, kind):
                    for m in entity.mentions:
                        yield (kind[:-1], m.rule), any(m.start < stop and start < m.stop for start, stop in spans)


def own_pages() -> Verdicts:
    """Judge every kind, and events, by the corpus."""
    for path in sorted((ROOT / "corpus" / "pages").glob("*/record.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        meta = tomllib.loads((path.parent / "meta.toml").read_text(encoding="utf-8"))
        text = (path.parent / "article.txt").read_text(encoding="utf-8").rstrip("\n")
        record = record_of({"published_at": meta.get("published_at")}, text)
        for judge in (*WHOLE, events):
            yield from judge(record, gold)


def main() -> None:
    """Count, write the table, and write the docs' table by bins of confidence."""
    data = Path(sys.argv[1])
    found, right = Counter[Rule](), Counter[Rule]()
    for source in (whole_records(data), named_entities(data), own_pages()):
        for rule, verdict in source:
            found[rule] += 1
            right[rule] += verdict
    write_table(found, right)
    write_docs(found, right)


def confidence(rule: Rule, found: Counter[Rule], right: Counter[Rule]) -> float:
    """Smooth a rule's share of right mentions."""
    return (right[rule] + 1) / (found[rule] + 2)


def write_table(found: Counter[Rule], right: Counter[Rule]) -> None:
    """Write the lexicon's table."""
    lines = [
        "# Precision of each rule, smoothed: (right + 1) / (found + 2).",
        "# Written by benchmarks/calibrate.py; do not edit by hand.",
        "kind\trule\tfound\tright\tconfidence",
    ]
    lines += [
        f"{rule[0]}\t{rule[1]}\t{found[rule]}\t{right[rule]}\t{confidence(rule, found, right):.3f}"
        for rule in sorted(found)
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_docs(found: Counter[Rule], right: Counter[Rule]) -> None:
    """Write the reliability table: of the values with a confidence in a bin, how many were right."""
    bins: dict[tuple[str, int], list[int]] = {}
    for rule in found:
        counts = bins.setdefault((rule[0], min(9, int(confidence(rule, found, right) * 10))), [0, 0])
        counts[0] += found[rule]
        counts[1] += right[rule]
    today = datetime.now().astimezone().date()
    lines = [
        "# Reliability of the confidences",
        "",
        f"Written by `benchmarks/calibrate.py` on {today} from the annotated development data; the confidences are",
        "measured on the same texts, so on new texts expect them a little high.",
        "",
        "| kind | confidence | values | right |",
        "|---|---|---|---|",
    ]
    for (kind, tenth), (n, ok) in sorted(bins.items()):
        lines.append(f"| {kind} | {tenth / 10:.1f}–{tenth / 10 + 0.1:.1f} | {n} | {ok / n:.3f} |")
    DOCS.parent.mkdir(exist_ok=True)
    DOCS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
