"""Documents that point to articles: feeds, sitemaps and section pages in, addresses out. Pure; no network.

Each reader takes the document's bytes, unpacked, and its own address, and gives a Finding: what it found and what was
wrong, never an error. A document that is not what it was taken for is read as what it is.
"""

from datetime import tzinfo

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find.feeds import read_feed
from pipeline.crawl.find.finding import Finding
from pipeline.crawl.find.safe import root_name
from pipeline.crawl.find.sections import read_section
from pipeline.crawl.find.sitemaps import read_sitemap

_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})


def read_document(
    content: bytes, document: Found, zone: tzinfo, *, selector: str | None = None, charset: str | None = None
) -> Finding:
    """Find the addresses of a document by its role, or by its root element where that says more.

    `zone` is that of dates without one, `selector` chooses links of section pages, `charset` is the transport's.
    """
    root = root_name(content)
    if document.role is Role.SECTION and root not in _FEEDS | _SITEMAPS:
        return read_section(content, document, zone, selector=selector, charset=charset)
    if root in _FEEDS or (document.role is Role.FEED and root not in _SITEMAPS):
        return read_feed(content, document, zone, charset)
    return read_sitemap(content, document, zone)


__all__ = ["Finding", "read_document", "read_feed", "read_section", "read_sitemap"]
