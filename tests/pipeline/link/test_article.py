"""The article's part of the record."""

from datetime import date, datetime

import pytest

from pipeline.link._article import record_article
from pipeline.model import Article, Media, Page, Source
from pipeline.strip import strip

STORY = (
    "<p>Завод в Заречье запустил новую линию по выпуску крепежа, сообщила пресс-служба предприятия.</p>"
    "<p>Линия обошлась предприятию в сорок миллионов рублей и даст работу тридцати жителям.</p>"
)
HEAD = "<h1>Завод в Заречье запустил линию</h1>"


@pytest.mark.parametrize(
    ("shown", "known", "written"),
    [
        ("6 сентября 2022", date(2022, 9, 6), "2022-09-06"),
        ("6 сентября 2022, 10:15", datetime(2022, 9, 6, 10, 15), "2022-09-06T10:15:00"),  # noqa: DTZ001 - no zone
        ("6 сентября 2022, 10:15 (мск)", None, "2022-09-06T10:15:00+03:00"),
        ("сегодня", None, None),
    ],
)
def test_an_hour_is_written_only_where_the_page_gives_one(shown, known, written):
    html = f"<html><body>{HEAD}<span>{shown}</span>{STORY}</body></html>"
    article = strip(Page(Source("page.html"), Media.HTML, html.encode()))
    assert isinstance(article, Article)
    assert known in (None, article.published_at)
    assert record_article(article).published_at == written
