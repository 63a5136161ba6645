import json
import os
from pathlib import Path

import pytest

from extractors import TenureStatus, analyse, officials
from extractors._posts.heads import head_of
from extractors._posts.phrases import posts

DATA = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def found(text):
    """Each official as (person, position, scope), person and scope as printed."""
    mentions = list(officials.extract(analyse(text)))
    cut = lambda span: text[span.start : span.stop] if span else None  # noqa: E731
    return [(cut(m.value.person), m.value.position, cut(m.value.scope)) for m in mentions]


def test_two_posts_of_one_person():
    text = "Гостей встречали вице-президент союза, директор фонда «Грань» Анна Быстрова и мэр Самары Илья Громов."
    assert sorted(found(text)) == [
        ("Анна Быстрова", "вице-президент", "союза"),
        ("Анна Быстрова", "директор", "фонда «Грань»"),
        ("Илья Громов", "мэр", "Самары"),
    ]


def test_two_posts_joined_by_a_dash():
    text = "Об этом сказал вице-губернатор — министр инвестиций области Илья Громов."
    assert [(person, post) for person, post, _ in found(text)] == [
        ("Илья Громов", "вице-губернатор"),
        ("Илья Громов", "министр инвестиций"),
    ]


def test_one_post_of_two_persons():
    text = "Решение поддержали заместители министра Олег Быстров и Пётр Лаптев."
    assert [(person, post) for person, post, _ in found(text)] == [
        ("Олег Быстров", "заместитель министра"),
        ("Пётр Лаптев", "заместитель министра"),
    ]


def test_old_and_new_post_of_one_sentence():
    text = "Гендиректором компании стала экс-глава завода Мария Кравчук."
    mentions = {m.value.position: m.value.status for m in officials.extract(analyse(text))}
    assert mentions == {"гендиректор": TenureStatus.APPOINTED, "глава": TenureStatus.FORMER}


def test_position_span_is_the_post_alone():
    text = "Выступила заместитель министра культуры Пермского края Ольга Светлова."
    (mention,) = officials.extract(analyse(text))
    span = mention.value.position_span
    assert text[span.start : span.stop] == "заместитель министра культуры"


@pytest.mark.parametrize(
    ("word", "nominative"),
    [
        ("замминистра", "замминистра"),
        ("замглавой", "замглава"),
        ("вице-мэром", "вице-мэр"),
        ("экс-главу", "глава"),
        ("директора-распорядителя", "директор-распорядитель"),
        ("пресс-секретаря", "пресс-секретарь"),
    ],
)
def test_head_words(word, nominative):
    doc = analyse(f"Видели {word} завода.")
    assert head_of(doc[1]).nominative == nominative


def test_a_preposition_is_no_ambassador():
    assert not posts(analyse("После этого цех закрыли."))


def test_officials_of_the_seed():
    path = DATA / "seed" / "record.json"
    if not path.exists():
        pytest.skip(f"no data at {path}; set SVODKA_DATA")
    record = json.loads(path.read_text(encoding="utf-8"))
    gold = {(official["person"], official["position"]) for official in record["officials"]}
    assert {(person, post) for person, post, _ in found(record["text"])} == gold


def told(text):
    """Each official as (person, position, status), person as printed, in the order found."""
    mentions = officials.extract(analyse(text))
    return {
        (text[m.value.person.start : m.value.person.stop], m.value.position, m.value.status.value) for m in mentions
    }


@pytest.mark.parametrize(
    ("text", "person", "position", "status"),
    [
        ("Пост мэра оставил Олег Быстров. Его сменила Анна Веснина.", "Анна Веснина", "мэр", "appointed"),
        (
            "Директором завода был Олег Быстров. Преемницей стала Анна Веснина.",
            "Анна Веснина",
            "директор",
            "appointed",
        ),
        (
            "Министром культуры назначена Анна Веснина. Её предшественник Олег Быстров освобождён от должности.",
            "Олег Быстров",
            "министр культуры",
            "dismissed",
        ),
        ("Вместо Олега Быстрова завод возглавила Анна Веснина.", "Олега Быстрова", "глава", "former"),
        (
            "Директор завода Олег Быстров покинул пост, уступив его инженеру Петру Громову.",
            "Петру Громову",
            "директор",
            "appointed",
        ),
        (
            "Мэр Олег Быстров уволен. Исполнение обязанностей возложено на заместителя мэра Петра Громова.",
            "Петра Громова",
            "мэр",
            "acting",
        ),
        (
            "Ректор Олег Быстров уволен. Временно исполнять его обязанности будет Анна Веснина.",
            "Анна Веснина",
            "ректор",
            "acting",
        ),
        ("Обязанности директора фонда возложены на Анну Веснину.", "Анну Веснину", "директор", "acting"),
        ("Полномочия министра спорта региона исполняет Олег Быстров.", "Олег Быстров", "министр спорта", "acting"),
        ("Институтом временно руководит Олег Быстров.", "Олег Быстров", "руководитель", "acting"),
        (
            "Говорил Олег Быстров, в прошлом директор завода, а до 2019 года — проректор Северного института.",
            "Олег Быстров",
            "проректор",
            "former",
        ),
        (
            "Анна Веснина, прежде заместитель министра культуры области, ушла.",
            "Анна Веснина",
            "заместитель министра культуры",
            "former",
        ),
        ("Олег Быстров перейдёт в Фонд «Грань» советником.", "Олег Быстров", "советник", "appointed"),
        (
            "Олег Быстров перешёл в ОАО «Грань», где займёт пост вице-президента.",
            "Олег Быстров",
            "вице-президент",
            "appointed",
        ),
    ],
)
def test_how_a_post_changes_hands(text, person, position, status):
    assert (person, position, status) in told(text)


def test_governor_whose_adviser_is_appointed():
    text = "Анна Веснина стала советником губернатора Томской области Олега Быстрова."
    assert told(text) == {
        ("Олега Быстрова", "губернатор", "current"),
        ("Анна Веснина", "советник губернатора", "appointed"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Спикер форума Олег Быстров рассказал о рынке.",
        "Немецкий режиссёр Олег Быстров приехал.",
        "Приехали Олег Быстров и его преемник.",
        "Суд оправдал экс-кандидата в президенты Олега Быстрова.",
        "Выступил кандидат на пост мэра Олег Быстров.",
    ],
)
def test_no_post(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "position", "scope"),
    [
        ("Заведующий отделом Северного института Олег Быстров спорит.", "заведующий отделом", "Северного института"),
        ("Начальник отдела агентства связи Олег Быстров ушёл.", "начальник отдела", "агентства связи"),
        ("Министр развития Арктики и экономики Анна Веснина ответила.", "министр развития Арктики и экономики", None),
        (
            "Заместитель губернатора области по научному комплексу Олег Быстров ответил.",
            "заместитель губернатора по научному комплексу",
            "области",
        ),
    ],
)
def test_what_a_position_is_over(text, position, scope):
    assert [row[1:] for row in found(text)] == [(position, scope)]
