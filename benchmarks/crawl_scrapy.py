"""Scrapy over a sitemap, as the peer of benchmarks/crawl.py: in a process of its own, started by it.

    python benchmarks/crawl_scrapy.py SITEMAP_URL FOLDER bare|archive CONCURRENCY

`bare` downloads and drops, the least that Scrapy can do. `archive` does what a crawl that loses nothing has to: queue
and seen addresses in a folder (JOBDIR), every response in a WARC, gzip per record, by warcio. Prints the pages it got.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class News(SitemapSpider):
    """Follows the sitemap; keeps what `keep` is told to."""

    name = "news"
    got = 0
    writer: WARCWriter | None = None

    def parse(self, response: Response) -> Iterator[None]:
        """Take one page."""
        News.got += 1
        if self.writer:
            headers = [(k.decode(), v[0].decode()) for k, v in response.headers.items()]
            head = StatusAndHeaders(f"{response.status} OK", headers, protocol="HTTP/1.1")
            payload = BytesIO(response.body)
            self.writer.write_record(
                self.writer.create_warc_record(response.url, "response", payload=payload, http_headers=head)
            )
        yield from ()


def main() -> None:
    """Crawl once."""
    url, folder, way, concurrency = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    settings = {
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "ERROR",
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
        "USER_AGENT": "svodka-benchmark (mailto:benchmark@example.org)",
    }
    if way == "archive":
        settings["JOBDIR"] = str(folder / "job")
        with (folder / "pages.warc.gz").open("wb") as file:
            News.writer = WARCWriter(file, gzip=True)
            _run(settings, url)
    else:
        _run(settings, url)
    print(News.got)


def _run(settings: dict[str, object], url: str) -> None:
    process = CrawlerProcess(settings)
    process.crawl(News, sitemap_urls=[url])
    process.start()


if __name__ == "__main__":
    main()
