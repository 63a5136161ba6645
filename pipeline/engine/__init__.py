"""A run: many pages through `pipeline.process` in worker processes, into a results folder, resumable and provable.

Owns workers, journal, destination and manifest; knows nothing of what a page or a record means, and prints nothing.
The order of the results is that of the input, so a run's records.jsonl depends on neither workers nor interruptions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from pipeline.engine._destination import MANIFEST, Destination
from pipeline.engine._fingerprint import fingerprint
from pipeline.engine._interrupt import Interrupt
from pipeline.engine._journal import FILE as JOURNAL
from pipeline.engine._journal import Journal, key
from pipeline.engine._manifest import Ended, Job, Status, manifest, now, svodka_version
from pipeline.engine._outcome import Outcome, Tally, finished
from pipeline.engine._pool import Pool, Task
from pipeline.engine._worker import Work
from pipeline.errors import InputError, OptionError, OutputError
from pipeline.model import Page, Rejected
from pipeline.read import Meter, check_paths, read
from pipeline.record import Record
from pipeline.run import process
from pipeline.settings import Settings
from pipeline.sinks import Sink, formats, open_sinks

__all__ = ["JOURNAL", "MANIFEST", "Interrupt", "Job", "Report", "Tally", "run", "svodka_version"]


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended. `outdated`: it was to resume, but the journal was of another version, so all was done anew."""

    status: Status
    tally: Tally
    outdated: bool
    files: tuple[Path, ...]


def run(  # noqa: PLR0913 - two values, the rest are options by keyword
    job: Job,
    settings: Settings,
    *,
    watch: Callable[[Tally], None] = lambda _: None,
    meter: Meter | None = None,
    also: Sequence[Sink] = (),
    work: Work = process,
) -> Report:
    """Process every page of the job's paths; `watch` is called after each, `meter` follows the reading.

    `also` are sinks that the caller opened, beside those of the job's formats; they are closed with them.

    Earlier results stay in place until this run ends, by itself or by Ctrl-C or SIGTERM; then each of its files takes
    the place of the earlier one in a single step. Only a page that is Svodka's own fault is tried again by `resume`.
    Raises InputError when there is nothing to read, and then touches nothing; OutputError, OptionError, EngineError.
    """
    _check(job)
    meter = meter or Meter()
    found = read(job.paths, settings.limits, leave_out=job.to, meter=meter)
    first = next(found, None)
    if first is None:
        raise InputError(f"{' '.join(job.paths)}: no pages in it")
    destination = Destination(job.to)
    destination.open()
    pool = Pool(work, workers=job.workers, seconds=settings.page_seconds)
    try:
        with closing(Journal(job.to, fingerprint(), resume=job.resume)) as journal:
            return _Run(job, destination, journal, watch).carry_out(pool, meter, chain([first], found), also)
    except OSError as error:
        raise OutputError(f"{job.to}: {error.strerror or error}; once that is mended, go on with --resume") from error


def _check(job: Job) -> None:
    check_paths(job.paths)
    if unknown := [name for name in job.formats if name not in formats()]:
        raise OptionError(f"unknown format {unknown[0]!r}; there are {', '.join(formats())}")
    if job.workers < 1:
        raise OptionError(f"{job.workers} workers cannot do anything; give 1 or more")
    if job.to.exists() and any(job.to.samefile(path) for path in job.paths if Path(path).exists()):
        raise OptionError(f"{job.to} is both read and written; give another folder to --to")


class _Run:
    """A run under way."""

    def __init__(self, job: Job, destination: Destination, journal: Journal, watch: Callable[[Tally], None]) -> None:
        self._job = job
        self._destination = destination
        self._journal = journal
        self._watch = watch
        self._tally = Tally()
        self._started: datetime = now()

    def carry_out(self, pool: Pool, meter: Meter, found: Iterable[Page | Rejected], also: Sequence[Sink]) -> Report:
        """Go through the pages to the end or to an interrupt, and publish what is done."""
        sinks = [*open_sinks(self._job.formats, self._destination.begin()), *also]
        try:
            with Interrupt() as interrupt:
                status = self._go_through(pool, found, sinks, interrupt)
                files: tuple[Path, ...] = ()
                with (
                    suppress(KeyboardInterrupt),
                    interrupt.deferred(),
                ):  # once all is published there is nothing to stop
                    files = self._publish(status, sinks, meter)
            return Report(status, self._tally, self._journal.outdated, files)
        except BaseException:
            for sink in sinks:
                with suppress(Exception):
                    sink.close()
            self._destination.discard()
            raise

    def _go_through(
        self, pool: Pool, found: Iterable[Page | Rejected], sinks: list[Sink], interrupt: Interrupt
    ) -> Status:
        try:
            with closing(pool):
                for task in pool.map(self._tasks(found)):
                    with interrupt.deferred():
                        self._take(task, sinks)
        except KeyboardInterrupt:
            return "interrupted"
        return "complete"

    def _tasks(self, found: Iterable[Page | Rejected]) -> Iterator[Task]:
        for item in found:
            if isinstance(item, Rejected):
                yield Task(None, outcome=finished(item))
            else:
                page_key = key(item)
                yield Task(page_key, item, self._journal.get(page_key))

    def _take(self, task: Task, sinks: list[Sink]) -> None:
        """Write an outcome to the journal, unless it is there or is better tried again, and to the sinks."""
        outcome: Outcome = task.outcome or _unreachable()
        if task.key and not task.known and not outcome.failed:
            self._journal.add(task.key, outcome)
        result = outcome.value()
        for sink in sinks:
            with _named(sink, _page_of(result)):
                sink.write(result)
        self._tally.add(result)
        self._tally.resumed += task.known
        self._watch(self._tally)

    def _publish(self, status: Status, sinks: list[Sink], meter: Meter) -> tuple[Path, ...]:
        for sink in sinks:
            with _named(sink, "at its end"):
                sink.close()
        outputs = self._destination.digests()
        ended = Ended(status, self._tally, meter.files, meter.read, self._started, outputs)
        self._destination.publish(manifest(self._job, ended))
        return tuple(self._job.to / name for name in (*outputs, MANIFEST))


def _page_of(result: Record | Rejected) -> str:
    source = result.source if isinstance(result, Rejected) else result.article.source
    return "at " + ", ".join(str(part) for part in (source.file, source.member, source.offset) if part is not None)


@contextmanager
def _named(sink: Sink, where: str) -> Iterator[None]:
    """Say which sink it is that a value breaks, so that a run can go on without it."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        name = type(sink).__module__.rpartition(".")[2]
        what = f"{type(error).__name__}: {error}"
        raise OutputError(f"the sink {name} fails {where}: {what}; go on without it: --format, --resume") from error


def _unreachable() -> Outcome:
    raise AssertionError("the pool gives no task back without its outcome")
