"""Page in, article out: what is left when the furniture of a page is gone, or the reason why nothing is.

`strip` never raises whatever the bytes; `explain` lists every block of a page with the rule that kept or dropped it.
Where a feed told of the page, its full text is taken (`pipeline.strip.item`), and `agreement` compares the two.
"""

import re
from collections.abc import Callable

from pipeline.model import Article, Media, Page, Rejected
from pipeline.strip.html import explain_html, strip_html
from pipeline.strip.item import likeness, with_item
from pipeline.strip.plain import explain_plain, strip_plain
from pipeline.strip.ready import strip_ready
from pipeline.strip.unfit import readable

_MARKUP = re.compile(r"[\s\ufeff]*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|\?xml)", re.IGNORECASE | re.DOTALL)
_START = 2000  # characters of a text in which markup would begin
_WAYS: dict[Media, Callable[[Page, str], Article | Rejected]] = {
    Media.HTML: strip_html,
    Media.TEXT: strip_plain,
}
_EXPLANATIONS: dict[Media, Callable[[str], list[tuple[str, bool, str]]]] = {
    Media.HTML: explain_html,
    Media.TEXT: explain_plain,
}


def strip(page: Page) -> Article | Rejected:
    """Find the article of a page."""
    return with_item(page, _own(page))


def agreement(page: Page) -> float | None:
    """Tell how far the page's own text agrees with the full text of its feed, from 0 to 1; None without such a text.

    It drops for a whole source when the site was redesigned.
    """
    return likeness(page, _own(page)) if page.item and page.item.html else None


def _own(page: Page) -> Article | Rejected:
    """Find what the page shows by itself."""
    if page.media is Media.ARTICLE:
        return strip_ready(page)
    text = readable(page)
    return text if isinstance(text, Rejected) else _WAYS[_media(page, text)](page, text)


def explain(page: Page) -> list[tuple[str, bool, str]]:
    """List the blocks of a page in order: text, whether it was kept, and the rule that settled it."""
    if page.media is Media.ARTICLE:
        return []
    text = readable(page)
    return [] if isinstance(text, Rejected) else _EXPLANATIONS[_media(page, text)](text)


def _media(page: Page, text: str) -> Media:
    """Tell which way a page goes: a text file may hold markup."""
    return Media.HTML if _MARKUP.match(text[:_START]) else page.media
