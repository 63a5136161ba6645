"""The whole night, from the table of sources to the report; each step is another module's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.crawl.archive import Archive, open_archive
from pipeline.crawl.capture import Stop
from pipeline.crawl.crawler import Crawled, Watch, crawl
from pipeline.crawl.sources import Sources
from pipeline.engine import Interrupt, Tally
from pipeline.errors import OutputError, RegistryError
from pipeline.files import write_whole
from pipeline.net import World
from pipeline.night import history
from pipeline.night.agreement import agreements
from pipeline.night.crawled import crawl_report
from pipeline.night.extraction import RECORDS, Extracted, extract
from pipeline.night.feeding import Fed, RegistryFeed, told
from pipeline.night.metrics import metrics
from pipeline.night.present import as_html, as_text
from pipeline.night.report import Extraction, NightReport, SourceNight, stamp, to_json
from pipeline.night.reprints import Reprint, reprints
from pipeline.record import from_json
from pipeline.registry.belief.diff import Difference
from pipeline.settings import Settings

METRICS = "metrics.prom"
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
    """Carry out a night. A crawl that is interrupted is reported, and nothing else is begun.

    Raises OutputError when the archive is another night's or a folder cannot be written, and KeyboardInterrupt at
    SIGINT and SIGTERM after the crawl. A registry that fails is in the report. Nothing that was done is lost: what was
    not extracted, or not fed to the registry, is the next night's.
    """
    world, watchers = world or World(), watchers or Watchers()
    with open_archive(plan.archive, world.now, plan.about) as archive:
        crawled = crawl(plan.sources, archive, world, watchers.crawl)
        try:
            with Interrupt():
                return _NightWork(plan, archive, crawled, world).carry_out(watchers.extraction)
        except OSError as error:
            raise OutputError(f"{plan.to}: {error.strerror or error}; the archive is sound, run it again") from error


class _NightWork:
    """What follows the crawl."""

    def __init__(self, plan: Plan, archive: Archive, crawled: Crawled, world: World) -> None:
        self._plan, self._archive, self._crawled, self._world = plan, archive, crawled, world
        self._folder = _folder(plan.to, crawled.began_at)
        self._goes_on = crawled.stopped is not Stop.INTERRUPTED
        self._files = archive.unextracted() if self._goes_on else []

    def carry_out(self, watch: Callable[[Tally], None]) -> Night:
        extracted, fed = self._extract(watch)
        report = replace(self._report(extracted, fed), ended_at=stamp(self._world.now()))
        if report.complete:
            self._archive.mark_extracted(self._files)
        return _written(report, fed.difference, self._folder)

    def _extract(self, watch: Callable[[Tally], None]) -> tuple[Extracted, Fed]:
        with self._feed() as (feed, trouble):
            also = [feed.sink] if feed else []
            plan = self._plan
            done = extract(self._files, self._folder, plan.settings, workers=plan.workers, also=also, watch=watch)
            return done, feed.finish() if feed and done.complete else Fed(trouble=trouble)

    @contextmanager
    def _feed(self) -> Iterator[tuple[RegistryFeed | None, str | None]]:
        """Give the registry, if there is one, or why it cannot be reached: its pages are the next night's then."""
        feed, trouble = None, None
        try:
            if self._plan.registry and self._goes_on:
                since = history.untold_since(self._plan.to, self._folder.name)
                feed = RegistryFeed(self._plan.registry, lambda: stamp(self._world.now()), since)
        except RegistryError as error:
            trouble = told(error)
        try:
            yield feed, trouble
        finally:
            if feed:
                feed.close()

    def _report(self, extracted: Extracted, fed: Fed) -> NightReport:
        plan, folder = self._plan, self._folder
        report = crawl_report(plan.sources, self._crawled)
        stopped = report.stopped if extracted.complete else Stop.INTERRUPTED
        return replace(
            report,
            stopped=stopped,
            complete=stopped is not Stop.INTERRUPTED and not fed.trouble,
            sources=self._compared(report.sources),
            extraction=extracted.extraction,
            feeding=fed.feeding,
            reprints=_reprints(folder, history.folders(plan.to, folder.name)[:_NIGHTS_OF_REPRINTS]),
            troubles=tuple(_troubles(extracted.extraction, fed)),
        )

    def _compared(self, sources: Iterable[SourceNight]) -> tuple[SourceNight, ...]:
        """Tell of each source how its feeds and its pages agree, and what is usual."""
        plan = self._plan
        usual = history.usual_agreement(history.reports(plan.to, self._folder.name))
        feeds = {url: source.name for source in plan.sources.enabled for url in source.feeds}
        agreed = agreements(self._files, feeds, plan.settings.limits)
        compared = []
        for source in sources:
            like, number = agreed.get(source.name, (None, 0))
            compared.append(replace(source, agreement=like, compared=number, usual=usual.get(source.name)))
        return tuple(compared)


def _troubles(extraction: Extraction, fed: Fed) -> Iterator[str]:
    if fed.trouble:
        yield fed.trouble
    if failed := extraction.rejected.get("failed", 0):
        yield f"Сводка не справилась со страницами: {failed}; они перечислены в rejected.jsonl"


def _reprints(folder: Path, earlier: Iterable[Path]) -> tuple[tuple[Reprint, ...], ...]:
    """Group this night's articles with those that they reprint, of the nights before too."""
    fresh = _articles([folder])
    before = {id_: told for id_, told in _articles(earlier).items() if id_ not in fresh}
    groups = reprints([*before.values(), *fresh.values()])
    return tuple(group for group in groups if any(one.article in fresh for one in group))


def _articles(folders: Iterable[Path]) -> dict[str, tuple[Reprint, str]]:
    """Give the articles of nights with their texts, by id; of each one version."""
    found = {}
    for folder in folders:
        for line in _lines(folder / RECORDS):
            article = from_json(line).article
            at = str(article.published_at or "")
            told = Reprint(article.id, article.site or "", article.title or "", article.url, at)
            found[article.id] = (told, article.text)
    return found


def _lines(file: Path) -> Sequence[bytes]:
    return file.read_bytes().splitlines() if file.exists() else ()


def _folder(to: Path, began: datetime) -> Path:
    """Name a folder that is not there yet."""
    name = began.strftime(history.NAME)
    number = 1
    while (to / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return to / (name if number == 1 else f"{name}-{number}")


def _written(report: NightReport, difference: Difference | None, folder: Path) -> Night:
    text = as_text(report, difference)
    write_whole(folder / "report.txt", text.encode())
    write_whole(folder / "report.html", as_html(report, difference).encode())
    write_whole(folder / METRICS, metrics(report).encode())
    write_whole(folder / history.REPORT, to_json(report))
    return Night(report, difference, folder, text)
