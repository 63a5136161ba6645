"""The site's articles: invented news in Russian, the same for the same number and version, each with its own mark."""

import html
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus" / "pages"
FIRST_DAY = datetime(2026, 11, 24, 6, tzinfo=UTC)
_MARK = re.compile(rb'<meta name="site-mark" content="([^"|]+)\|([^"|]+)\|(\d+)">')

_TOWNS = ("Верхнереченск", "Заозёрск", "Кедрогорск", "Лугоморск", "Новотальск", "Приозёрный", "Старолесье", "Тихоборск")
_FIRMS = ("Северный лён", "Рассвет", "Кедр-Пласт", "Гранит-Сервис", "Луговые сыры", "Вектор-Прибор", "Тальский фарфор")
_PEOPLE = ("Игнат Лукошкин", "Марфа Заречная", "Тимур Оболенцев", "Вера Полынина", "Остап Гречихин")
_SAID = (
    "Предприятие «{firm}» запустит в городе {town} линию за {money} млн рублей, сообщил директор {person}.",
    "Линия будет выпускать до {number} тонн продукции в год, на ней займут {people} человек.",
    "По словам директора, первые партии отправят покупателям до конца декабря, а на проектную мощность выйдут весной.",
    "Администрация города {town} выделит под площадку участок у железной дороги и подведёт к нему воду и газ.",
    "«Мы рассчитывали на меньшее, но заказов уже хватает на полгода вперёд», — рассказал {person}.",
    "Ранее «{firm}» вложило {money} млн рублей в склад и лабораторию, где проверяют сырьё местных хозяйств.",
    "Часть расходов покроет заём регионального фонда развития, его ставка составит {rate} процента годовых.",
)
_PAGE = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{title}</title>{mark}
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{day}"><link rel="canonical" href="{path}"></head>
<body><header><nav><a href="/">Главная</a> <a href="/section">Новости</a> <a href="/about">О газете</a></nav></header>
<main><article><h1>{title}</h1><time datetime="{day}">{day}</time>
{paragraphs}
</article></main>
<aside><h2>Читайте также</h2><ul>{aside}</ul></aside>
<footer><p>© Газета «Вымышленные вести», перепечатка со ссылкой на источник.</p></footer></body></html>
"""


def mark(host: str, path: str, version: int) -> str:
    """Write what tells an article's version apart in any archive."""
    return f'<meta name="site-mark" content="{host}|{html.escape(path)}|{version}">'


def marked(page: bytes) -> tuple[str, str, int] | None:
    """Read whose page it is: host, path and version.

    >>> marked(mark("127.0.0.2", "/news/1?a=1&b=2", 3).encode())
    ('127.0.0.2', '/news/1?a=1&b=2', 3)
    """
    found = _MARK.search(page)
    return (found[1].decode(), html.unescape(found[2].decode()), int(found[3])) if found else None


def published(number: int) -> datetime:
    """Tell when an article appeared; each a minute before the one ahead of it, all within a month."""
    return FIRST_DAY - timedelta(minutes=number % 40_000)


def title(number: int, version: int) -> str:
    town, firm = _TOWNS[number % len(_TOWNS)], _FIRMS[number % len(_FIRMS)]
    later = f", уточнение {version - 1}" if version > 1 else ""
    return f"«{firm}» строит линию {number} в городе {town}{later}"


def sentences(number: int, version: int) -> list[str]:
    """Give an article's paragraphs, each of some sentences; a later version has another sum."""
    told = {
        "firm": _FIRMS[number % len(_FIRMS)],
        "town": _TOWNS[number % len(_TOWNS)],
        "person": _PEOPLE[number % len(_PEOPLE)],
        "money": 100 + number % 877 + 1000 * (version - 1),
        "number": 50 + number % 991,
        "people": 10 + number % 83,
        "rate": 2 + number % 5,
    }
    said = [sentence.format(**told) for sentence in _SAID]
    return [" ".join(said[start : start + 2]) for start in range(0, len(said), 2)]


def article(host: str, path: str, number: int, version: int) -> str:
    """Write an invented article's page, about 6 KB."""
    aside = "".join(f'<li><a href="/about/{step}">Страница {step}</a></li>' for step in range(20))
    return _PAGE.format(
        title=html.escape(title(number, version)),
        mark=mark(host, path, version),
        day=published(number).isoformat(),
        path=html.escape(path),
        paragraphs="\n".join(f"<p>{html.escape(text)}</p>" for text in sentences(number, version)),
        aside=aside,
    )


@cache
def corpus_page(slug: str) -> str:
    """Read a page that was written for the corpus."""
    return (CORPUS / slug / "page.html").read_text(encoding="utf-8")


@cache
def slugs() -> tuple[str, ...]:
    """Name the corpus pages that are UTF-8 HTML."""
    found = []
    for path in sorted(CORPUS.glob("*/page.html")):
        data = path.read_bytes()
        if b"utf-8" in data[:2000].lower() and b"<head>" in data:
            found.append(path.parent.name)
    return tuple(found)


def from_corpus(host: str, path: str, slug: str, version: int) -> str:
    """Write a corpus page with a mark; a later version has a paragraph more."""
    page = corpus_page(slug).replace("<head>", "<head>" + mark(host, path, version), 1)
    more = f"<p>Редакция дополнила материал, это уточнение {version - 1}.</p>"
    return page.replace("</article>", more + "</article>", 1) if version > 1 else page
