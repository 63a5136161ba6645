"""`svodka nightly`: crawl, extract what is new, feed the registry, report."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli._application import INTERRUPTED, app, environment_help, exit_codes, interruptible
from pipeline.cli._crawling import CODES, EXITS, Follower, about
from pipeline.cli.pages import cores
from pipeline.cli.sources._table import table_of
from pipeline.crawl.capture import Stop
from pipeline.files import write_whole
from pipeline.night.nightly import METRICS, Plan, Watchers, nightly
from pipeline.night.report import verdict
from pipeline.settings import settings

_CODES = CODES | {
    INTERRUPTED: "interrupted by Ctrl-C or SIGTERM; what was done is kept, the next night goes on",
}
_HELP = f"""Carry out a night: crawl, extract what is new or changed, feed the registry, report.

FILE is the table of sources (svodka sources), --archive the folder of svodka crawl. The night gets a folder of its own
in DIR, named by its beginning: report.html, report.txt, night.json, metrics.prom, and the records of the new and
changed pages. The report is printed too; what wants a person's look stands first. docs/nightly.md tells all.

\b
Example:
  svodka nightly sources.toml --archive archive --registry sqlite:///registry.db --to nights

{exit_codes(_CODES)}

{environment_help()}
"""


@app.command(name="nightly", help=_HELP, short_help="Crawl, extract what is new, feed the registry, report.")
def nightly_(  # noqa: PLR0913 - options of a command line
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The table of sources.")],
    *,
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", show_default=False, help="Where what is fetched is kept.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="Where each night has a folder.")],
    registry: Annotated[
        str | None,
        typer.Option("--registry", metavar="URL", show_default=False, help="A registry to feed with the records."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", show_default="one a core", help="Number of worker processes.")
    ] = 0,
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", show_default=False, help="Write the metrics to FILE too."),
    ] = None,
) -> None:
    """Carry out `svodka nightly`."""
    sources = table_of(file)
    plan = Plan(sources, archive, to, registry, settings(os.environ), workers or cores(), about(sources))
    with interruptible("interrupted; what was done is kept, the next night goes on"):
        with Follower(Console(stderr=True)) as follower:
            night = nightly(plan, watchers=Watchers(follower, follower.extraction))
        typer.echo(night.text, nl=False)
        typer.echo(f"\n{night.folder / 'report.html'}")
        if metrics:
            write_whole(metrics, (night.folder / METRICS).read_bytes())
        if night.report.stopped is Stop.INTERRUPTED:
            raise KeyboardInterrupt
    raise typer.Exit(EXITS[verdict(night.report)])
