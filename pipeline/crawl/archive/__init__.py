"""The archive of a crawl: WARC files, and the frontier that knows what was fetched and what is due."""
