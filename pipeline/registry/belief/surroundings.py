"""The words around a testimony's quote: the whole paragraph, from the article's text as it was stored."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pipeline.registry import schema
from pipeline.registry.belief.view import Testimony


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article; the words that the testimony rests on stand at start:stop of it, if anywhere."""

    text: str
    start: int | None
    stop: int | None


def quoted(testimony: Testimony) -> Passage:
    """Give the quote of a testimony."""
    if testimony.start is None or testimony.stop is None or testimony.quote_start is None:
        return Passage(testimony.quote or "", None, None)
    low = testimony.quote_start
    return Passage(testimony.quote or "", testimony.start - low, testimony.stop - low)


def paragraph(connection: Connection, testimony: Testimony) -> Passage:
    """Give the paragraphs that the quote of a testimony stands in, or the quote itself where it is in none."""
    revision = schema.revision.c
    query = select(revision.text, revision.paragraphs).where(revision.id == testimony.revision_id)
    row = connection.execute(query).one_or_none()
    low, high = testimony.quote_start, testimony.quote_stop
    if row is None or low is None or high is None or testimony.start is None or testimony.stop is None:
        return quoted(testimony)
    bounds = [(start, stop) for start, stop in json.loads(row.paragraphs) if start < high and low < stop]
    begin, end = min((low, *(start for start, _ in bounds))), max((high, *(stop for _, stop in bounds)))
    return Passage(row.text[begin:end], testimony.start - begin, testimony.stop - begin)
