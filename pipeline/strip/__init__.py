"""Page in, article out: what is left when the furniture of a page is gone, or the reason why nothing is."""

from collections.abc import Callable

from pipeline.model import Article, Media, Page, Rejected
from pipeline.strip.ready import strip_ready

_WAYS: dict[Media, Callable[[Page], Article | Rejected]] = {Media.ARTICLE: strip_ready}


def strip(page: Page) -> Article | Rejected:
    """Find the article of a page."""
    return _WAYS[page.media](page)
