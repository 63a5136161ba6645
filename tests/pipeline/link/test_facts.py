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


def test_the_document_of_the_sentence_before_is_signed_by_the_bodies_of_the_signers():
    text = (
        "Стороны готовят меморандум. Его подписали министр торговли Тверской области Анна Берёзкина "
        "и президент банка «Волга» Олег Дуб."
    )
    story = Story(text).place("Тверской области", "Тверская область")
    story.organization("банка «Волга»", "банк «Волга»", OrganizationKind.BANK)
    story.person("Анна Берёзкина", "Анна", "Берёзкина").person("Олег Дуб", "Олег", "Дуб")
    story.official(
        "министр торговли Тверской области Анна Берёзкина", "министр торговли", "Анна Берёзкина", "министр торговли",
        "Тверской области",
    )  # fmt: skip
    story.official("президент банка «Волга» Олег Дуб", "президент", "Олег Дуб", "президент", "банка «Волга»")
    (fact,) = facts(story.record(), FactKind.AGREEMENT_SIGNED)
    assert (fact.roles["agreement"], fact.roles["subject"], fact.roles["object"]) == ("меморандум", "pla1", "org1")


def test_who_speaks_of_a_signing_signs_nothing():
    text = "Президент банка «Волга» Олег Дуб сообщил, что стороны подписали договор."
    story = Story(text).organization("банка «Волга»", "банк «Волга»", OrganizationKind.BANK)
    story.person("Олег Дуб", "Олег", "Дуб")
    story.official("Президент банка «Волга» Олег Дуб", "Президент", "Олег Дуб", "президент", "банка «Волга»")
    (fact,) = facts(story.record(), FactKind.AGREEMENT_SIGNED)
    assert fact.roles == {"agreement": "договор"}


def test_several_signers_give_a_fact_for_each_pair_with_the_first():
    text = "Соглашение подписали фонд «Исток», завод «Луч» и банк «Волга», сообщили в компании «Вектор»."
    record = (
        Story(text)
        .organization("фонд «Исток»")
        .organization("завод «Луч»", kind=OrganizationKind.COMPANY)
        .organization("банк «Волга»", kind=OrganizationKind.BANK)
        .organization("компании «Вектор»", "компания «Вектор»", OrganizationKind.COMPANY)
        .record()
    )
    told = [(f.roles["subject"], f.roles["object"]) for f in facts(record, FactKind.AGREEMENT_SIGNED)]
    assert told == [("org1", "org2"), ("org1", "org3")]


def test_an_event_is_held_where_a_pronoun_says_so_and_a_meeting_without_a_name_where_its_day_is_told():
    text = "Итоги подведут на форуме «Река». Он пройдёт в Твери 12 марта. Заседание комиссии назначено на 3 мая."
    record = (
        Story(text)
        .event("форуме «Река»", "Река")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .date("12 марта", "2024-03-12", "2024-03-12")
        .date("3 мая", "2024-05-03", "2024-05-03")
        .record()
    )
    told = [(f.roles["event"], f.status.value, f.date, f.place) for f in facts(record, FactKind.EVENT_HELD)]
    assert told == [("eve1", "planned", "dat1", "pla1"), ("заседание комиссии", "planned", "dat2", None)]


def test_a_body_meets_on_a_day():
    text = "Учёный совет института соберётся 5 мая. Участники говорили о мае."
    (fact,) = facts(Story(text).date("5 мая", "2024-05-05", "2024-05-05").record(), FactKind.EVENT_HELD)
    assert (fact.roles["event"], fact.status, fact.date) == ("учёный совет института", "planned", "dat1")


def test_who_leaves_is_dismissed_and_who_replaces_him_appointed():
    text = "Ректор Олег Дуб ушёл в отставку. Директор завода Иван Ясень работает. Слухи об отставке Ясень опроверг."
    story = Story(text).person("Олег Дуб", "Олег", "Дуб").person("Иван Ясень", "Иван", "Ясень")
    story.person("Ясень", "Иван", "Ясень", occurrence=1)
    story.official("Ректор Олег Дуб", "Ректор", "Олег Дуб", "ректор")
    story.official("Директор завода Иван Ясень", "Директор", "Иван Ясень", "директор")
    told = [(f.roles["person"], f.status.value) for f in facts(story.record(), FactKind.DISMISSED)]
    assert told == [("per1", "actual"), ("per2", "denied")]


def test_what_was_before_a_change_is_over():
    record = (
        Story("Капитал фонда «Исток» вырос с 2 млн до 3 млн рублей.")
        .organization("фонда «Исток»", "фонд «Исток»")
        .money("2 млн", "2000000", "2000000", measures="капитал")
        .money("3 млн рублей", "3000000", "3000000", measures="капитал")
        .record()
    )
    assert [f.status.value for f in facts(record, FactKind.AMOUNT_OF)] == ["former", "actual"]


def test_an_amount_of_nobody_is_told_of_the_noun_grammar_ties_it_to():
    record = (
        Story("Принята программа на 5 млн рублей. Местные аграрии получат 7 млн рублей.")
        .money("5 млн рублей", "5000000", "5000000")
        .money("7 млн рублей", "7000000", "7000000")
        .record()
    )
    assert [(f.roles.get("measure"), f.roles.get("subject")) for f in facts(record, FactKind.AMOUNT_OF)] == [
        ("программа", None),
        (None, "местные аграрии"),
    ]
