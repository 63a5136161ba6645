"""The whole night, from the table of sources to the report; each step is another module's."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.crawl.archive import open_archive
from pipeline.crawl.capture import Outcome, Role
from pipeline.crawl.crawler import Crawled, Watch, crawl
from pipeline.crawl.sources import Sources
from pipeline.engine import Tally
from pipeline.net import World
from pipeline.night import history
from pipeline.night.agreement import agreements
from pipeline.night.extraction import RECORDS, Extracted, Fed, RegistryFeed, extract
from pipeline.night.metrics import metrics
from pipeline.night.present import as_html, as_text
from pipeline.night.report import Failure, NightReport, Reprint, SourceNight, to_json
from pipeline.night.reprints import Text, reprints
from pipeline.record import from_json
from pipeline.registry.belief.diff import Difference
from pipeline.settings import Settings

MOST_FAILURES = 1000
_NIGHTS_OF_REPRINTS = 3  # earlier ones whose articles this night's may reprint


@dataclass(frozen=True, slots=True)
class Plan:
    """What a night is asked to do. `to`: the folder of the nights; `registry`: a database URL, or None."""

    sources: Sources
    archive: Path
    to: Path
    registry: str | None
    settings: Settings
    workers: int
    about: Mapping[str, str] = field(default_factory=dict)  # for the head of WARC files


@dataclass(frozen=True, slots=True)
class Night:
    """A night that is over: its report, what is new in the registry, and its folder."""

    report: NightReport
    difference: Difference | None
    folder: Path
    text: str


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who follows the night: each capture, and each page that is extracted."""

    crawl: Watch = lambda _: None
    extraction: Callable[[Tally], None] = lambda _: None


def nightly(plan: Plan, world: World | None = None, watchers: Watchers | None = None) -> Night:
    """Carry out a night.

    Raises OutputError when the archive is another night's or a folder cannot be written, RegistryError when the
    registry cannot be reached at the beginning. What fails later is in the report; nothing that was done is lost.
    """
    world, watchers = world or World(), watchers or Watchers()
    feed = RegistryFeed(plan.registry, lambda: _stamp(world.now())) if plan.registry else None
    with open_archive(plan.archive, world.now, plan.about) as archive:
        crawled = crawl(plan.sources, archive, world, watchers.crawl)
        folder = _folder(plan.to, crawled.began_at)
        files = archive.unextracted()
        extracted = extract(files, folder, plan.settings, workers=plan.workers, feed=feed, watch=watchers.extraction)
        fed = feed.finish() if feed and extracted.complete else None
        if extracted.complete and not (fed and fed.trouble):
            archive.mark_extracted(files)
        report = _report(plan, crawled, extracted, fed, (folder, files))
        report = replace(report, ended_at=_stamp(world.now()))
        return _written(report, fed.difference if fed else None, folder)


def source_nights(
    sources: Sources,
    crawled: Crawled,
    agreed: Mapping[str, tuple[float, int]] | None = None,
    usual: Mapping[str, float] | None = None,
) -> tuple[SourceNight, ...]:
    """Sum a crawl up by source, in the order of the table."""
    agreed, usual = agreed or {}, usual or {}
    return tuple(
        SourceNight(
            source.name,
            _counts(crawled, source.name, pages=True),
            _counts(crawled, source.name, pages=False),
            crawled.fresh.get(source.name, 0),
            source.daily_min,
            source.daily_max,
            agreed.get(source.name, (None, 0))[0],
            usual.get(source.name),
            agreed.get(source.name, (None, 0))[1],
        )
        for source in sources.enabled
    )


def crawl_report(sources: Sources, crawled: Crawled) -> NightReport:
    """Report a crawl alone."""
    failures = tuple(Failure(one.source, one.url, one.outcome, one.detail) for one in crawled.failures)
    return NightReport(
        began_at=_stamp(crawled.began_at),
        ended_at=_stamp(crawled.ended_at),
        stopped=crawled.stopped,
        sources=source_nights(sources, crawled),
        failures=failures[:MOST_FAILURES],
        failed=len(failures),
    )


def _report(
    plan: Plan, crawled: Crawled, extracted: Extracted, fed: Fed | None, made: tuple[Path, Sequence[Path]]
) -> NightReport:
    folder, files = made
    earlier = list(history.reports(plan.to, folder.name))[: history.NIGHTS]
    feeds = {url: source.name for source in plan.sources.enabled for url in source.feeds}
    agreed = agreements(files, feeds, plan.settings.limits)
    failed = extracted.extraction.rejected.get("failed", 0)
    troubles = [fed.trouble] if fed and fed.trouble else []
    if failed:
        troubles.append(f"Сводка не справилась со страницами: {failed}; они перечислены в rejected.jsonl")
    if not extracted.complete:
        troubles.append("извлечение прервано; следующая ночь доделает его")
    return replace(
        crawl_report(plan.sources, crawled),
        sources=source_nights(plan.sources, crawled, agreed, history.usual_agreement(earlier)),
        extraction=extracted.extraction,
        feeding=fed.feeding if fed else None,
        reprints=_reprints(folder, history.folders(plan.to, folder.name)[:_NIGHTS_OF_REPRINTS]),
        troubles=tuple(troubles),
    )


def _counts(crawled: Crawled, source: str, *, pages: bool) -> dict[Outcome, int]:
    counts: Counter[Outcome] = Counter()
    for tally in crawled.tallies:
        if tally.source == source and (tally.role is Role.PAGE) is pages:
            counts[tally.outcome] += tally.number
    return dict(counts)


def _reprints(folder: Path, earlier: Iterable[Path]) -> tuple[tuple[Reprint, ...], ...]:
    """Group this night's articles with those that they reprint, of the nights before too."""
    fresh = list(_texts(folder))
    ids = {text.id for text in fresh}
    before = {text.id: text for one in earlier for text in _texts(one) if text.id not in ids}
    groups = (group.texts for group in reprints([*before.values(), *fresh]))
    return tuple(
        tuple(Reprint(text.id, text.site, text.title, text.url, text.at) for text in texts)
        for texts in groups
        if any(text.id in ids for text in texts)
    )


def _texts(folder: Path) -> Iterable[Text]:
    """Give the articles of a night, of each its last version."""
    found: dict[str, Text] = {}
    try:
        with (folder / RECORDS).open("rb") as lines:
            for line in lines:
                article = from_json(line).article
                at = str(article.published_at or "")
                found[article.id] = Text(
                    article.id, article.text, at, article.site or "", article.title or "", article.url
                )
    except OSError:
        return []
    return found.values()


def _folder(to: Path, began: datetime) -> Path:
    """Name a folder that is not there yet."""
    name = began.strftime("%Y-%m-%dT%H%M%SZ")
    number = 1
    while (to / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return to / (name if number == 1 else f"{name}-{number}")


def _written(report: NightReport, difference: Difference | None, folder: Path) -> Night:
    text = as_text(report, difference)
    began, ended = (datetime.fromisoformat(at).timestamp() for at in (report.began_at, report.ended_at))
    write(folder / "report.txt", text.encode())
    write(folder / "report.html", as_html(report, difference).encode())
    write(folder / "metrics.prom", metrics(report, ended, ended - began).encode())
    write(folder / history.REPORT, to_json(report))
    return Night(report, difference, folder, text)


def write(file: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    part = file.with_name(f".{file.name}-part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
