"""Page in, article out: what is left when the furniture of a page is gone, or the reason why nothing is.

`strip` never raises whatever the bytes; `explain` lists every block of a page with the rule that kept or dropped it.
"""

import re
from collections.abc import Callable

from pipeline.model import Article, Media, Page, Rejected
from pipeline.strip.html import explain_html, strip_html
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
