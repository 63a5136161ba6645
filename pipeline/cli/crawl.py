"""`svodka crawl`: what is new at the sources, into an archive."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli._application import INTERRUPTED, app, complain, exit_codes
from pipeline.cli._crawling import CODES, EXITS, Follower, about
from pipeline.cli.sources._table import table_of
from pipeline.crawl.archive import open_archive
from pipeline.crawl.capture import Stop
from pipeline.crawl.crawler import crawl
from pipeline.files import write_whole
from pipeline.net import World
from pipeline.night.crawled import crawl_report
from pipeline.night.metrics import metrics
from pipeline.night.present import as_text
from pipeline.night.report import verdict

_STOPPED = {INTERRUPTED: "interrupted by Ctrl-C or SIGTERM; what was fetched is kept, the same command goes on"}
_HELP = f"""Fetch what is new at news sites into an archive.

FILE is the table of sources: feeds, sitemaps, section pages and addresses (svodka sources example prints one). What is
fetched goes to DIR as WARC files; what is known of each address is kept beside them, so that the next crawl asks only
for what is new, may have changed or failed. robots.txt is obeyed, each host has its pace. A crawl that was killed at
any instant goes on where it was. svodka run DIR extracts from the archive, as often as you like, without the network.

On a terminal the counts are shown; elsewhere each address is one line of JSON on stderr.

\b
Example:
  svodka crawl sources.toml --archive archive

{exit_codes(CODES | _STOPPED)}
"""


@app.command(name="crawl", help=_HELP, short_help="Fetch what is new at news sites into an archive.")
def crawl_(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The table of sources.")],
    *,
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", show_default=False, help="Where what is fetched is kept.")
    ],
    metrics_: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", show_default=False, help="Write numbers for Prometheus to FILE."),
    ] = None,
) -> None:
    """Carry out `svodka crawl`."""
    sources, world = table_of(file), World()
    with Follower(Console(stderr=True)) as follower, open_archive(archive, world.now, about(sources)) as opened:
        report = crawl_report(sources, crawl(sources, opened, world, follower))
    typer.echo(as_text(report, None), nl=False)
    if metrics_:
        write_whole(metrics_, metrics(report).encode())
    if report.stopped is Stop.INTERRUPTED:
        complain("interrupted; what was fetched is kept, the same command goes on")
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(EXITS[verdict(report)])
