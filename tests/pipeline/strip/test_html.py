"""Saved web pages of several kinds: the story alone, its metadata, and the reasons of pages without one."""

from datetime import UTC, datetime

import pytest
from pages import AMP, BUSINESS_DAILY, INDEX, LEAD, OLD_TABLES, PAYWALL, STORY, TITLE, VIDEO

from pipeline.model import Article, Media, Page, Reason, Rejected, Source
from pipeline.strip import explain, strip


def page(text: str, codec: str = "utf-8", **fields: object) -> Page:
    return Page(Source("page.html"), Media.HTML, text.encode(codec), **fields)


def article(text: str, codec: str = "utf-8", **fields: object) -> Article:
    result = strip(page(text, codec, **fields))
    assert isinstance(result, Article), result
    return result


def paragraphs(found: Article) -> list[str]:
    return [found.text[span.start : span.stop] for span in found.paragraphs]


def test_business_daily():
    found = article(BUSINESS_DAILY)
    assert found.title == TITLE
    assert paragraphs(found) == [LEAD, *STORY]
    assert found.text == "\n\n".join([TITLE, LEAD, *STORY])


def test_metadata_of_business_daily():
    found = article(BUSINESS_DAILY)
    assert found.lead == LEAD
    assert found.authors == ("Пётр Лосев",)
    assert found.site_name == "Вести Заречья"
    assert found.canonical_url == "https://vesti-zarechya.example/economy/12/03/2024/centr"
    assert found.site == "vesti-zarechya.example"
    assert (found.published_at, found.published_source) == (
        datetime.fromisoformat("2024-03-12T14:05:00+03:00"),
        "json-ld",
    )
    assert found.modified_at == datetime.fromisoformat("2024-03-12T15:00:00+03:00")
    assert found.captions == ("Цех центра. Фото: Мария Белова",)


def test_every_block_says_why():
    rules = {text: (kept, rule) for text, kept, rule in explain(page(BUSINESS_DAILY))}
    assert rules[TITLE] == (True, "title")
    assert rules[STORY[2]] == (True, "subhead")
    assert rules["Читайте также: Завод крепежа удвоит выпуск"] == (False, "related")
    assert rules["Подписывайтесь на наш канал в Telegram"] == (False, "subscribe")
    assert rules["В Заречье построят новый мост через реку"] == (False, "linked")
    assert not rules["Комментарии (2)"][0]


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "utf-8"])
def test_old_table_layout_whatever_its_encoding(codec):
    text = OLD_TABLES.replace("—", "-").replace("«", '"').replace("»", '"') if codec == "koi8-r" else OLD_TABLES
    found = article(text, codec)
    assert found.title == TITLE
    assert len(found.paragraphs) == 4
    assert paragraphs(found)[0] == STORY[0]
    assert paragraphs(found)[-1] == STORY[4]
    assert found.published_at == datetime(2024, 3, 12, 14, 5)  # noqa: DTZ001 - the page names no zone
    assert found.published_source == "text"


def test_amp():
    found = article(AMP)
    assert found.title == TITLE
    assert paragraphs(found) == [STORY[0], STORY[1], STORY[3], STORY[4]]
    assert found.published_at == datetime.fromisoformat("2024-03-12T14:05:00+05:00")
    assert found.published_source == "microdata"
    assert found.site_name == "Вести Заречья"


@pytest.mark.parametrize("shown", ["", f"<p>{STORY[0]}</p>"])
def test_text_only_in_the_structured_data(shown):
    body = "\\n".join([*STORY, *STORY[:1]])
    html = (
        f"<html><head><title>{TITLE}</title><script type='application/ld+json'>"
        f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{body}"}}</script></head>'
        f"<body><div id=app><h1>{TITLE}</h1>{shown}</div></body></html>"
    )
    assert STORY[4] in article(html).text


def test_id_is_of_the_address_else_of_the_text():
    one, other = article(BUSINESS_DAILY), article(BUSINESS_DAILY.replace("восемь цехов", "девять цехов"))
    assert one.id == other.id
    assert len(one.id) == 16
    assert article(AMP).id != article(AMP.replace("восемь цехов", "девять цехов")).id


def test_future_time_is_refused():
    html = BUSINESS_DAILY.replace("2024-03-12T14", "2031-03-12T14")
    found = article(html, fetched_at=datetime(2024, 3, 13, tzinfo=UTC))
    assert found.published_source != "json-ld"
    assert found.published_at is None or found.published_at.year == 2024


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (INDEX, Reason.INDEX_PAGE),
        (PAYWALL, Reason.PAYWALL),
        (VIDEO, Reason.VIDEO_ONLY),
        ("<html><body><a href=/>Главная</a></body></html>", Reason.NO_ARTICLE),
        ("<html><body></body></html>", Reason.NO_ARTICLE),
        ("", Reason.EMPTY),
        ("  \n ", Reason.EMPTY),
    ],
)
def test_pages_without_an_article(html, reason):
    result = strip(page(html))
    assert isinstance(result, Rejected)
    assert result.reason is reason
    assert result.detail


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\x00\x01\x02" * 900, b"\xff\xd8\xff\xe0"])
def test_binary(content):
    result = strip(Page(Source("page.html"), Media.HTML, content))
    assert isinstance(result, Rejected)
    assert result.reason is Reason.BINARY


@pytest.mark.parametrize(
    ("text", "media"), [("<p>x</p>" + "<br>x" * 60_001, Media.HTML), ("слово\n" * 80_001, Media.TEXT)]
)
def test_too_many_elements_or_lines(text, media):
    found = Page(Source("page"), media, text.encode())
    result = strip(found)
    assert isinstance(result, Rejected)
    assert result.reason is Reason.TOO_LARGE
    assert "limit" in result.detail
    assert explain(found) == []


def test_too_large():
    result = strip(Page(Source("page.html"), Media.HTML, b"<p>x</p>" * 6_500_000))
    assert isinstance(result, Rejected)
    assert result.reason is Reason.TOO_LARGE
