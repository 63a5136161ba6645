"""Ready articles: a JSON object whose `text` is taken verbatim; nothing is stripped."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from extractors import Span
from pipeline.model import Article, Page, Reason, Rejected
from pipeline.strip.compose import site_of

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


class _Ready(BaseModel):
    id: Annotated[str, Field(coerce_numbers_to_str=True)]
    text: str
    title: str | None = None
    published_at: datetime | date | None = None
    url: str | None = None


def strip_ready(page: Page) -> Article | Rejected:
    """Read the article that a JSON object holds."""
    try:
        ready = _Ready.model_validate_json(page.content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the object"
        return Rejected(page.source, Reason.NOT_AN_ARTICLE, f"{where}: {first['msg']}", page.url)
    if not ready.text.strip():
        return Rejected(page.source, Reason.EMPTY, "the article's text is empty", ready.url)
    return Article(
        id=ready.id,
        text=ready.text,
        source=page.source,
        title=ready.title,
        url=ready.url,
        site=site_of(ready.url),
        published_at=ready.published_at,
        published_source="given" if ready.published_at else None,
        fetched_at=page.fetched_at,
        paragraphs=_paragraphs(ready.text, ready.title),
    )


def _paragraphs(text: str, title: str | None) -> tuple[Span, ...]:
    spans = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    if spans and title and text[spans[0].start : spans[0].stop].strip() == title.strip():
        del spans[0]
    return tuple(spans)
