"""The group that the commands on sources register with."""

import typer

group = typer.Typer(
    name="sources",
    help="The table of sources that a crawl follows: checked, proposed, exemplified.",
    epilog="svodka sources COMMAND --help tells all about a command.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
