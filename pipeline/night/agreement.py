"""How far a source's pages say what its feed says: the likeness of each pair of texts, by source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from pipeline.model import Page, Rejected
from pipeline.read import read
from pipeline.settings import Limits
from pipeline.strip import agreement

MOST = 50  # pages a source that are compared: enough to see a redesign


def agreements(files: Sequence[Path], feeds: dict[str, str], limits: Limits) -> dict[str, tuple[float, int]]:
    """Give mean likeness, 0 to 1, and number of pages compared, by source; `feeds` names the source of a feed's URL."""
    found: dict[str, list[float]] = {}
    tried: Counter[str] = Counter()
    for page in _told(read([str(file) for file in files], limits)):
        source = feeds.get(page.item.feed) if page.item else None
        if source is None or tried[source] >= MOST:
            continue
        tried[source] += 1
        if (like := agreement(page)) is not None:
            found.setdefault(source, []).append(like)
    return {source: (mean(values), len(values)) for source, values in found.items()}


def _told(pages: Iterable[Page | Rejected]) -> Iterable[Page]:
    return (page for page in pages if isinstance(page, Page) and page.item and page.item.html)
