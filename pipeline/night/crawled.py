"""A crawl summed up: the part of a night's report that it gives, by source and with what was not had."""

from collections import Counter

from pipeline.crawl.capture import Outcome, Role
from pipeline.crawl.crawler import Crawled
from pipeline.crawl.sources import Source, Sources
from pipeline.night.report import Failure, NightReport, SourceNight, stamp

MOST_FAILURES = 1000


def crawl_report(sources: Sources, crawled: Crawled) -> NightReport:
    """Report a crawl alone, its sources in the order of the table."""
    failures = tuple(Failure(one.source, one.url, one.outcome, one.detail) for one in crawled.failures)
    return NightReport(
        began_at=stamp(crawled.began_at),
        ended_at=stamp(crawled.ended_at),
        stopped=crawled.stopped,
        sources=tuple(_source_night(source, crawled) for source in sources.enabled),
        failures=failures[:MOST_FAILURES],
        failed=len(failures),
    )


def _source_night(source: Source, crawled: Crawled) -> SourceNight:
    pages: Counter[Outcome] = Counter()
    documents: Counter[Outcome] = Counter()
    for tally in crawled.tallies:
        if tally.source == source.name:
            (pages if tally.role is Role.PAGE else documents)[tally.outcome] += tally.number
    fresh = crawled.fresh.get(source.name, 0)
    return SourceNight(
        source.name, dict(pages), dict(documents), fresh=fresh, least=source.daily_min, most=source.daily_max
    )
