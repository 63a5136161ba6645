"""Plain-text copies of pages: the story and nothing of what stands around it."""

import json
import os
from pathlib import Path

import pytest

from pipeline.model import Article, Media, Page, Reason, Rejected, Source
from pipeline.strip import explain, strip

SEED = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[4] / "shared" / "data")) / "seed"

TITLE = "В Заречье откроют центр станкостроения"
STORY = [
    "В Заречье до конца года откроют центр станкостроения. Об этом сообщила пресс-служба городской администрации.",
    "«Мы ждали этого решения пять лет, теперь у предприятий будет своя площадка», — сказала директор Анна Вершинина.",
    "Что изменится",
    "Центр примет первых резидентов в марте. Объём вложений составит 120 млн руб., часть средств даст фонд.",
]
COPY = f"""Перейти к основному контенту
Заречье
Войти
{TITLE}
12 марта 2024, 14:05
Автор: Пётр Лосев

{STORY[0]}

Фото: Мария Белова / «Вести Заречья»

{STORY[1]}

Читайте также:
В Заречье построят новый мост через реку

{STORY[2]}

{STORY[3]}

Теги: промышленность, Заречье
Поделиться
Лента новостей
Курс доллара на 13 марта
USD ЦБ: 90,12 (+0,11)
Хоккеисты Заречья выиграли кубокСпорт, 19:16
В Заречье подорожал проездОбщество, 18:58
"""


def page(text: str) -> Page:
    return Page(Source("page.txt"), Media.TEXT, text.encode())


def test_story_alone():
    article = strip(page(COPY))
    assert isinstance(article, Article)
    assert article.title == TITLE
    assert [article.text[span.start : span.stop] for span in article.paragraphs] == STORY
    assert article.text == "\n\n".join([TITLE, *STORY])


def test_metadata_of_the_copy():
    article = strip(page(COPY))
    assert isinstance(article, Article)
    assert article.authors == ("Пётр Лосев",)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-12T14:05:00"
    assert article.published_source == "text"


def test_credits_are_captions():
    article = strip(page(COPY))
    assert isinstance(article, Article)
    assert article.captions == ("Фото: Мария Белова / «Вести Заречья»",)


def test_markup_in_a_text_file():
    html = f"<!DOCTYPE html><html><body><h1>{TITLE}</h1>{''.join(f'<p>{part}</p>' for part in STORY)}</body></html>"
    article = strip(page(html))
    assert isinstance(article, Article)
    assert article.text == "\n\n".join([TITLE, *STORY])


HEADLINES = [
    "Кто оплатит ремонт моста в Заречье?",
    "Не только мост. Что ещё отремонтируют в Заречье",
    "Мост в Заречье закрыли до зимы",
]


@pytest.mark.parametrize("title", HEADLINES)
@pytest.mark.parametrize("lead", ["", "Городские власти назвали сроки ремонта"])
def test_headlines_of_every_shape(title, lead):
    story = [
        "Мост в Заречье закроют на ремонт до конца года, сообщила городская администрация во вторник.",
        "Ремонт оплатит область, на него выделят 40 млн рублей, уточнил глава Заречья Пётр Лосев.",
    ]
    article = strip(page("\n\n".join(part for part in ("12 марта 2024, 10:00", title, lead, *story) if part)))
    assert isinstance(article, Article)
    assert article.title == title
    assert article.text == "\n\n".join(part for part in (title, lead, *story) if part)


def test_every_line_has_its_rule():
    rules = {text: rule for text, _, rule in explain(page(COPY))}
    assert rules[TITLE] == "title"
    assert rules["Теги: промышленность, Заречье"] == "tags"
    assert rules["Хоккеисты Заречья выиграли кубокСпорт, 19:16"] == "teaser"
    assert rules["USD ЦБ: 90,12 (+0,11)"] == "ticker"


def test_list_without_story_is_rejected():
    result = strip(page("Новости\nСпорт, 12:30\nПогода в крае\nКонтакты\n"))
    assert isinstance(result, Rejected)
    assert result.reason is Reason.NO_ARTICLE


def test_lines_broken_at_a_column_are_joined():
    wrapped = (
        "Завод в Заречье запустил линию\n\n"
        "Завод в посёлке Заречье запустил новую линию по выпуску крепежа,\n"
        "сообщили на предприятии. Линия обошлась в 40 млн рублей и даёт\n"
        "работу тридцати жителям посёлка.\n\n"
        "Прежняя линия проработала двадцать лет и больше не отвечала нуждам\n"
        "заказчиков, рассказал главный инженер завода.\n"
    )
    article = strip(page(wrapped))
    assert isinstance(article, Article)
    assert len(article.paragraphs) == 2
    assert "крепежа, сообщили" in article.text


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not here (SVODKA_DATA)")
def test_seed_text_is_the_clerk_s():
    record = json.loads((SEED / "record.json").read_text(encoding="utf-8"))
    article = strip(Page(Source("page.txt"), Media.TEXT, (SEED / "page.txt").read_bytes()))
    assert isinstance(article, Article)
    assert article.text == record["text"]
    assert article.title == record["title"]
    assert [article.text[span.start : span.stop] for span in article.paragraphs] == record["paragraphs"]
