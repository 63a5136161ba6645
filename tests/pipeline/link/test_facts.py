from extractors import OrganizationKind, PlaceKind, TenureStatus
from pipeline.fact import FactKind
from tests.pipeline.link.story import Story


def facts(record, kind):
    return [fact for fact in record.facts if fact.kind == kind]


def test_every_fact_quotes_its_evidence():
    story = Story("Кластер «Вега» внесён в реестр Минпромторга. Фонд «Исток» подписал соглашение с банком «Волга».")
    record = (
        story.cluster("Кластер «Вега»", "кластер «Вега»")
        .organization("Фонд «Исток»")
        .organization("банком «Волга»", "банк «Волга»", OrganizationKind.BANK)
        .record()
    )
    assert {fact.kind for fact in record.facts} == {FactKind.IN_REGISTRY, FactKind.AGREEMENT_SIGNED}
    for fact in record.facts:
        evidence = fact.evidence
        assert story.text[evidence.start : evidence.stop] == evidence.quote


def test_each_cluster_of_an_enumeration_is_in_the_registry():
    record = (
        Story("В реестр промышленных кластеров вошли кластер «Вега», кластер «Лира» и кластер «Орион».")
        .cluster("кластер «Вега»")
        .cluster("кластер «Лира»")
        .cluster("кластер «Орион»")
        .record()
    )
    found = facts(record, FactKind.IN_REGISTRY)
    assert [fact.roles["subject"] for fact in found] == ["clu1", "clu2", "clu3"]
    assert {fact.roles["registry"] for fact in found} == {"реестр промышленных кластеров"}
    assert {fact.status for fact in found} == {"actual"}


def test_a_registry_not_entered_is_denied_and_one_to_be_entered_planned():
    denied = Story("Кластер «Вега» не вошёл в реестр.").cluster("Кластер «Вега»").record()
    planned = Story("Кластер «Вега» планируется включить в реестр.").cluster("Кластер «Вега»").record()
    assert [fact.status for fact in denied.facts] == ["denied"]
    assert [fact.status for fact in planned.facts] == ["planned"]


def test_an_amount_belongs_to_the_body_of_its_sentence_and_an_addition_to_the_same():
    record = (
        Story("Капитализация фонда «Исток» превышает 7 млрд рублей. Планируется добавить ещё 1 млрд рублей.")
        .organization("фонда «Исток»", "фонд «Исток»")
        .money("7 млрд рублей", "7000000000", measures="капитализация")
        .money("1 млрд рублей", "1000000000", "1000000000")
        .record()
    )
    held, added = facts(record, FactKind.AMOUNT_OF)
    assert (held.roles, held.status) == ({"subject": "org1", "measure": "капитализация", "money": "mon1"}, "actual")
    assert (added.roles["subject"], added.roles["measure"]) == ("org1", "добавление (капитализация)")
    assert added.status == "planned"


def test_an_unresolved_amount_states_nothing():
    record = (
        Story("Фонд «Исток» получил пару миллионов.")
        .organization("Фонд «Исток»")
        .money("пару миллионов", "1", unresolved="the count is vague")
        .record()
    )
    assert record.facts == ()


def test_the_newspaper_that_tells_owns_no_amount():
    record = (
        Story("Как сообщает «Вестник», проект стоит 5 млн рублей.")
        .organization("Вестник", kind=OrganizationKind.MEDIA)
        .money("5 млн рублей", "5000000", "5000000")
        .record()
    )
    (fact,) = facts(record, FactKind.AMOUNT_OF)
    assert fact.roles["subject"] == "проект"


def test_a_body_created_on_the_base_of_another():
    record = (
        Story("Проектный офис планируется создать на базе Фонда «Исток».")
        .organization("Фонда «Исток»", "Фонд «Исток»")
        .record()
    )
    (fact,) = facts(record, FactKind.CREATED_ON_BASE_OF)
    assert (fact.roles, fact.status) == ({"base": "org1", "subject": "проектный офис"}, "planned")


def test_posts_become_facts_with_their_status():
    text = "Министром туризма назначена Анна Берёзкина. Бывший депутат Олег Дуб."
    record = (
        Story(text)
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .person("Олег Дуб", "Олег", "Дуб")
        .official(
            "Министром туризма назначена Анна Берёзкина", "Министром туризма", "Анна Берёзкина", "министр туризма",
            status=TenureStatus.APPOINTED,
        )
        .official("депутат Олег Дуб", "депутат", "Олег Дуб", "депутат", status=TenureStatus.FORMER)
        .record()
    )  # fmt: skip
    assert [(fact.kind, fact.status) for fact in record.facts] == [
        ("appointed", "actual"),
        ("holds_position", "former"),
    ]


def test_relations_between_bodies_clusters_and_places():
    text = (
        "Кластер «Вега» расположен на севере Твери. Кластером «Вега» управляет фонд «Исток». "
        "В кластер «Вега» вошли ООО «Вектор» и ООО «Сектор». ООО «Вектор» входит в структуру холдинга «Север»."
    )
    record = (
        Story(text)
        .cluster("Кластер «Вега»", "кластер «Вега»")
        .cluster("Кластером «Вега»", "кластер «Вега»")
        .cluster("кластер «Вега»")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .organization("фонд «Исток»")
        .organization("ООО «Вектор»", kind=OrganizationKind.COMPANY)
        .organization("ООО «Вектор»", kind=OrganizationKind.COMPANY, occurrence=1)
        .organization("ООО «Сектор»", kind=OrganizationKind.COMPANY)
        .organization("холдинга «Север»", "холдинг «Север»", OrganizationKind.COMPANY)
        .record()
    )
    told = [
        (fact.kind.value, fact.roles["subject"], fact.roles.get("object") or fact.roles["place"])
        for fact in record.facts
    ]
    assert told == [
        ("located_in", "clu1", "pla1"),
        ("manages", "org1", "clu1"),
        ("participates_in", "org2", "clu1"),
        ("participates_in", "org3", "clu1"),
        ("part_of", "org2", "org4"),
    ]


def test_a_number_of_residents_is_a_quantity_with_its_bound():
    record = (
        Story("В кластере «Вега» работают более 20 промышленных предприятий.")
        .cluster("кластере «Вега»", "кластер «Вега»")
        .record()
    )
    (fact,) = facts(record, FactKind.QUANTITY_OF)
    assert fact.roles == {"subject": "clu1", "measure": "промышленных предприятий", "min": "20"}


def test_an_agreement_knows_its_place_event_and_source():
    text = "Соглашение подписано на форуме «Река» в Твери. Об этом сообщает администрация Твери."
    record = (
        Story(text)
        .event("форуме «Река»", "Река")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .organization("администрация Твери", kind=OrganizationKind.GOVERNMENT)
        .record()
    )
    (fact,) = facts(record, FactKind.AGREEMENT_SIGNED)
    assert (fact.place, fact.roles["event"], fact.roles["source"]) == ("pla1", "eve1", "org1")
