"""What an archive tells of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.crawl.capture import Outcome, Role


@dataclass(frozen=True, slots=True)
class Version:
    """A body that was kept: where its record begins in which WARC file. `digest` as WARC writes it."""

    url: str
    at: datetime
    digest: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The last known robots.txt of a host. `status` is None while no answer came at all."""

    at: datetime  # when it was last asked for
    status: int | None
    body: bytes = b""
    failing_since: datetime | None = None  # the first of the failures in a row, if the last was one


@dataclass(frozen=True, slots=True)
class Tally:
    """How many captures of a night came to the same."""

    source: str
    role: Role
    outcome: Outcome
    number: int
    body_bytes: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that at the end of a night was not had."""

    url: str
    source: str
    role: Role
    outcome: Outcome
    at: datetime
    status: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class NightPast:
    """A night in the frontier. `ended_at` is None while it goes on, or when it was killed; `notes` are JSON values."""

    number: int
    began_at: datetime
    ended_at: datetime | None
    notes: Mapping[str, object] = field(default_factory=dict)
