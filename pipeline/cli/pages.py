"""The commands for pages and records: `svodka run`, `show`, `evaluate` and `schema`."""

import os
import time
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.cli._application import INTERRUPTED, REJECTED, app, complain, environment_help, exit_codes
from pipeline.cli.registry import RunFeeding
from pipeline.engine import Job
from pipeline.engine import run as run_engine
from pipeline.errors import InputError, OptionError
from pipeline.evaluate import evaluate_pages
from pipeline.model import Page, Rejected
from pipeline.present import record_view, why_view
from pipeline.progress import Screen, summary
from pipeline.read import check_paths, read, suffixes
from pipeline.record import schema_text, to_json
from pipeline.run import process
from pipeline.settings import settings
from pipeline.sinks import formats
from pipeline.strip import explain

_RUN_CODES = {
    0: "done; rejected pages are no error, they are counted and listed in rejected.jsonl",
    3: "the destination cannot be written",
    4: "worker processes cannot be run",
    6: "the registry of --registry cannot be reached or failed; in the second case DIR has the records all the same",
    INTERRUPTED: "interrupted by Ctrl-C or SIGTERM; what was done is written, --resume goes on",
}
_SHOW_CODES = {0: "done", REJECTED: "the page gives no record; the reason is printed", INTERRUPTED: "interrupted"}
_EVALUATE_CODES = {0: "done", INTERRUPTED: "interrupted"}

_RUN_HELP = f"""Read saved news pages and write structured records.

PATH is a file, a folder (read with everything in it), a pattern such as 'news/*.html', or - for standard input.
Kinds of files: {" ".join(suffixes())}; archives hold pages of the other kinds. A .txt is the plain-text copy of a page;
.json and .jsonl hold ready articles: {{"id", "text", "title"?, "published_at"?, "url"?}}. Hidden files are passed over.

DIR gets a file or several for each format ({", ".join(f"{f.name}: {' '.join(f.files)}" for f in formats().values())}),
rejected.jsonl with every page that gave no record and why, and manifest.json with versions, counts and digests.
Results of an earlier run in DIR stay until this run ends, then they are replaced file by file; what a run has done
is kept in DIR/.svodka-journal, where --resume finds it.

--registry feeds a registry with the records as they are made, beside the files; `svodka registry load DIR` does so
later.

\b
Examples:
  svodka run page.html --to result
  svodka run news/ archive.warc.gz --to result --format jsonl,xlsx
  svodka run news/ --to result --resume
  svodka run news/ --to result --registry sqlite:///registry.db
  curl -s https://example.org/news/1 | svodka run - --to result --format jsonl

{exit_codes(_RUN_CODES)}

{environment_help()}
"""


@app.command(help=_RUN_HELP, short_help="Read saved news pages and write structured records.")
def run(  # noqa: PLR0913 - options of a command line
    paths: Annotated[list[str], typer.Argument(metavar="PATH", show_default=False, help="What to read.")],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="Where results go.")],
    formats_: Annotated[
        str, typer.Option("--format", metavar="LIST", help=f"Formats, joined by commas: {', '.join(formats())}.")
    ] = ",".join(formats()),
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", show_default="one a core", help="Number of worker processes.")
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Keep what an earlier run into DIR has done.")] = False,
    registry: Annotated[
        str | None,
        typer.Option("--registry", metavar="URL", show_default=False, help="A registry to feed with the records."),
    ] = None,
) -> None:
    """Carry out `svodka run`."""
    job = Job(tuple(paths), to, _names(formats_), workers or cores(), resume)
    check_paths(job.paths)
    feeding = RunFeeding(registry, job.to) if registry else None
    began = time.monotonic()
    try:
        with Screen(job, Console(stderr=True)) as screen:
            also = feeding.sinks if feeding else ()
            report = run_engine(job, settings(os.environ), watch=screen.show, meter=screen.meter, also=also)
    except KeyboardInterrupt:
        complain("interrupted before anything was written")
        raise typer.Exit(INTERRUPTED) from None
    console = Console(soft_wrap=True)
    for part in summary(report, time.monotonic() - began):
        console.print(part)
    if feeding:
        feeding.finish(console, complete=report.status == "complete")
    if report.status == "interrupted":
        complain("interrupted; what was done is written, go on with --resume")
        raise typer.Exit(INTERRUPTED)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise OptionError(f"--format names no format; there are {', '.join(formats())}")
    return names


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_SHOW_HELP = f"""Print one page's record readably.

FILE is anything `svodka run` reads, or - for standard input; of several pages the first is shown, --number picks
another.

\b
Examples:
  svodka show page.html
  svodka show page.html --why
  svodka show articles.jsonl --number 3 --json

{exit_codes(_SHOW_CODES)}
"""


@app.command(help=_SHOW_HELP, short_help="Print one page's record readably.")
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False, help="The page to show.")],
    *,
    number: Annotated[int, typer.Option("--number", metavar="N", min=1, help="Which page of FILE, from 1.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    why: Annotated[
        bool, typer.Option("--why", help="List each value's rule and evidence, and what was cut from the page.")
    ] = False,
) -> None:
    """Carry out `svodka show`."""
    if json and why:
        raise OptionError("--json has every rule and offset already; give --json or --why")
    page = _page(file, number)
    outcome = page if isinstance(page, Rejected) else process(page)
    if isinstance(outcome, Rejected):
        complain(f"{file}: rejected as {outcome.reason}: {outcome.detail}")
        raise typer.Exit(REJECTED)
    if json:
        typer.echo(to_json(outcome))
        return
    console = Console()
    decisions = explain(page) if why and isinstance(page, Page) else []
    for part in why_view(outcome, decisions) if why else record_view(outcome):
        console.print(part)


def _page(file: str, number: int) -> Page | Rejected:
    check_paths((file,))
    found = next(islice(read((file,), settings(os.environ).limits), number - 1, None), None)
    if found is None:
        raise InputError(f"{file}: has no page number {number}")
    return found


_EVALUATE_HELP = f"""Score the records of pages against the gold beside them.

GOLD is a folder like corpus/pages: each page has its record.json, the record a careful clerk would write. Prints
precision, recall and F1 for each kind; --show N lists N errors a kind (+ too much, - missed).

\b
Example:
  svodka evaluate corpus/pages --show 5

{exit_codes(_EVALUATE_CODES)}
"""


@app.command(help=_EVALUATE_HELP, short_help="Score records against gold.")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", show_default=False, help="Folder of pages with gold.")],
    *,
    errors: Annotated[int, typer.Option("--show", metavar="N", min=0, help="List N errors a kind.")] = 0,
) -> None:
    """Carry out `svodka evaluate`."""
    scores = evaluate_pages(gold, settings(os.environ).limits)
    console = Console()
    table = Table(box=None)
    for column in ("kind", "precision", "recall", "F1", "gold"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    for kind, made in scores.items():
        numbers = (f"{number:.3f}" for number in (made.precision, made.recall, made.f1))
        table.add_row(kind, *numbers, str(made.right + len(made.missed)))
    console.print(table)
    for kind, made in scores.items():
        lines = [f"+ {line}" for line in made.extra] + [f"- {line}" for line in made.missed]
        for line in lines[:errors]:
            console.print(f"{kind} {line}", markup=False, highlight=False)


@app.command(name="schema", short_help="Print the JSON Schema of a record.")
def schema_() -> None:
    """Print the JSON Schema of a record, as it stands in output/record.schema.json."""
    typer.echo(schema_text(), nl=False)
