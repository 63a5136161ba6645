"""The new pages of an archive into records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import JOURNAL, Job, Tally
from pipeline.engine import run as run_engine
from pipeline.night.report import Extraction
from pipeline.settings import Settings
from pipeline.sinks import Sink, open_sinks

RECORDS = "records.jsonl"
_FORMATS = ("jsonl",)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of the pages. `complete`: none is left for a later night."""

    extraction: Extraction
    complete: bool


def extract(  # noqa: PLR0913 - what, whereto and by what; the rest by keyword
    files: Sequence[Path],
    to: Path,
    settings: Settings,
    *,
    workers: int,
    also: Sequence[Sink] = (),
    watch: Callable[[Tally], None] = lambda _: None,
) -> Extracted:
    """Make the records of WARC files into a folder, and into the sinks `also`; without files, empty ones."""
    if not files:
        to.mkdir(parents=True)
        for sink in (*open_sinks(_FORMATS, to), *also):
            sink.close()
        return Extracted(Extraction(), complete=True)
    job = Job(tuple(str(file) for file in files), to, _FORMATS, workers)
    report = run_engine(job, settings, also=also, watch=watch)
    tally = report.tally
    extraction = Extraction(tally.pages, tally.records, tally.copies, dict(tally.rejected), dict(tally.kinds))
    (to / JOURNAL).unlink(missing_ok=True)  # nothing resumes a night: what was not extracted is the next one's
    return Extracted(extraction, complete=report.status == "complete")
