import pytest

from pipeline.fact import FactKind
from tests.pipeline.link.story import Story


def entries(record):
    return [(fact.roles["subject"], fact.status.value) for fact in record.facts if fact.kind is FactKind.IN_REGISTRY]


VEGA = "Кластер «Вега» вошёл в реестр Минпромторга. "


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Кластер «Вега» внесён в реестр в мае.", "actual"),
        ("Кластер «Вега» в реестре с 2016 года.", "actual"),
        ("Кластер «Вега» не вошёл в реестр.", "denied"),
        ("Кластер «Вега» сможет попасть в реестр.", "hypothetical"),
        ("Кластер «Вега» планируют включить в реестр.", "planned"),
        ("Кластер «Вега» исключён из реестра.", "former"),
        ("Кластер «Вега» исключат из реестра в мае.", "planned"),
        ("Ведомство отказалось вносить кластер «Вега» в реестр.", "denied"),
    ],
)
def test_the_words_around_a_register_give_the_status(text, status):
    words = "Кластер «Вега»" if "Кластер" in text else "кластер «Вега»"
    record = Story(text).cluster(words, "кластер «Вега»").record()
    assert entries(record) == [("clu1", status)]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Заявку кластера «Лира» подадут в мае.", "planned"),
        ("Заявку кластера «Лира» отклонили.", "denied"),
        ("Комиссия рассмотрит заявку кластера «Лира».", "hypothetical"),
        ("В перечень попал также кластер «Лира».", "actual"),
        ("Статуса лишился кластер «Лира».", "former"),
    ],
)
def test_an_application_or_a_list_counts_where_the_article_has_a_register(sentence, status):
    words = "кластера «Лира»" if "кластера" in sentence else "кластер «Лира»"
    story = Story(VEGA + sentence).cluster("Кластер «Вега»", "кластер «Вега»").cluster(words, "кластер «Лира»")
    assert entries(story.record()) == [("clu1", "actual"), ("clu2", status)]
    alone = Story(sentence).cluster(words, "кластер «Лира»").record()
    assert entries(alone) == []


def test_an_application_for_money_is_none_for_the_register():
    text = VEGA + "Кластер «Вега» подаст заявку на грант."
    record = (
        Story(text)
        .cluster("Кластер «Вега»", "кластер «Вега»")
        .cluster("Кластер «Вега»", "кластер «Вега»", occurrence=1)
        .record()
    )
    assert entries(record) == [("clu1", "actual")]


def test_the_first_and_the_others_of_a_row():
    text = (
        "В союз вступили кластер «Вега», кластер «Лира» и кластер «Орион». "
        "Первые два внесены в реестр, остальные заявки подадут до мая."
    )
    story = Story(text)
    for name in ("кластер «Вега»", "кластер «Лира»", "кластер «Орион»"):
        story.cluster(name)
    assert entries(story.record()) == [("clu1", "actual"), ("clu2", "actual"), ("clu3", "planned")]


def test_each_part_of_a_sentence_has_its_own_status():
    text = "Из реестра исключён кластер «Вега»; список пополнил кластер «Лира», а заявку кластера «Орион» отклонили."
    record = (
        Story(text).cluster("кластер «Вега»").cluster("кластер «Лира»").cluster("кластера «Орион»", "кластер «Орион»")
    ).record()
    assert sorted(entries(record)) == [("clu1", "former"), ("clu2", "actual"), ("clu3", "denied")]


def test_those_admitted_are_listed_right_after_the_register():
    text = "Реестр промышленных кластеров пополнили двое. Среди принятых — кластер «Вега» и кластер «Лира»."
    record = Story(text).cluster("кластер «Вега»").cluster("кластер «Лира»").record()
    assert entries(record) == [("clu1", "actual"), ("clu2", "actual")]
    assert {fact.roles["registry"] for fact in record.facts} == {"реестр промышленных кластеров"}
