"""`svodka sources discover`: a table for a site, proposed."""

import asyncio
from typing import Annotated

import typer
from pydantic import ValidationError

from pipeline.cli._application import INTERRUPTED, exit_codes, interruptible
from pipeline.cli.sources._group import group
from pipeline.crawl.asking import discovered
from pipeline.crawl.sources import Sources
from pipeline.crawl.sources.discover import proposed_table
from pipeline.errors import OptionError
from pipeline.net import World

_CODES = {
    0: "a table was proposed",
    2: "an option or the address is wrong",
    7: "the site gave no page",
    INTERRUPTED: "interrupted",
}
_HELP = f"""Propose a table for a news site: its feeds and sitemaps, looked at, the best first.

A few requests are made, one after the other; robots.txt is obeyed. The table goes to stdout, to be looked through.

\b
Example:
  svodka sources discover vestnik.example --contact crawler@example.org

{exit_codes(_CODES)}
"""


@group.command(name="discover", help=_HELP, short_help="Propose a table for a news site.")
def discover_(
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False, help="The site's first page.")],
    *,
    contact: Annotated[
        str, typer.Option("--contact", show_default=False, help="Your e-mail or page, for the User-Agent.")
    ],
    allow_private: Annotated[
        list[str] | None,
        typer.Option("--allow-private", metavar="PLACE", show_default=False, help="A network or HOST:PORT to allow."),
    ] = None,
) -> None:
    """Carry out `svodka sources discover`."""
    sources = _site(url if "://" in url else f"https://{url}", contact, allow_private or [])
    with interruptible():
        proposal = asyncio.run(discovered(url, sources, World()))
    typer.echo(proposed_table(proposal), nl=False)


def _site(url: str, contact: str, allow_private: list[str]) -> Sources:
    """Make a table of the site alone, for how it is asked."""
    source = {"name": "site", "sections": [url]}
    try:
        return Sources.model_validate({"contact": contact, "allow_private": allow_private, "sources": [source]})
    except ValidationError as error:
        names = {"contact": "--contact", "allow_private": "--allow-private", "sources": url}
        told = (f"{names[str(one['loc'][0])]}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors())
        raise OptionError("; ".join(told)) from None
