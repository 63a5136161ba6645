"""The words by which a WARC file that a crawl wrote tells its reader what a record is."""

ROLE = "Svodka-Role"  # a header: what the address was asked for as
OUTCOME = "Svodka-Outcome"  # a header: what came of it
PAGE = "page"  # the role of what may be an article
KEPT = ("new", "changed")  # the outcomes of what was kept
ITEM_TYPE = "application/vnd.svodka.feed-item+json"  # of a record of what a feed told of the page after it
