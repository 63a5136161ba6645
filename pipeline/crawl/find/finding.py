"""What a document that points to articles came to: addresses, and what was wrong with it in words for a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.crawl.capture import Found

_MOST_COMPLAINTS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """The addresses of a document, each once, in its order. A document may be broken and still have given some."""

    founds: tuple[Found, ...] = ()
    complaints: tuple[str, ...] = ()


def finding(founds: Iterable[Found], complaints: Iterable[str]) -> Finding:
    """Put a finding together: an address that is there twice keeps what tells most of it."""
    best: dict[str, Found] = {}
    for found in founds:
        before = best.get(found.url)
        if before is None or _tells(found) > _tells(before):
            best[found.url] = found
    return Finding(tuple(best.values()), tuple(dict.fromkeys(complaints))[:_MOST_COMPLAINTS])


def _tells(found: Found) -> tuple[int, bool]:
    html = found.item.html if found.item else None
    return len(html or ""), found.published_at is not None
