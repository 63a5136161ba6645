import pytest

from extractors import PlaceKind
from pipeline.fact import FactKind
from tests.pipeline.link.story import Story


def quantities(record):
    return [
        (f.roles["subject"], f.roles["measure"], f.roles.get("min"), f.roles.get("max"), f.status.value)
        for f in record.facts
        if f.kind is FactKind.QUANTITY_OF
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("кластер «Вега» насчитывает 64 компании.", ("компании", "64", "64", "actual")),
        ("кластер «Вега» объединяет двадцать семь предприятий.", ("предприятий", "27", "27", "actual")),
        ("кластер «Вега» вырос до 92 участников.", ("участников", "92", "92", "actual")),
        ("В кластер «Вега» войдут не менее 14 фабрик.", ("фабрик", "14", None, "planned")),
        ("За сезон кластер «Вега» посетили 1,3 млн туристов.", ("туристов", "1300000", "1300000", "actual")),
        ("кластер «Вега»: 84 организации, выручка растёт.", ("организации", "84", "84", "actual")),
        ("Число участников кластер «Вега» достигнет 40.", ("участников", "40", "40", "planned")),
        ("В кластер «Вега» будут работать до 15 операторов.", ("операторов", None, "15", "planned")),
    ],
)
def test_numbers_of_a_cluster(text, expected):
    assert quantities(Story(text).cluster("кластер «Вега»").record()) == [("clu1", *expected)]


def test_members_of_the_cluster_that_a_pronoun_means():
    text = "Кластер «Вега» растёт: в нём 22 организации."
    record = Story(text).cluster("Кластер «Вега»", "кластер «Вега»").record()
    assert quantities(record) == [("clu1", "организации", "22", "22", "actual")]


def test_what_a_fund_gives_and_a_region_makes():
    text = "Фонд «Исток» выдал девять займов. Тверская область собрала 7,9 тыс. тонн льна."
    record = Story(text).organization("Фонд «Исток»").place("Тверская область", "Тверская область").record()
    assert quantities(record) == [
        ("org1", "займов", "9", "9", "actual"),
        ("pla1", "тонн", "7900", "7900", "actual"),
    ]


def test_guests_belong_to_the_event_of_the_sentence_before():
    text = "Форум «Река» пройдёт в Твери. На нём ожидается свыше 1,5 тыс. гостей."
    record = Story(text).event("Форум «Река»", "Река").place("Твери", "Тверь", PlaceKind.CITY).record()
    assert quantities(record) == [("eve1", "гостей", "1500", None, "planned")]


def test_the_capacity_of_a_building_is_told_of_its_noun():
    record = Story("Построят новую гостиницу на 180 мест.").record()
    assert quantities(record) == [("новая гостиница", "мест", "180", "180", "planned")]


@pytest.mark.parametrize(
    "text",
    [
        "Фонд «Исток» подписал контракт на поставку 10 вагонов.",
        "Фонд «Исток» принял гостей из 20 организаций.",
        "Фонд «Исток» назвал имена двух участников.",
        "Фонд «Исток» говорил с 16 предприятиями.",
    ],
)
def test_numbers_that_say_nothing_of_the_body(text):
    assert quantities(Story(text).organization("Фонд «Исток»").record()) == []
