"""What a run says of itself: versions, inputs, options, counts by outcome and kind, times, digests of its outputs."""

import json
import platform
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run went. `files` and `bytes` were read, `outputs` gives size and SHA-256 of what was written."""

    status: Status
    tally: Tally
    files: int
    bytes: int
    started: datetime
    outputs: dict[str, dict[str, int | str]]


def manifest(job: Job, ended: Ended) -> str:
    """Write the manifest as JSON."""
    tally = ended.tally
    content = {
        "status": ended.status,
        "started_at": ended.started.isoformat(timespec="seconds"),
        "finished_at": now().isoformat(timespec="seconds"),
        "svodka": svodka_version(),
        "fingerprint": fingerprint(),
        "schema_version": SCHEMA_VERSION,
        "python": platform.python_version(),
        "libraries": libraries(),
        "options": {"to": str(job.to), "formats": job.formats, "workers": job.workers, "resume": job.resume},
        "inputs": {"paths": job.paths, "files": ended.files, "bytes": ended.bytes},
        "pages": tally.pages,
        "resumed": tally.resumed,
        "records": tally.records,
        "copies": tally.copies,
        "rejected": dict(sorted(tally.rejected.items())),
        "kinds": dict(tally.kinds),
        "outputs": ended.outputs,
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
