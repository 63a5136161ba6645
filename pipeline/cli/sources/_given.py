"""What the documents of sources gave, as a table for a terminal."""

from collections.abc import Iterable
from datetime import datetime

from rich.table import Table

from pipeline.crawl.sources.probe import Given

_COLUMNS = ("source", "document", "articles", "to fetch", "full text", "newest", "remarks")
_NUMBERS = frozenset({"articles", "to fetch", "full text"})


def given_view(rows: Iterable[tuple[str, Given]], now: datetime) -> Table:
    """Show what each document gave; rows are names of sources and what a document of theirs gave."""
    view = Table(box=None)
    for column in _COLUMNS:
        view.add_column(column, justify="right" if column in _NUMBERS else "left", overflow="fold")
    for source, given in rows:
        numbers = ("", "", "") if given.trouble else (str(given.pages), str(given.taken), str(given.full))
        view.add_row(source, given.url, *numbers, _age(given.newest, now), remarks(given))
    return view


def _age(newest: datetime | None, now: datetime) -> str:
    if newest is None:
        return ""
    hours = int((now - newest).total_seconds() // 3600)
    return f"{hours} h ago" if hours < 2 * 24 else f"{hours // 24} days ago"


def remarks(given: Given) -> str:
    """Say what wants an author's look."""
    said = [given.trouble] if given.trouble else []
    if given.elsewhere:
        said.append(f"points to other sites, which `sites` may name: {', '.join(given.elsewhere[:3])}")
    if given.old:
        said.append(f"{given.old} older than max_age_days")
    if not given.trouble and not given.pages:
        said.append("no articles found")
    elif not given.trouble and not given.taken:
        said.append("nothing to fetch")
    return "; ".join(said)
