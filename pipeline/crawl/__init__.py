"""From a table of sources to an archive of pages: what is new on news sites, fetched as their owners would wish.

    sources ──► find (feeds, sitemaps, sections: bytes in, addresses out) ──► addresses ──► archive.frontier
                  ▲                                                                            │ what is due
                  └────────── crawler: robots, pace, visit (pipeline.net), walls ◄─────────────┘
                                         │ captures
                                         └──► archive.warc, then archive.frontier

Each module but `crawler` and `visit` is without network. A capture is in the WARC, synced to disk, before the frontier
says so: a crawl that is killed at any instant goes on where it was, with nothing lost. Nothing here reads an article.
"""
