import pytest

from extractors import OrganizationKind, PlaceKind
from pipeline.fact import FactKind
from tests.pipeline.link.story import Story

COMPANY = OrganizationKind.COMPANY


def told(record, kind):
    return [
        (fact.roles.get("subject"), fact.roles.get("object") or fact.roles.get("place"), fact.status.value)
        for fact in record.facts
        if fact.kind is kind
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ООО «Вектор» входит в кластер «Вега».", "actual"),
        ("Прежде ООО «Вектор» входило в кластер «Вега».", "former"),
        ("В кластер «Вега» войдёт ООО «Вектор».", "planned"),
        ("Создаётся кластер «Вега»: якорем станет ООО «Вектор».", "planned"),
        ("Новый кластер «Вега» учредило ООО «Вектор».", "actual"),
        ("ООО «Вектор» не вошло в кластер «Вега».", "denied"),
    ],
)
def test_members_of_a_cluster(text, status):
    record = Story(text).cluster("кластер «Вега»").organization("ООО «Вектор»", kind=COMPANY).record()
    assert told(record, FactKind.PARTICIPATES_IN) == [("org1", "clu1", status)]


def test_a_pronoun_stands_for_the_cluster_named_before():
    text = "Кластер «Вега» растёт. В него вошли ООО «Вектор», фонд «Исток» и завод «Луч»."
    story = Story(text).cluster("Кластер «Вега»", "кластер «Вега»").organization("ООО «Вектор»", kind=COMPANY)
    record = story.organization("фонд «Исток»").organization("завод «Луч»", kind=COMPANY).record()
    assert [subject for subject, _, _ in told(record, FactKind.PARTICIPATES_IN)] == ["org1", "org2", "org3"]


def test_who_merely_stands_in_the_sentence_is_no_member():
    text = "Банк «Волга» выдал кредит ООО «Вектор», которое входит в кластер «Вега»."
    record = (
        Story(text)
        .cluster("кластер «Вега»")
        .organization("Банк «Волга»", "банк «Волга»", OrganizationKind.BANK)
        .organization("ООО «Вектор»", kind=COMPANY)
        .record()
    )
    assert "org1" not in {subject for subject, _, _ in told(record, FactKind.PARTICIPATES_IN)}


def test_organizers_of_an_exposition_and_who_supports_them():
    text = "Форум «Река» открыт. Экспозицию собрали завод «Луч» и фонд «Исток» при поддержке банка «Волга»."
    record = (
        Story(text)
        .event("Форум «Река»", "Река")
        .organization("завод «Луч»", kind=COMPANY)
        .organization("фонд «Исток»")
        .organization("банка «Волга»", "банк «Волга»", OrganizationKind.BANK)
        .record()
    )
    assert told(record, FactKind.PARTICIPATES_IN) == [("org1", "eve1", "actual"), ("org2", "eve1", "actual")]
    assert {f.roles.get("support") for f in record.facts if f.kind is FactKind.PARTICIPATES_IN} == {"org3"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Кластер «Вега» (Тверская область) растёт.", "actual"),
        ("Кластер «Вега» не работает, он (Тверская область) закрыт.", None),
    ],
)
def test_where_a_cluster_is(text, status):
    record = Story(text).cluster("Кластер «Вега»", "кластер «Вега»").place("Тверская область", "Тверская область")
    assert told(record.record(), FactKind.LOCATED_IN) == ([("clu1", "pla1", status)] if status else [])


def test_the_residents_of_a_cluster_are_listed_behind_a_dash():
    text = "Резиденты кластера «Вега» — ООО «Вектор» и завод «Луч»."
    record = (
        Story(text)
        .cluster("кластера «Вега»", "кластер «Вега»")
        .organization("ООО «Вектор»", kind=COMPANY)
        .organization("завод «Луч»", kind=COMPANY)
        .record()
    )
    assert [subject for subject, _, _ in told(record, FactKind.PARTICIPATES_IN)] == ["org1", "org2"]


def test_who_becomes_a_resident():
    text = "ООО «Вектор» станет резидентом кластера «Вега»."
    record = Story(text).organization("ООО «Вектор»", kind=COMPANY).cluster("кластера «Вега»", "кластер «Вега»")
    assert told(record.record(), FactKind.PARTICIPATES_IN) == [("org1", "clu1", "planned")]


def test_a_body_that_will_manage_the_clusters_it_lists():
    text = "Фонд «Исток» станет специализированной организацией двух кластеров: кластер «Вега» и кластер «Лира»."
    record = Story(text).organization("Фонд «Исток»").cluster("кластер «Вега»").cluster("кластер «Лира»").record()
    assert told(record, FactKind.MANAGES) == [("org1", "clu1", "planned"), ("org1", "clu2", "planned")]


def test_a_company_of_a_city_and_a_work_to_be_built():
    text = "ООО «Вектор» из Твери растёт. Власти договорились о строительстве в Ржеве завода кирпичей."
    record = (
        Story(text)
        .organization("ООО «Вектор»", kind=COMPANY)
        .place("Твери", "Тверь", PlaceKind.CITY)
        .place("Ржеве", "Ржев", PlaceKind.CITY)
        .record()
    )
    assert told(record, FactKind.LOCATED_IN) == [("org1", "pla1", "actual"), ("завод кирпичей", "pla2", "planned")]


def test_a_relative_clause_means_the_name_right_before_it():
    text = "Кластер «Вега», который строят в Твери, растёт. В кластер «Вега» везут воду, которая стоит в Твери."
    record = (
        Story(text)
        .cluster("Кластер «Вега»", "кластер «Вега»")
        .cluster("кластер «Вега»")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .place("Твери", "Тверь", PlaceKind.CITY, occurrence=1)
        .record()
    )
    assert told(record, FactKind.LOCATED_IN) == [("clu1", "pla1", "actual")]


def test_contact_with_a_government_is_no_place():
    record = (
        Story("ООО «Вектор» находится в контакте с российским правительством.")
        .organization("ООО «Вектор»", kind=COMPANY)
        .place("российским", "Россия", PlaceKind.COUNTRY)
        .record()
    )
    assert told(record, FactKind.LOCATED_IN) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Управляет кластером «Вега» фонд «Исток».", "actual"),
        ("Управлять кластером «Вега» будет фонд «Исток».", "planned"),
    ],
)
def test_who_manages_a_cluster(text, status):
    record = Story(text).cluster("кластером «Вега»", "кластер «Вега»").organization("фонд «Исток»").record()
    assert told(record, FactKind.MANAGES) == [("org1", "clu1", status)]


def test_his_managing_company_stands_behind_the_comma():
    text = "Кластер «Вега» растёт. Его управляющая компания, АО «Вега-Проект», строит цех."
    record = Story(text).cluster("Кластер «Вега»", "кластер «Вега»").organization("АО «Вега-Проект»", kind=COMPANY)
    assert told(record.record(), FactKind.MANAGES) == [("org1", "clu1", "actual")]


def test_new_members_of_a_union():
    text = "Съезд принял в союз «Сеть» новых членов: кластер «Вега» и кластер «Лира»."
    record = (
        Story(text)
        .organization("союз «Сеть»", kind=OrganizationKind.ASSOCIATION)
        .cluster("кластер «Вега»")
        .cluster("кластер «Лира»")
        .record()
    )
    assert told(record, FactKind.PART_OF) == [("clu1", "org1", "actual"), ("clu2", "org1", "actual")]


def test_a_noun_with_words_of_its_own_refers_to_nothing_named():
    text = "Кластер «Вега» работает. В Твери появится молочный кластер, его учредит ООО «Вектор»."
    record = (
        Story(text)
        .cluster("Кластер «Вега»", "кластер «Вега»")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .organization("ООО «Вектор»", kind=COMPANY)
        .record()
    )
    assert told(record, FactKind.LOCATED_IN) in ([], [("молочный кластер", "pla1", "planned")])
