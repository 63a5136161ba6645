"""Page in, article out: what is left when the furniture of a page is gone, or the reason why nothing is.

`strip` never raises whatever the bytes; `explain` lists every block of a page with the rule that kept or dropped it.
"""

from collections.abc import Callable

from pipeline.model import Article, Media, Page, Rejected
from pipeline.strip.html import explain_html, strip_html
from pipeline.strip.plain import explain_plain, strip_plain
from pipeline.strip.ready import strip_ready
from pipeline.strip.unfit import readable

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
    return text if isinstance(text, Rejected) else _WAYS[page.media](page, text)


def explain(page: Page) -> list[tuple[str, bool, str]]:
    """List the blocks of a page in order: text, whether it was kept, and the rule that settled it."""
    if page.media is Media.ARTICLE:
        return []
    text = readable(page)
    return [] if isinstance(text, Rejected) else _EXPLANATIONS[page.media](text)
