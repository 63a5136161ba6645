"""Contents of a few articles as they are seen now and then, for tests of loading."""

from dataclasses import replace
from typing import NamedTuple

from tests.pipeline.registry.stories import on

BODY = "Минэкономики Ольской области"


class Sighting(NamedTuple):
    """An article was seen with one of its contents at a time; `at` is in hours, and no two of an article have one."""

    article: int
    content: int
    at: int


def record_of(sighting):
    """Tell the sighting as a record."""
    record = _told(sighting).record()
    extractors = {"organizations": "10" if sighting.content == 3 else "9"}
    article = replace(
        record.article,
        fetched_at=f"2024-03-{2 + sighting.at // 24:02}T{sighting.at % 24:02}:30:00+03:00",
        source=replace(record.article.source, file=f"night-{sighting.at}.warc"),
        extractors=extractors,
        published_at=None if sighting.article == 2 else record.article.published_at,  # then first seen when fetched
    )
    return replace(record, article=article)


def _told(sighting):
    """Contents 0 to 2 differ in what they say; content 3 is content 0 read by newer extractors."""
    told = on("2024-03-01", name=f"article-{sighting.article}")
    if sighting.content == 1:
        told.organization(BODY, kind="government", identifiers={"inn": "7707083893"}, region="Ольская область")
    else:
        told.organization(BODY, kind="government", aliases=(f"Минэк-{sighting.content % 3}",))
    if sighting.content != 2:
        told.holds("Анна Берёзкина", "министр экономики", BODY)
    else:
        told.holds("Олег Седов", "министр экономики", BODY, status="appointed", since="2024-02-28")
        told.amount(BODY, "2000000")
    return told


def current(sightings):
    """Tell which content each article should end with: the one seen last."""
    latest = {}
    for sighting in sorted(sightings, key=lambda sighting: sighting.at):
        latest[sighting.article] = sighting.content
    return latest
