"""The table of sources that a command was given, or each of its problems on a line."""

from pathlib import Path

import typer

from pipeline.crawl.sources import Sources, read_sources
from pipeline.errors import SourcesError


def table_of(file: Path) -> Sources:
    """Read a table; tell its problems and leave with exit code 2 when it has any."""
    try:
        return read_sources(file)
    except SourcesError as error:
        for problem in error.problems:
            typer.echo(f"{error.file}: {problem}", err=True)
        raise typer.Exit(error.exit_code) from None
