"""Lines that are furniture by their wording, and sentences that begin like it and are not."""

import pytest

from pipeline.strip.furniture import furniture
from pipeline.strip.wording import is_prose, is_teaser

FURNITURE = [
    ("Читайте также: В посёлке открыли школу", "related"),
    ("По теме", "related"),
    ("Подписывайтесь на наш канал в Telegram!", "subscribe"),
    ("Больше новостей в нашем телеграм-канале", "related"),
    ("Обнаружили опечатку? Выделите её и нажмите Ctrl+Enter", "misprint"),
    ("Фото: пресс-служба завода", "caption"),
    ("© РИА Заречье / Пётр Лосев", "caption"),
    ("Автор: Анна Ким", "author"),
    ("Теги: станки, Заречье", "tags"),
    ("Комментарии (12)", "comments"),
    ("12 марта 2024, 14:05", "clock"),
    ("USD ЦБ: 90,12 (+0,11)", "ticker"),
    ("Поделиться", "share"),
    ("Реклама. ООО «Заря». erid: 2Vtzq", "advert"),
    ("Перейти к основному контенту", "navigation"),
]
SENTENCES = [
    "Курс доллара на торгах во вторник вырос до 92 рублей, следует из данных биржи.",
    "Поделиться опытом в Заречье приехали специалисты из пяти областей.",
    "Самое интересное началось во втором тайме, когда на поле вышли запасные.",
    "Учредитель завода Пётр Лосев заявил, что выпуск вырастет вдвое.",
    "Сетевое издание «Вести Заречья» первым рассказало об открытии центра.",
    "Автор проекта Анна Ким рассказала, что музей откроют осенью.",
    "12 марта 2024 года в Заречье открыли центр станкостроения.",
    "Использование материалов из переработанного пластика удешевит дороги.",
    "Новости о ремонте моста жители встретили с радостью.",
    "Главная площадка форума разместится в новом корпусе завода.",
]


@pytest.mark.parametrize(("line", "rule"), FURNITURE)
def test_furniture(line, rule):
    found = furniture(line)
    assert found is not None
    assert found.rule == rule


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences(line):
    assert furniture(line) is None
    assert not is_teaser(line)
    assert is_prose(line)
