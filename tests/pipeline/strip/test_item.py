from datetime import UTC, datetime

import pytest
from pages import LEAD, STORY, TITLE

from pipeline.model import Article, FeedItem, Media, Page, Reason, Rejected, Source
from pipeline.strip import agreement, strip

FEED = "https://vesti-zarechya.example/rss"
TIME = datetime(2024, 3, 12, 11, 5, tzinfo=UTC)
FULL = "".join(f"<p>{text}</p>" for text in STORY)
LONG = STORY + [f"{text} Так считают и в совете предприятий." for text in STORY if len(text) > 40]
HEAD = f"<title>{TITLE} — Вести Заречья</title>"
URL = "https://vesti-zarechya.example/a"


def page(text, item=None, head=HEAD):
    content = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{text}</body></html>".encode()
    return Page(Source("a.html"), Media.HTML, content, URL, item=item)


def shown(*paragraphs, lead=""):
    return f"<h1>{TITLE}</h1>{lead}<div class=text>{''.join(f'<p>{p}</p>' for p in paragraphs)}</div>"


def item(html=FULL, **rest):
    return FeedItem(FEED, TITLE, html, **{"published_at": TIME, "authors": ("Анна Ким", "Редакция"), **rest})


def paragraphs(article):
    assert isinstance(article, Article), article
    return [article.text[span.start : span.stop] for span in article.paragraphs]


def test_the_feeds_text_is_the_article():
    junk = "Отзыв читателя: давно пора было это сделать, сколько можно ждать и обещать всем нам."
    article = strip(page(shown(*STORY[:3], junk, junk + " Очень."), item()))
    assert paragraphs(article) == STORY
    assert article.title == TITLE
    assert article.authors == ("Анна Ким",)
    assert (article.published_at, article.published_source) == (TIME, "feed")


def test_the_pages_own_hour_is_kept_and_a_guess_from_its_text_is_not():
    sure = HEAD + '<meta property="article:published_time" content="2024-03-12T14:00:00+03:00">'
    assert strip(page(shown(*STORY), item(), sure)).published_source != "feed"
    dated = f"<h1>{TITLE}</h1><div>12 марта 2024</div>" + FULL
    assert strip(page(dated, item())).published_at == TIME


def test_the_same_id_with_and_without_a_feed():
    assert strip(page(shown(*STORY), item())).id == strip(page(shown(*STORY))).id


@pytest.mark.parametrize(
    "html",
    [
        "\n\n".join(STORY),
        FULL.replace("<", "&lt;").replace(">", "&gt;"),
        "<br><br>".join(STORY),
        FULL + '<p>Читайте также: <a href="/x">Завод крепежа удвоит выпуск</a></p><script>x()</script>',
    ],
)
def test_a_feeds_text_however_it_is_written(html):
    assert paragraphs(strip(page("<p>Страница обновляется</p>", item(html)))) == STORY


def test_a_teaser_does_not_take_the_place_of_the_story():
    for teaser in (STORY[0], f"<p>{STORY[0]}</p><p>{STORY[1]}…</p>", f"<p>{STORY[0]}</p><p>{STORY[1]}</p>"):
        article = strip(page(shown(*LONG), item(teaser)))
        assert paragraphs(article) == LONG
        assert article.authors == ("Анна Ким",)


def test_a_paid_page_has_its_text_by_the_feed_but_not_by_a_teaser():
    paid = '<h1>Цех</h1><p>Доступно только подписчикам</p><div class="paywall">Оформите подписку, чтобы читать</div>'
    assert paragraphs(strip(page(paid, item()))) == STORY
    assert isinstance(strip(page(paid, item(f"{STORY[0]} {STORY[1]}…"))), Rejected)


def test_a_standfirst_that_the_feed_left_out_is_kept():
    article = strip(page(shown(*STORY, lead=f"<div class=lead>{LEAD}.</div>"), item()))
    assert paragraphs(article) == [f"{LEAD}.", *STORY]


def test_without_a_full_text_the_page_is_the_article():
    article = strip(page(shown(*STORY), item(None)))
    assert paragraphs(article) == STORY
    assert article.published_at == TIME


def test_a_page_that_is_none_stays_rejected_without_a_text():
    assert strip(Page(Source("a"), Media.HTML, b"", URL, item=item(None))).reason is Reason.EMPTY


@pytest.mark.parametrize("html", ["<", "<p>", "\x00", "<![CDATA[", "<p>" * 3000, "&lt;p", "<title><script>"])
def test_whatever_a_feed_carries_the_page_is_read(html):
    assert paragraphs(strip(page(shown(*STORY), item(html)))) == STORY


def test_agreement():
    assert agreement(page(shown(*STORY), item())) == 1.0
    assert agreement(page(shown(*STORY), item(None))) is None
    assert agreement(page(shown(*STORY))) is None
    assert agreement(page("<p>Скоро здесь будет новый сайт</p>", item())) == 0.0
    other = ["Синоптики обещают области оттепель к выходным, сообщили в центре погоды в четверг днём."] * 4
    assert agreement(page(shown(*other), item())) < 0.1
    assert 0.5 < agreement(page(shown(*STORY, *other[:1]), item())) < 1.0
