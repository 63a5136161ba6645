"""Earlier nights: the folders `DIR/2026-11-24T020000Z/` that they left, and what is usual by them."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median

from pydantic import ValidationError

from pipeline.night.report import NightReport, from_json, stamp

REPORT = "night.json"
NAME = "%Y-%m-%dT%H%M%SZ"  # of a night's folder, by its beginning
_NAME_LENGTH = len("2026-11-24T020000Z")
NIGHTS = 14  # that say what is usual
_FOLDER = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z(?:-\d+)?")


def folders(to: Path, before: str) -> list[Path]:
    """Give the folders of the nights before the one of that name, the latest first."""
    if not to.is_dir():
        return []
    names = (folder.name for folder in to.iterdir() if folder.is_dir())
    return [to / name for name in sorted(names, reverse=True) if _FOLDER.fullmatch(name) and name < before]


def reports(to: Path, before: str) -> Iterator[NightReport]:
    """Read the reports of earlier nights, the latest first; what is no report is passed over."""
    for folder in folders(to, before):
        try:
            yield from_json((folder / REPORT).read_bytes())
        except (OSError, ValidationError):
            continue


def untold_since(to: Path, name: str) -> str:
    """Tell since when what the registry learned is in no report yet, as the registry writes times.

    That is when the night of that name began, or the first of those just before it that did not come to their end.
    """
    for folder in folders(to, name):
        try:
            if from_json((folder / REPORT).read_bytes()).complete:
                break
        except (OSError, ValidationError):
            pass
        name = folder.name
    began = datetime.strptime(name[:_NAME_LENGTH], NAME).replace(tzinfo=UTC)
    return stamp(began)


def usual_agreement(earlier: Iterable[NightReport]) -> dict[str, float]:
    """Tell, by source, the median agreement of feeds and pages in the last of the nights given."""
    told: dict[str, list[float]] = {}
    for report in islice(earlier, NIGHTS):
        for source in report.sources:
            if source.agreement is not None:
                told.setdefault(source.name, []).append(source.agreement)
    return {name: median(values) for name, values in told.items()}
