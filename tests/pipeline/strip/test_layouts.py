"""One story in the layouts of many kinds of sites: it comes out whole and alone whatever stands around it."""

from datetime import date, datetime

import pytest
from layouts import LAYOUTS, OTHERS, SIGNED, page, story
from pages import LEAD, STORY, TITLE

from pipeline.model import Article, Media, Page, Source
from pipeline.strip import strip


def article(html: str) -> Article:
    result = strip(Page(Source("page.html"), Media.HTML, html.encode()))
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_story_is_whole_and_alone(name):
    found = article(LAYOUTS[name])
    assert found.title == TITLE
    assert found.text.split("\n\n") == [TITLE, *STORY]


def test_headline_author_and_hour_by_their_elements():
    found = article(SIGNED)
    assert found.title == TITLE
    assert found.authors == ("Пётр ЛОСЕВ",)
    assert found.published_at == datetime(2024, 3, 12, 14, 5)  # noqa: DTZ001 - the page names no zone
    assert found.text.split("\n\n") == [TITLE, LEAD, *STORY]
    assert found.lead == LEAD


def test_day_in_the_title_element():
    found = article(page(f"<div>{TITLE}</div>{story()}", f"{TITLE} - 12 Марта 2024 - Сайт Заречья"))
    assert found.published_at == date(2024, 3, 12)
    assert found.published_source == "title"


def test_cards_that_are_the_story_stay():
    parts = "".join(f"<div class=card><h3>{head}</h3><p>{text}</p></div>" for head, text in OTHERS)
    found = article(page(f"<h1>Чем живёт Заречье этой зимой</h1><p>{STORY[0]}</p>{parts}"))
    assert [text for _, text in OTHERS if text not in found.text] == []
