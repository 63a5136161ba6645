"""How far a run is, and how it ended, for a person at a terminal: shown on the console that the caller gives."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Protocol, Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.engine import Job, Report, Tally
from pipeline.model import Reason
from pipeline.read import Meter, measure

_PLAIN_SECONDS = 30.0  # between lines of progress where there is no terminal
_FEW = 2  # files of one kind that are named one by one


class Reading(Protocol):
    """What tells how far a reading is: bytes read, of how many; 0 where nobody knows."""

    @property
    def read(self) -> int: ...  # noqa: D102 - see above

    @property
    def total(self) -> int: ...  # noqa: D102


class Bar:
    """A bar on a terminal, else a line now and then; a context for the time of the work."""

    def __init__(self, reading: Reading, console: Console) -> None:
        self._reading = reading
        self._console = console
        self._began = self._said = time.monotonic()
        self._bar: Progress | None = None
        self._task = TaskID(0)
        if console.is_terminal:
            columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
            self._bar = Progress(*columns, console=console)
            self._task = self._bar.add_task("reading", total=reading.total or None)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def seconds(self) -> float:
        """Tell how long the work has taken."""
        return time.monotonic() - self._began

    def say(self, text: str) -> None:
        """Say how far the work is."""
        now = time.monotonic()
        if self._bar:
            self._bar.update(self._task, completed=self._reading.read, description=text)
        elif now - self._said > _PLAIN_SECONDS:
            self._said = now
            self._console.print(text, highlight=False)


class Screen(Bar):
    """The bar of a run."""

    def __init__(self, job: Job, console: Console) -> None:
        self.meter = Meter()
        if console.is_terminal:
            self.meter.total = measure(job.paths, leave_out=job.to)
        super().__init__(self.meter, console)

    def show(self, tally: Tally) -> None:
        """Say how far the run is."""
        self.say(f"{tally.pages} pages, {_rate(tally, self.seconds)} pages/s")


def summary(report: Report, seconds: float) -> Iterator[RenderableType]:
    """Tell the counts and where to look."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for name, number in _rows(report.tally):
        table.add_row(name, str(number))
    table.add_row("pages/s", _rate(report.tally, seconds))
    yield table
    if report.outdated:
        yield "The journal was of another version of Svodka or of its rules: everything was done anew."
    yield Text(f"{report.files[-1].parent}/: {' '.join(_names(report))}")


def _rows(tally: Tally) -> Iterator[tuple[str, int]]:
    yield "pages", tally.pages
    if tally.resumed:
        yield "  done by an earlier run", tally.resumed
    yield "records", tally.records
    if tally.copies:
        yield "  copies (an id met before)", tally.copies
    yield from ((f"  {name}", number) for name, number in tally.kinds.items())
    yield "rejected pages", tally.rejected.total() - tally.skipped
    yield from ((f"  {reason}", n) for reason, n in tally.rejected.most_common() if reason != Reason.UNSUPPORTED)
    if tally.skipped:
        yield "files of other kinds", tally.skipped


def _rate(tally: Tally, seconds: float) -> str:
    return f"{(tally.pages - tally.resumed) / max(seconds, 1e-3):.1f}"


def _names(report: Report) -> list[str]:
    """Name the files, many of one kind by their suffix."""
    kinds = Counter(file.suffix for file in report.files)
    return list(dict.fromkeys(file.name if kinds[file.suffix] <= _FEW else f"*{file.suffix}" for file in report.files))
