"""A night's numbers in the text format of Prometheus, for its node exporter's textfile collector."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.night.report import NightReport, Verdict, alarms, verdict

_HELP = {
    "svodka_night_ended_timestamp_seconds": "When the night ended.",
    "svodka_night_seconds": "How long the night took.",
    "svodka_night_verdict": "1 for what the night was.",
    "svodka_night_alarms": "What wants a person's look.",
    "svodka_night_pages": "Pages by source and outcome.",
    "svodka_night_agreement_ratio": "Likeness of a source's feed texts and its pages.",
    "svodka_night_records": "Records made of new and changed pages.",
    "svodka_night_rejected": "Pages that gave no record, by reason.",
    "svodka_night_registry_articles": "Articles by what they were to the registry.",
    "svodka_night_registry_statements": "Statements written to the registry.",
}
Sample = tuple[str, dict[str, str], float]


def metrics(report: NightReport) -> str:
    """Write the metrics of a night, or of a crawl alone."""
    lines: list[str] = []
    said: set[str] = set()
    for name, labels, value in _samples(report):
        if name not in said:
            said.add(name)
            lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} gauge"]
        lines.append(f"{name}{_labels(labels.items())} {value:.15g}")
    return "\n".join(lines) + "\n"


def _samples(report: NightReport) -> Iterator[Sample]:
    began, ended = (datetime.fromisoformat(at).timestamp() for at in (report.began_at, report.ended_at))
    yield "svodka_night_ended_timestamp_seconds", {}, ended
    yield "svodka_night_seconds", {}, ended - began
    is_ = verdict(report)
    yield from (("svodka_night_verdict", {"verdict": one.value}, float(one is is_)) for one in Verdict)
    yield "svodka_night_alarms", {}, len(alarms(report))
    for source in report.sources:
        for outcome, number in sorted(source.pages.items()):
            yield "svodka_night_pages", {"source": source.name, "outcome": outcome.value}, number
    for source in report.sources:
        if source.agreement is not None:
            yield "svodka_night_agreement_ratio", {"source": source.name}, source.agreement
    yield from _results(report)


def _results(report: NightReport) -> Iterator[Sample]:
    if report.extraction:
        yield "svodka_night_records", {}, report.extraction.records
        for reason, number in sorted(report.extraction.rejected.items()):
            yield "svodka_night_rejected", {"reason": reason}, number
    if report.feeding:
        for what, number in sorted(report.feeding.articles.items()):
            yield "svodka_night_registry_articles", {"what": what}, number
        yield "svodka_night_registry_statements", {}, report.feeding.statements


def _labels(labels: Iterable[tuple[str, str]]) -> str:
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{written}}}" if written else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
