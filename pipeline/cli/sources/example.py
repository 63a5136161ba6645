"""`svodka sources example`: a table of sources to begin with."""

import typer

from pipeline.cli._application import exit_codes
from pipeline.cli.sources._group import group
from pipeline.crawl import sources

_HELP = f"""Print a table of sources to begin with: the public feeds of well-known Russian outlets.

\b
Example:
  svodka sources example > sources.toml

{exit_codes({0: "done"})}
"""


@group.command(name="example", help=_HELP, short_help="Print a table of sources to begin with.")
def example_() -> None:
    """Carry out `svodka sources example`."""
    typer.echo(sources.example(), nl=False)
