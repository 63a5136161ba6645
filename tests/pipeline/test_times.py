"""Times as pages print them, for machines and for people."""

from datetime import UTC, date, datetime

import pytest

from pipeline.strip.authors import line_authors, names
from pipeline.strip.headline import site_part, without_site
from pipeline.times import address_day, machine_time, visible_time

MACHINE = [
    ("2024-03-12T14:05:00+03:00", "2024-03-12T14:05:00+03:00"),
    ("2024-03-12T14:05:00+0300", "2024-03-12T14:05:00+03:00"),
    ("2024-03-12T11:05:00.123Z", "2024-03-12T11:05:00+00:00"),
    ("2024-03-12 14:05", "2024-03-12T14:05:00"),
    ("2024-03-12T00:00:00", "2024-03-12T00:00:00"),
    ("2024-03-12T14:05 MSK+0300", "2024-03-12T14:05:00+03:00"),
    ("12 Mar 2024", "2024-03-12"),
    ("20240312T1405", "2024-03-12T14:05:00"),
    ("2024-03-12", "2024-03-12"),
    ("Tue, 12 Mar 2024 14:05:00 +0300", "2024-03-12T14:05:00+03:00"),
    ("1710241500", "2024-03-12T11:05:00+00:00"),
]
VISIBLE = [
    ("12 марта 2024, 14:05", "2024-03-12T14:05:00"),
    ("14:05, 12 марта 2024", "2024-03-12T14:05:00"),
    ("12 мар. 2024 14:05 (мск)", "2024-03-12T14:05:00+03:00"),
    ("Опубликовано: 12.03.2024 в 14:05", "2024-03-12T14:05:00"),
    ("12.03.24", "2024-03-12"),
    ("Экономика | 12 марта 2024 г.", "2024-03-12"),
    ("March 12, 2024", "2024-03-12"),
]
NO_TIME = [
    "Сегодня, 14:05",
    "12 марта, 14:05",
    "Сегодня 12 марта 2024 года, вторник",
    "Обновлено: 12 марта 2024",
    "Свидетельство от 12.03.2024",
    "32 марта 2024",
    "12 марта 1950",
    "Завод откроют 12 марта 2024 года, и это станет событием для всего края и его жителей.",
]


@pytest.mark.parametrize(("value", "expected"), MACHINE)
def test_machine_time(value, expected):
    assert machine_time(value, None).isoformat() == expected


@pytest.mark.parametrize(("line", "expected"), VISIBLE)
def test_visible_time(line, expected):
    assert visible_time(line, None).isoformat() == expected


@pytest.mark.parametrize("line", NO_TIME)
def test_no_time(line):
    assert visible_time(line, None) is None


@pytest.mark.parametrize(
    "value", ["", "0000-00-00T00:00:00", "2024-13-40", "9" * 13, "+00:00", "2199-01-01", "1970-01-01T00:00:00Z"]
)
def test_impossible_time(value):
    assert machine_time(value, None) is None


def test_time_after_the_page_was_read():
    assert machine_time("2024-03-14T10:00:00+03:00", datetime(2024, 3, 12, tzinfo=UTC)) is None
    assert machine_time("2024-03-12T10:00:00", datetime(2024, 3, 12, tzinfo=UTC)) is not None


def test_years_that_no_clock_is_asked_about():
    assert machine_time("2098-03-14", None) == date(2098, 3, 14)
    assert machine_time("2100-03-14", None) is None
    assert machine_time("2024-03-14", datetime(2024, 3, 12, tzinfo=UTC)) is None


def test_day_of_an_address():
    assert address_day("https://example.ru/20240312/zavod.html", None) == date(2024, 3, 12)
    assert address_day("https://example.ru/news/20241399", None) is None


def test_names():
    assert names("Анна КИМ и Пётр Лосев") == ("Анна КИМ", "Пётр Лосев")
    assert names("А. С. Ким") == ("А. С. Ким",)
    assert names("Отдел новостей") == names("https://example.ru/author") == names("Нижний Новгород") == ()
    assert line_authors("12.03.2024 Автор: Анна Ким") == ("Анна Ким",)


def test_site_names():
    assert site_part("Завод открыли в крае - Вести Края, 12.03.2024", "Завод открыли в крае") == "Вести Края"
    assert site_part("Вести Края :: Завод открыли в крае", "Завод открыли в крае") == "Вести Края"
    assert without_site("Завод-автомат открыли в крае | Вести", None) == "Завод-автомат открыли в крае"
