from extractors import OrganizationKind, PlaceKind, TenureStatus
from tests.pipeline.link.story import Story


def test_a_post_in_a_named_body():
    record = (
        Story("Директор фонда «Исток» Анна Берёзкина")
        .organization("фонда «Исток»", "фонд «Исток»")
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .official("Директор фонда «Исток» Анна Берёзкина", "Директор", "Анна Берёзкина", "директор", "фонда «Исток»")
        .record()
    )
    (official,) = record.officials
    assert (official.organization, official.organization_id) == ("фонд «Исток»", "org1")
    assert (official.person_id, official.territory, official.unresolved) == ("per1", None, None)
    assert official.position_mentions[0].text == "Директор"


def test_a_post_in_a_territory():
    record = (
        Story("Мэр Твери Анна Берёзкина")
        .place("Твери", "Тверь", PlaceKind.CITY, "Тверская область")
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .official("Мэр Твери Анна Берёзкина", "Мэр", "Анна Берёзкина", "мэр", "Твери")
        .record()
    )
    (official,) = record.officials
    assert (official.organization, official.territory, official.place_id) == ("Тверь", "Тверь", "pla1")
    assert official.organization_id is None


def test_a_back_reference_becomes_the_region_of_the_article():
    record = (
        Story("В Тверской области. Министр туризма региона Анна Берёзкина")
        .place("Тверской области", "Тверская область")
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .official(
            "Министр туризма региона Анна Берёзкина", "Министр туризма", "Анна Берёзкина", "министр туризма", "региона"
        )
        .record()
    )
    assert record.officials[0].territory == "Тверская область"


def test_a_back_reference_to_nothing_is_flagged():
    record = (
        Story("Министр туризма региона Анна Берёзкина")
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .official(
            "Министр туризма региона Анна Берёзкина", "Министр туризма", "Анна Берёзкина", "министр туризма", "региона"
        )
        .record()
    )
    assert record.officials[0].organization is None
    assert "региона" in record.officials[0].unresolved


def test_the_company_is_the_one_named_before():
    record = (
        Story("ООО «Вектор» растёт. Директор компании Анна Берёзкина")
        .organization("ООО «Вектор»", kind=OrganizationKind.COMPANY)
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .official("Директор компании Анна Берёзкина", "Директор", "Анна Берёзкина", "директор", "компании")
        .record()
    )
    assert record.officials[0].organization == "ООО «Вектор»"


def test_the_same_post_told_again_is_one_official_and_another_post_another():
    record = (
        Story("Мэр Твери Анна Берёзкина. Мэр Берёзкина. Бывший депутат Берёзкина")
        .place("Твери", "Тверь", PlaceKind.CITY)
        .person("Анна Берёзкина", "Анна", "Берёзкина")
        .person("Берёзкина", None, "Берёзкина", occurrence=1)
        .person("Берёзкина", None, "Берёзкина", occurrence=2)
        .official("Мэр Твери Анна Берёзкина", "Мэр", "Анна Берёзкина", "мэр", "Твери")
        .official("Мэр Берёзкина", "Мэр Б", "Мэр Берёзкина", "мэр")
        .official("депутат Берёзкина", "депутат", "депутат Берёзкина", "депутат", status=TenureStatus.FORMER)
        .record()
    )
    assert [(o.position, o.organization, o.status, len(o.mentions)) for o in record.officials] == [
        ("мэр", "Тверь", "current", 2),
        ("депутат", None, "former", 1),
    ]


def held(text, post, position, first="Анна", last="Берёзкина", prepare=lambda story: story):
    person = f"{first} {last}"
    story = prepare(Story(text)).person(person, first, last)
    return story.official(f"{post} {person}", post, person, position).record().officials[0]


def tver(story):
    return story.place("Тверской области", "Тверская область")


def test_a_bare_governor_is_the_governor_of_the_region_the_article_is_about():
    made = held("В Тверской области. Губернатор Анна Берёзкина", "Губернатор", "губернатор", prepare=tver)
    assert made.territory == "Тверская область"


def test_a_bare_minister_is_the_regions_unless_known_to_be_federal():
    local = held(
        "В Тверской области. Министр туризма Анна Берёзкина", "Министр туризма", "министр туризма", prepare=tver
    )
    federal = held(
        "В Тверской области. Министр здравоохранения Михаил Мурашко", "Министр здравоохранения",
        "министр здравоохранения", "Михаил", "Мурашко", tver,
    )  # fmt: skip
    assert (local.territory, federal.territory) == ("Тверская область", "Россия")


def test_a_bare_minister_in_an_article_about_several_regions_has_no_territory():
    text = "В Тверской области и Пермском крае. Министр туризма Анна Берёзкина"
    made = held(
        text, "Министр туризма", "министр туризма",
        prepare=lambda story: tver(story).place("Пермском крае", "Пермский край"),
    )  # fmt: skip
    assert (made.organization, made.territory) == (None, None)


def test_a_bare_president_has_a_country_only_when_widely_known():
    known = held("Президент Владимир Путин", "Президент", "президент", "Владимир", "Путин")
    unknown = held("Президент Анна Берёзкина", "Президент", "президент")
    assert (known.organization, unknown.organization) == ("Россия", None)


def test_its_director_and_a_bare_director_belong_to_the_body_told_of_last():
    def fund(story):
        return story.organization("Фонд «Исток»")

    its = held("Фонд «Исток» растёт, рассказала его директор Анна Берёзкина", "директор", "директор", prepare=fund)
    bare = held("Фонд «Исток» растёт. Директор Анна Берёзкина довольна.", "Директор", "директор", prepare=fund)
    assert (its.organization, bare.organization) == ("Фонд «Исток»", "Фонд «Исток»")


def test_a_rector_does_not_belong_to_a_fund():
    made = held(
        "Фонд «Исток» растёт. Ректор Анна Берёзкина довольна.", "Ректор", "ректор",
        prepare=lambda story: story.organization("Фонд «Исток»"),
    )  # fmt: skip
    assert made.organization is None


def test_the_country_behind_a_known_president_is_his():
    made = (
        Story("Россия ответила Украине. Президент страны Владимир Зеленский")
        .place("Россия", "Россия", PlaceKind.COUNTRY)
        .person("Владимир Зеленский", "Владимир", "Зеленский")
        .official("Президент страны Владимир Зеленский", "Президент", "Владимир Зеленский", "президент", "страны")
        .record()
    )
    assert made.officials[0].territory == "Украина"


def test_a_body_told_by_a_phrase_is_kept_as_the_phrase_and_a_bare_noun_is_not():
    def at(scope):
        return (
            Story(f"Начальник {scope} Анна Берёзкина")
            .person("Анна Берёзкина", "Анна", "Берёзкина")
            .official(f"Начальник {scope} Анна Берёзкина", "Начальник", "Анна Берёзкина", "начальник", scope)
            .record()
            .officials[0]
        )

    assert (at("войск связи").organization, at("войск связи").organization_id) == ("войска связи", None)
    assert at("цеха").organization is None
    assert "цеха" in at("цеха").unresolved
