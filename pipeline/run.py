"""The whole flow of one page."""

from extractors import analyse, extract
from pipeline.link import link
from pipeline.model import Page, Rejected
from pipeline.record import Record
from pipeline.strip import strip


def process(page: Page) -> Record | Rejected:
    """Turn a page into its record, or say why it has none. Pure: no files, no network, no settings."""
    article = strip(page)
    if isinstance(article, Rejected):
        return article
    doc = analyse(article.text, article.published_at)
    return link(article, doc, extract(doc))
