from extractors import ClusterStatus, Kind, OrganizationKind, OrganizationName, PlaceKind
from tests.pipeline.link.story import Story

COMPANY = OrganizationKind.COMPANY


def test_a_back_reference_is_written_out_and_joined():
    record = (
        Story("Тверская область. Фонд развития туризма области и Фонд развития туризма.")
        .place("Тверская область", "Тверская область")
        .organization("Фонд развития туризма области", territory="области")
        .organization("Фонд развития туризма", occurrence=1)
        .record()
    )
    (fund,) = record.organizations
    assert (fund.name, fund.region) == ("Фонд развития туризма Тверской области", "Тверская область")
    assert [m.text for m in fund.mentions] == ["Фонд развития туризма области", "Фонд развития туризма"]


def test_a_back_reference_to_nothing_stays_as_printed():
    record = Story("Фонд развития туризма области.").organization(
        "Фонд развития туризма области", territory="области"
    ).record()  # fmt: skip
    assert (record.organizations[0].name, record.organizations[0].region) == ("Фонд развития туризма области", None)


def test_short_names_abbreviations_and_legal_forms_join():
    record = (
        Story("ПАО «Вектор», «Вектор», Центр малых рек (ЦМР), ЦМР и фонд «Исток».")
        .organization("ПАО «Вектор»", kind=COMPANY)
        .organization("Вектор", kind=COMPANY, occurrence=1)
        .organization("Центр малых рек", aliases=("ЦМР",))
        .organization("ЦМР", occurrence=1)
        .organization("фонд «Исток»")
        .record()
    )
    names = [(o.name, len(o.mentions)) for o in record.organizations]
    assert names == [("ПАО «Вектор»", 2), ("Центр малых рек", 2), ("фонд «Исток»", 1)]
    assert "ЦМР" in record.organizations[1].aliases


def test_a_short_name_that_fits_two_means_the_one_named_last():
    record = (
        Story("Банк Волга Север, Банк Волга Юг, Банк Волга.")
        .organization("Банк Волга Север", kind=COMPANY)
        .organization("Банк Волга Юг", kind=COMPANY)
        .organization("Банк Волга", kind=COMPANY, occurrence=2)
        .record()
    )
    assert [(o.name, len(o.mentions)) for o in record.organizations] == [("Банк Волга Север", 1), ("Банк Волга Юг", 2)]


def test_bodies_of_two_regions_stay_apart():
    record = (
        Story("Минздрав Тверской области, минздрав Пермского края и пермский минздрав.")
        .place("Тверской области", "Тверская область")
        .place("Пермского края", "Пермский край")
        .organization("Минздрав Тверской области", territory="Тверской области")
        .organization("минздрав Пермского края", territory="Пермского края")
        .organization("пермский минздрав")
        .record()
    )
    assert [(o.region, len(o.mentions)) for o in record.organizations] == [
        ("Тверская область", 1),
        ("Пермский край", 2),
    ]


def test_synonyms_and_forms_of_one_word_join():
    record = (
        Story("Банк России и ЦБ; «Ростелл», у «Ростелла».")
        .organization("Банк России", kind=OrganizationKind.BANK)
        .organization("ЦБ", kind=OrganizationKind.BANK)
        .organization("Ростелл", kind=COMPANY)
        .organization("Ростелла", kind=COMPANY)
        .record()
    )
    assert [o.name for o in record.organizations] == ["Банк России", "Ростелл"]


def test_an_inner_organization_is_the_parent():
    record = (
        Story("Департамент культуры администрации Твери.")
        .organization("Департамент культуры администрации Твери", kind=OrganizationKind.GOVERNMENT)
        .organization("администрации Твери", "администрация Твери", OrganizationKind.GOVERNMENT)
        .record()
    )
    assert [(o.id, o.parent) for o in record.organizations] == [("org1", "org2"), ("org2", None)]


def test_a_surname_joins_its_only_bearer():
    record = (
        Story("Анна Берёзкина, Олег Дуб, Берёзкина и Ирина Дуб. Дуб.")
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .person("Олег Дуб", "Олег", "Дуб")
        .person("Берёзкина", None, "Березкина", occurrence=1)
        .person("Ирина Дуб", "Ирина", "Дуб")
        .person("Дуб", None, "Дуб", occurrence=2)
        .record()
    )
    assert [(p.name, len(p.mentions)) for p in record.persons] == [
        ("Анна Берёзкина", 2),
        ("Олег Дуб", 1),
        ("Ирина Дуб", 2),  # the one named last before the bare surname
    ]


def test_initials_join_the_full_name_and_add_nothing():
    record = (
        Story("Анна Павловна Берёзкина; А. П. Берёзкина; В. Берёзкина")
        .person("Анна Павловна Берёзкина", "Анна", "Берёзкина", "Павловна")
        .person("А. П. Берёзкина", "А.", "Берёзкина", "П.")
        .person("В. Берёзкина", "В.", "Берёзкина")
        .record()
    )
    assert [(p.name, len(p.mentions)) for p in record.persons] == [
        ("Анна Павловна Берёзкина", 2),
        ("В. Берёзкина", 1),
    ]


def test_clusters_join_by_their_quoted_name_and_keep_the_strongest_status():
    record = (
        Story("Тверская область. Кластер «Вега», промышленный кластер «Вега» и «Вега».")
        .place("Тверская область", "Тверская область")
        .cluster("Кластер «Вега»", "кластер «Вега»")
        .cluster("промышленный кластер «Вега»", status=ClusterStatus.IN_REGISTRY)
        .cluster("Вега", "Вега", occurrence=2)
        .record()
    )
    (cluster,) = record.clusters
    assert (cluster.name, cluster.status) == ("промышленный кластер «Вега»", ClusterStatus.IN_REGISTRY)
    assert (cluster.region, len(cluster.mentions)) == ("Тверская область", 3)


def test_an_event_takes_place_and_days_from_the_sentence_that_holds_it():
    record = (
        Story("«Речфорум» ждут 1 мая. «Речфорум» пройдёт в Твери с 3 по 5 июня.")
        .event("Речфорум")
        .event("Речфорум", occurrence=1)
        .date("1 мая", "2024-05-01", "2024-05-01")
        .date("с 3 по 5 июня", "2024-06-03", "2024-06-05")
        .place("Твери", "Тверь", PlaceKind.CITY, "Тверская область")
        .record()
    )
    (event,) = record.events
    assert (event.place, event.start, event.stop) == ("Тверь", "2024-06-03", "2024-06-05")


def test_the_amounts_are_decimal_strings_in_full_digits():
    record = Story("7 млрд рублей").money("7 млрд рублей", "7E+9", "7000000000.50").record()
    assert (record.money[0].min, record.money[0].max) == ("7000000000", "7000000000.5")


def test_a_bare_ministry_is_the_states_and_not_the_regions():
    record = (
        Story("Министерство сельского хозяйства Тверской области и Минсельхоз.")
        .place("Тверской области", "Тверская область")
        .organization("Министерство сельского хозяйства Тверской области", territory="Тверской области")
        .organization("Минсельхоз")
        .record()
    )
    assert [o.region for o in record.organizations] == ["Тверская область", None]


def test_between_the_states_ministry_and_the_regions_the_first_letter_tells():
    record = (
        Story("Минстрой России, минстрой Тверской области, в минстрое и Минстрое.")
        .place("Тверской области", "Тверская область")
        .organization("Минстрой России", territory="России")
        .organization("минстрой Тверской области", territory="Тверской области")
        .organization("минстрое", name="минстрой")
        .organization("Минстрое", name="Минстрой")
        .record()
    )
    of_state, of_region = record.organizations
    assert [m.text for m in of_state.mentions] == ["Минстрой России", "Минстрое"]
    assert [m.text for m in of_region.mentions] == ["минстрой Тверской области", "минстрое"]


def test_an_adjective_that_refers_to_the_region_is_no_part_of_the_comparison():
    record = (
        Story("Правительство Тверской области, областное правительство.")
        .place("Тверской области", "Тверская область")
        .organization("Правительство Тверской области", territory="Тверской области")
        .organization("областное правительство")
        .record()
    )
    assert len(record.organizations) == 1


def test_a_name_may_leave_out_a_first_name_the_body_above_or_the_town():
    record = (
        Story(
            "Студия имени Ивана Сомова, студия имени Сомова; палата мер конгресса Урании, палата мер Урании; "
            "Заречный кукольный театр, кукольный театр."
        )
        .organization("Студия имени Ивана Сомова")
        .organization("студия имени Сомова")
        .organization("палата мер конгресса Урании")
        .organization("палата мер Урании")
        .record()
    )
    assert [len(o.mentions) for o in record.organizations] == [2, 2]


def test_a_territory_lent_by_the_next_body_is_written_out():
    story = Story("Тверская область. Министерство торговли и фонд области.")
    lent = OrganizationName("Министерство торговли", OrganizationKind.GOVERNMENT, territory=story.span("области"))
    record = (
        story.place("Тверская область", "Тверская область")
        .add(Kind.ORGANIZATION, "Министерство торговли", lent)
        .organization("фонд области", territory="области")
        .record()
    )
    assert record.organizations[0].name == "Министерство торговли Тверской области"


def test_a_bare_ministry_after_another_country_is_not_the_one_named_before():
    text = "МИД Италии ответил. МИД подтвердил. Затем он посетил Финляндию и главу МИДа."
    record = (
        Story(text)
        .organization("МИД Италии", territory="Италии", kind=OrganizationKind.GOVERNMENT)
        .organization("МИД", kind=OrganizationKind.GOVERNMENT, occurrence=1)
        .place("Италии", "Италия", PlaceKind.COUNTRY)
        .place("Финляндию", "Финляндия", PlaceKind.COUNTRY)
        .organization("МИДа", "МИД", OrganizationKind.GOVERNMENT)
        .record()
    )
    assert [(o.name, len(o.mentions)) for o in record.organizations] == [("МИД Италии", 2), ("МИД", 1)]


def test_an_event_and_its_abbreviation_are_one():
    record = (
        Story("На ВРФ-2021 говорили долго. Волжский речной форум прошёл в Твери.")
        .event("ВРФ-2021", year=2021)
        .event("Волжский речной форум")
        .record()
    )
    assert [(e.name, len(e.mentions)) for e in record.events] == [("ВРФ-2021", 2)]


def test_bodies_of_two_countries_stay_apart():
    record = (
        Story("МИД Норвегии направил ноту. МИД Исландии ответил. Исландский МИД нот не публикует.")
        .organization("МИД Норвегии", territory="Норвегии")
        .organization("МИД Исландии", territory="Исландии")
        .organization("Исландский МИД")
        .record()
    )
    assert [o.name for o in record.organizations][:2] == ["МИД Норвегии", "МИД Исландии"]
    assert all("Исландский МИД" not in o.aliases for o in record.organizations[:1])


def test_a_firm_is_no_short_form_of_another_that_adds_a_noun():
    record = (
        Story("Бериллон нефть открыла склад. Владелец — Бериллон.")
        .organization("Бериллон нефть")
        .organization("Бериллон", occurrence=1)
        .record()
    )
    assert [o.name for o in record.organizations] == ["Бериллон нефть", "Бериллон"]


def test_a_well_known_abbreviation_is_nobody_elses():
    record = (
        Story("Европейский совет собрался в среду. ЕС ввёл пошлины.")
        .organization("Европейский совет")
        .organization("ЕС")
        .record()
    )
    assert [o.name for o in record.organizations] == ["Европейский совет", "ЕС"]
