"""What a night came to, as one value: written as JSON, text, HTML and metrics, and read by later nights."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter

from pipeline.crawl.capture import KEPT, PASSING, Outcome, Stop
from pipeline.night.reprints import Reprint

REPORT_VERSION = 1


class Verdict(StrEnum):
    """How a night went, for the exit code and the headline."""

    FINE = "fine"
    PARTIAL = "partial"  # something asks for a person's look
    TOTAL = "total"  # nothing was fetched at all, or nothing could be stored


@dataclass(frozen=True, slots=True)
class SourceNight:
    """A source's night: pages by outcome, its documents by outcome, and how its feed agrees with its pages.

    `agreement` is the mean likeness (0 to 1) of feed texts and stripped pages of this night, `usual` the median of
    earlier nights'; None where there is nothing to compare. `least` and `most` are what is expected of a day,
    `fresh` are the new pages of the last 24 hours, earlier crawls among them.
    """

    name: str
    pages: Mapping[Outcome, int]
    documents: Mapping[Outcome, int] = field(default_factory=dict)
    fresh: int = 0
    least: int | None = None
    most: int | None = None
    agreement: float | None = None
    usual: float | None = None
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that gave nothing, and why."""

    source: str
    url: str
    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the new and changed pages gave."""

    pages: int = 0
    records: int = 0
    copies: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feeding:
    """What the registry was fed with: articles by what they were to it, and statements written."""

    articles: Mapping[str, int]
    statements: int
    refused: int


@dataclass(frozen=True, slots=True)
class NightReport:
    """All that a report tells, but for the registry's difference, which the registry can tell again at any time."""

    began_at: str
    ended_at: str
    stopped: Stop | None
    sources: tuple[SourceNight, ...]
    failures: tuple[Failure, ...] = ()
    failed: int = 0  # all of them
    extraction: Extraction | None = None  # of a crawl alone there is none
    feeding: Feeding | None = None
    reprints: tuple[tuple[Reprint, ...], ...] = ()
    troubles: tuple[str, ...] = ()  # of machinery: a registry that failed, a page that Svodka failed on
    complete: bool = True  # nothing of it, and of what it makes new in the registry, is left to the next night
    version: int = REPORT_VERSION

    @property
    def outcomes(self) -> Counter[Outcome]:
        """Count the pages of all sources by outcome."""
        return sum((Counter(source.pages) for source in self.sources), Counter())


_ADAPTER = TypeAdapter(NightReport)


def to_json(report: NightReport) -> bytes:
    """Write a report as JSON."""
    return _ADAPTER.dump_json(report, indent=2)


def from_json(text: bytes) -> NightReport:
    """Read a report; pydantic's ValidationError when it is none."""
    return _ADAPTER.validate_json(text)


def verdict(report: NightReport) -> Verdict:
    """Judge a night: total when no source gave anything or nothing was stored, partial when anything wants a look."""
    if report.sources and not any(_gave(source) for source in report.sources):
        return Verdict.TOTAL
    return Verdict.PARTIAL if alarms(report) else Verdict.FINE


def alarms(report: NightReport) -> list[str]:
    """List what wants a person's look, the worst first, in Russian."""
    found = [*report.troubles]
    found += [text for source in report.sources for text in _unmet(source)]
    found += [f"{source.name}: источник ничего не отдал" for source in report.sources if not _gave(source)]
    found += [text for source in report.sources for text in _estranged(source)]
    found += [text for source in report.sources for text in _failing(source)]
    if report.stopped:
        found.append(_STOPPED[report.stopped])
    return found


DROP = 0.15  # of agreement below the usual that is told
_FAILING = 0.2  # of a source's pages
_FEW = 5  # pages of which a share says nothing
_STOPPED = {
    Stop.BUDGET_PAGES: "обход остановлен: исчерпан ночной предел страниц",
    Stop.BUDGET_MINUTES: "обход остановлен: исчерпан ночной предел времени",
    Stop.INTERRUPTED: "ночь прервана; следующая доделает её",
}


def _gave(source: SourceNight) -> bool:
    return any(source.pages.get(outcome) or source.documents.get(outcome) for outcome in KEPT)


def _unmet(source: SourceNight) -> list[str]:
    if source.least is not None and source.fresh < source.least:
        return [f"{source.name}: новых страниц за сутки {source.fresh}, ожидалось не меньше {source.least}"]
    if source.most is not None and source.fresh > source.most:
        return [f"{source.name}: новых страниц за сутки {source.fresh}, ожидалось не больше {source.most}"]
    return []


def _estranged(source: SourceNight) -> list[str]:
    """Tell that a source's pages are no longer what its feed says: most likely they were redesigned."""
    if source.agreement is None or source.usual is None or source.agreement > source.usual - DROP:
        return []
    likeness = f"сходство {source.agreement:.2f}, обычно {source.usual:.2f}, сравнено {source.compared}"
    return [f"{source.name}: текст страниц разошёлся с лентой ({likeness}); возможно, сайт сменил вёрстку"]


def _failing(source: SourceNight) -> list[str]:
    asked = sum(source.pages.values())
    failed = sum(source.pages.get(outcome, 0) for outcome in (*PASSING, Outcome.WALL, Outcome.REFUSED))
    if asked < _FEW or failed / asked < _FAILING:
        return []
    return [f"{source.name}: не получено {failed} из {asked} страниц"]


def stamp(moment: datetime) -> str:
    """Write a moment, which is in UTC, as reports and the registry do."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
