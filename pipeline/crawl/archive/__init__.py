"""The archive: every answer in WARC files, and beside them a frontier (SQLite) that says what is known and what is due.

    keep(capture) ──► _records (bytes) ──► _tape (a WARC file) ──► _frontier (a transaction)      flush(): sync, commit

The WARC files are the truth and the frontier is an index of them. The last record of a capture bears a header that
tells the frontier all it has to know of it; so what a killed crawl had written and not yet committed is read back when
the archive is next opened, and a frontier that is lost is built anew. Synced is the WARC first, the frontier after it.
One process at a time has an archive open. Nothing here fetches, and nothing here reads an article.
"""

from pipeline.crawl.archive._archive import Archive, Sizes, open_archive
from pipeline.crawl.archive._notes import digest, item_page
from pipeline.crawl.archive._words import Failure, NightPast, RobotsFile, Tally, Version

__all__ = [
    "Archive",
    "Failure",
    "NightPast",
    "RobotsFile",
    "Sizes",
    "Tally",
    "Version",
    "digest",
    "item_page",
    "open_archive",
]
