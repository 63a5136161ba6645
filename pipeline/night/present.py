"""The report of a night for people: one text for a mail or a terminal, one self-contained HTML page. In Russian."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import jinja2

from pipeline.night.report import NightReport, alarms, verdict
from pipeline.night.wording import LOADED, OUTCOMES, REASONS, VERDICTS
from pipeline.registry.belief.diff import Difference
from pipeline.registry.belief.values import best
from pipeline.registry.belief.view import RelationView
from pipeline.registry.kinds import EntityKind
from pipeline.russian import format as format_
from pipeline.russian import labels

LISTED = 30  # of each sort of news, failures and groups
_BLANKS = re.compile(r"\n\s*\n(?:\s*\n)+|\n\n+(?=  )")

_HEADS = (EntityKind.CLUSTER, EntityKind.ORGANIZATION, EntityKind.EVENT)


@cache
def _environment(*, html: bool) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.night", "templates"),
        autoescape=html,  # noqa: S701 - a text has no markup to escape
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= format_.FILTERS | labels.FILTERS
    made.filters |= {
        "outcome_name": lambda word: OUTCOMES.get(word, word),
        "reject_name": lambda word: REASONS.get(word, word),
        "loaded_name": lambda word: LOADED.get(word, word),
        "holder": holder,
    }
    return made


def as_text(report: NightReport, difference: Difference | None) -> str:
    """Write the report as plain text."""
    text = _environment(html=False).get_template("night.txt").render(_values(report, difference))
    return _BLANKS.sub("\n\n", text).strip() + "\n"


def as_html(report: NightReport, difference: Difference | None) -> str:
    """Write the report as one page that needs nothing else."""
    return _environment(html=True).get_template("night.html").render(_values(report, difference))


def _values(report: NightReport, difference: Difference | None) -> dict[str, Any]:
    return {
        "report": report,
        "verdict": verdict(report),
        "headline": VERDICTS[verdict(report)],
        "alarms": alarms(report),
        "outcomes": _by_number(report.outcomes),
        "difference": difference,
        "entities": _by_kind(difference.entities) if difference else {},
        "holders": [one for one in difference.relations if one.kind is EntityKind.OCCUPANCY] if difference else [],
        "most": LISTED,
    }


def _by_number(counts: Mapping[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _by_kind(entities: Iterable[Any]) -> dict[EntityKind, list[Any]]:
    found: dict[EntityKind, list[Any]] = {kind: [] for kind in _HEADS}
    for entity in entities:
        if entity.kind in found:
            found[entity.kind].append(entity)
    return {kind: those for kind, those in found.items() if those}


def holder(relation: RelationView) -> str:
    """Name a holder of a post, with the body and the time as far as they are known."""
    body = best(relation.values, "body")
    when = labels.MODALITIES[relation.modality]
    return ", ".join(filter(None, (relation.name, body.value if body else None, when)))
