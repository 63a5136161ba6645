"""What `svodka crawl` and `svodka nightly` share: exit codes, progress, log lines, the head of WARC files."""

import time
from collections import Counter
from collections.abc import Mapping
from typing import Self

import typer
from rich.console import Console

from pipeline.crawl.capture import Capture, Outcome
from pipeline.crawl.events import event_line
from pipeline.crawl.sources import Sources
from pipeline.engine import Tally, svodka_version
from pipeline.night.report import Verdict

PARTIAL, TOTAL = 9, 10
CODES = {
    0: "fine",
    2: "the table of sources or an option is wrong; nothing was asked for",
    3: "the archive or a folder cannot be written, or another crawl has it",
    PARTIAL: "partly failed: something wants a look, it is printed",
    TOTAL: "failed: no source gave anything",
}
EXITS: Mapping[Verdict, int] = {Verdict.FINE: 0, Verdict.PARTIAL: PARTIAL, Verdict.TOTAL: TOTAL}
_SECONDS = 0.2  # between two pictures on a terminal


def about(sources: Sources) -> dict[str, str]:
    """Give what the head of a WARC file tells."""
    return {
        "software": f"svodka/{svodka_version()}",
        "operator": sources.contact,
        "http-header-user-agent": sources.agent,
        "robots": "RFC 9309",
    }


class Follower:
    """Shows how far it is: on a terminal as counts that change, else each capture as one JSON line on stderr."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._counts: Counter[Outcome] = Counter()
        self._status = console.status("crawling") if console.is_terminal else None
        self._drawn = 0.0

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, capture: Capture) -> None:
        """Take note of a capture."""
        if self._status is None:
            typer.echo(event_line(capture), err=True)
            return
        self._counts[capture.outcome] += 1
        counts = ", ".join(f"{number} {outcome.value}" for outcome, number in self._counts.most_common())
        self._say(f"crawling: {counts} · {capture.found.source}")

    def extraction(self, tally: Tally) -> None:
        """Take note of a page that was extracted."""
        self._say(f"extracting: {tally.pages} pages, {tally.records} records")

    def _say(self, text: str) -> None:
        if self._status and time.monotonic() - self._drawn > _SECONDS:
            self._drawn = time.monotonic()
            self._status.update(text)
