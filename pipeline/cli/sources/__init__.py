"""`svodka sources`: commands on a table of sources."""

from pipeline.cli._application import app
from pipeline.cli.sources import check, discover, example
from pipeline.cli.sources._group import group

app.add_typer(group)

__all__ = ["check", "discover", "example", "group"]
