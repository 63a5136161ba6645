"""A news site on loopback that behaves as badly as asked: several hosts, one process of its own, raw sockets.

    plan (what stands there, and what is wrong with it) ──► server (its own process) ──► log (who asked what, when)

`plan` is the truth that a crawl is measured against: which article can be had, in which version on which night, and
what may not be asked for. `faults` are the ways to answer badly, each by its name. Nothing here knows the crawler.
"""

from tests.site.log import Request, shortest_gaps
from tests.site.plan import Document, Host, Item, Plan
from tests.site.process import Site, open_site

__all__ = ["Document", "Host", "Item", "Plan", "Request", "Site", "open_site", "shortest_gaps"]
