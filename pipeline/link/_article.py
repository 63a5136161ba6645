"""The article's part of the record."""

import hashlib
from datetime import date

from extractors import extractor_names
from pipeline.model import Article
from pipeline.record import ArticleSource, RecordArticle

EXTRACTOR_VERSION = "1"

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_FOREIGN_SHARE = 0.01  # letters of other Cyrillic alphabets that names may bring into a Russian text


def record_article(article: Article) -> RecordArticle:
    """Write an article and its metadata for the record."""
    return RecordArticle(
        id=article.id,
        url=article.url,
        canonical_url=article.canonical_url,
        site=article.site,
        site_name=article.site_name,
        title=article.title,
        lead=article.lead,
        authors=article.authors,
        published_at=_iso(article.published_at),
        published_source=article.published_source,
        modified_at=_iso(article.modified_at),
        fetched_at=_iso(article.fetched_at),
        text=article.text,
        text_sha256=hashlib.sha256(article.text.encode("utf-8")).hexdigest(),
        paragraphs=tuple((span.start, span.stop) for span in article.paragraphs),
        captions=article.captions,
        source=ArticleSource(article.source.file, article.source.member, article.source.offset),
        language=_language(article.text),
        extractors=dict.fromkeys(extractor_names(), EXTRACTOR_VERSION),
    )


def _iso(time: date | None) -> str | None:
    return time.isoformat() if time else None


def _language(text: str) -> str:
    """Tell Russian by its letters; anything else is `und`, undetermined, as in ISO 639-2.

    >>> _language("Фонд открыл офис в Твери."), _language("Фонд відкрив офіс у Києві."), _language("A fund.")
    ('ru', 'und', 'und')
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    russian = sum(letter in _RUSSIAN for letter in letters)
    other_cyrillic = sum("\u0400" <= letter <= "\u04ff" and letter not in _RUSSIAN for letter in letters)
    is_russian = russian > len(letters) / 2 and other_cyrillic <= _FOREIGN_SHARE * len(letters)
    return "ru" if is_russian else "und"
