import pytest

from pipeline.registry.identity import Bond, Outcome, block_keys, compare
from tests.pipeline.registry.identity.profiles import organization

SAME = [
    ("Газпром", "ПАО «Газпром»"),
    ("Газпром", "Gazprom"),
    ("Яндекс", "Yandex"),
    ("компания «Бериллон»", "Бериллон"),
    ("ООО «БЕРИЛЛОН»", "Бериллон"),
    ("Минпромторг России", "министерство промышленности и торговли Российской Федерации"),
    ("МИД Германии", "министерство иностранных дел ФРГ"),
    ("британский МИД", "МИД Великобритании"),
    ("министерство культуры Пермского края", "пермское министерство культуры"),
    ("ФНС", "ФНС России"),
    ("Евроcоюз", "ЕС"),
    ("Нафтогаз", "Натфогаз"),
    ("Завод «Атомвест»", "завод «Атом-вест»"),
    ("новая социальная сеть Бериллон", "Бериллон"),
    ("Beryllon Plc", "Beryllon"),
]
APART = [
    ("Россия 1", "Россия 24"),
    ("правительство Пермского края", "правительство Тульской области"),
    ("правительство", "правительство Тульской области"),
    ("министерство культуры Пермского края", "министерство культуры"),
    ("министерство культуры", "пресс-служба министерства культуры"),
    ("МВД России", "МВД Чечни"),
    ("завод «Заря»", "фонд «Заря»"),
    ("Агентство развития Ульяновской области", "Корпорация развития Ульяновской области"),
    ("Газпром", "Газпром нефть"),
    ("Европейский союз", "Союз"),
    ("ФССП", "ФСП"),
    ("Школа № 5", "Школа № 15"),
    ("администрация города", "администрация города"),
    ("региональное управление МЧС", "управление МЧС по Пермскому краю"),
    ("Росгвардия", "Росгвардия по Томской области"),
    ("ВМС Индии", "ВМС Китая"),
]
OPEN = [
    ("Банк «Кубань»", "Кубань"),
    ("Автодом", "Автодор"),
    ("ООО «Прогресс»", "АО «Прогресс»"),
]


def told(left, right):
    left = left if not isinstance(left, str) else organization(left)
    right = right if not isinstance(right, str) else organization(right)
    assert compare(left, right) == compare(right, left)
    return compare(left, right)


def known(name):
    form = name.split()[0]
    return organization(name, legal_form=form if form in {"ООО", "АО"} else None)


@pytest.mark.parametrize(("one", "two"), SAME)
def test_names_that_mean_one_body(one, two):
    assert told(one, two).outcome is Outcome.SAME
    assert block_keys(organization(one)) & block_keys(organization(two))


@pytest.mark.parametrize(("one", "two"), APART)
def test_names_that_mean_two(one, two):
    assert told(one, two).outcome is Outcome.DIFFERENT


@pytest.mark.parametrize(("one", "two"), OPEN)
def test_names_that_somebody_has_to_look_at(one, two):
    assert told(known(one), known(two)).outcome is Outcome.UNDECIDED
    assert block_keys(known(one)) & block_keys(known(two))


def test_registry_numbers_decide():
    one = organization("Бериллон", inn="7707083893")
    assert told(one, organization("Берилл-Инвест", inn="7707083893")).outcome is Outcome.SAME
    other = told(one, organization("Бериллон", inn="5902034504"))
    assert other.outcome is Outcome.DIFFERENT
    assert other.bond is Bond.FORBIDDEN


def test_a_name_of_common_words_in_another_region_is_another_body():
    one = organization("Фонд развития промышленности", region="Пермский край")
    other = told(one, organization("Фонд развития промышленности", region="Тульская область"))
    assert other.bond is Bond.FORBIDDEN


def test_an_alias_speaks():
    one = organization("Региональный фонд поддержки литейщиков", "РФПЛ")
    assert told(one, organization("РФПЛ")).outcome is Outcome.SAME


def test_an_alias_of_another_territory_is_not_believed():
    one = organization("МИД Норвегии", "МИД России")
    assert told(one, organization("МИД России")).outcome is Outcome.DIFFERENT


def test_a_ministry_without_its_country_is_that_of_the_country_where_the_article_plays():
    bare = organization("Верховный суд", setting="Норвегия")
    assert told(bare, organization("Верховный суд Норвегии")).outcome is Outcome.SAME
    assert told(bare, organization("Верховный суд России")).outcome is Outcome.DIFFERENT
    assert told(organization("Верховный суд"), organization("Верховный суд России")).outcome is Outcome.DIFFERENT
