"""What a run says of itself: versions, inputs, options, counts by outcome and kind, times, digests of its outputs."""

import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pipeline.engine._fingerprint import fingerprint, libraries
from pipeline.engine._outcome import Tally
from pipeline.record import SCHEMA_VERSION

Status = Literal["complete", "interrupted"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is asked to do. `to`: the results folder; `formats`: names of sinks; `resume`: keep what is done."""

    paths: tuple[str, ...]
    to: Path
    formats: tuple[str, ...]
    workers: int
    resume: bool = False


def manifest(
    job: Job, status: Status, tally: Tally, *, started: datetime, outputs: dict[str, dict[str, int | str]]
) -> str:
    """Write the manifest as JSON."""
    content = {
        "status": status,
        "started_at": started.isoformat(timespec="seconds"),
        "finished_at": now().isoformat(timespec="seconds"),
        "svodka": svodka_version(),
        "fingerprint": fingerprint(),
        "schema_version": SCHEMA_VERSION,
        "python": platform.python_version(),
        "libraries": libraries(),
        "options": asdict(job) | {"to": str(job.to)},
        "pages": tally.pages,
        "resumed": tally.resumed,
        "records": tally.records,
        "rejected": dict(sorted(tally.rejected.items())),
        "kinds": dict(tally.kinds),
        "outputs": outputs,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def svodka_version() -> str:
    """Give the version of the installed distribution."""
    try:
        return version("svodka")
    except PackageNotFoundError:
        return "unknown"
