import pytest

from pipeline.registry.identity import Bond, Outcome, block_keys, compare, name_key, resolved
from pipeline.registry.identity.persons import who
from tests.pipeline.registry.identity.profiles import person

SAME = [
    (person("Наталья Берёзкина"), person("Наталия Березкина")),
    (person("Тереза Мэйсон"), person("Тереза Мейсон")),
    (person("Захар Ильич Лопатин"), person("Захар Лопатин")),
    (person("Захар Лопатин", "компания «Атомвест»"), person("Захар Лопатин", "Атомвест")),
    (person("Захар Лопатин", "МИД Норвегии"), person("Захар Лопатин", "Норвегия")),
    (person("З. Лопатин", ("Атомвест", "директор")), person("Захар Лопатин", ("Атомвест", "директор"))),
    (person("Лопатин", ("Атомвест", "директор")), person("Захар Лопатин", ("Атомвест", "директор"))),
]
APART = [
    (person("Захар Лопатин"), person("Захар Лопухин")),
    (person("Захар Лопатин"), person("Игнат Лопатин")),
    (person("Захар Ильич Лопатин"), person("Захар Львович Лопатин")),
    (person("Марина Лопатина"), person("Карина Лопатина")),
    (person("Лопатин"), person("Захар Лопатин")),
    (person("Иванов"), person("Иванов")),
    (person("З. Лопатин"), person("Игнат Лопатин")),
]


def told(left, right):
    one, two = compare(left, right), compare(right, left)
    assert (one.outcome, one.score, one.reasons) == (two.outcome, two.score, two.reasons)
    assert sorted(one.bodies) == sorted((right, left) for left, right in two.bodies)
    return one


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_person(one, two):
    assert told(one, two).outcome is Outcome.SAME
    assert block_keys(one) & block_keys(two)


@pytest.mark.parametrize(("one", "two"), APART)
def test_two_persons(one, two):
    assert told(one, two).outcome is Outcome.DIFFERENT


def test_patronymics_exclude_each_other():
    assert told(person("Захар Ильич Лопатин"), person("Захар Львович Лопатин")).bond is Bond.FORBIDDEN


def test_equal_names_in_other_bodies_wait_for_the_bodies():
    one, two = person("Захар Лопатин", "Атомвест"), person("Захар Лопатин", "фонд «Исток»")
    waiting = told(one, two)
    assert waiting.outcome is Outcome.SAME_IF_BODIES
    assert waiting.bodies == ((name_key("Атомвест"), name_key("фонд «Исток»")),)
    assert resolved(waiting, lambda key: key).outcome is Outcome.UNDECIDED
    assert resolved(waiting, lambda _: "org-1").outcome is Outcome.SAME


def test_a_common_name_without_a_body_is_nobody_in_particular():
    one, two = person("Сергей Иванов", "Атомвест"), person("Сергей Иванов")
    assert told(one, two).outcome is Outcome.UNDECIDED


def test_a_lone_surname_is_known_by_its_company():
    one = person("Лопатин", companions=("захар кривин", "исток", "тест"))
    assert told(one, person("Лопатин", companions=("захар кривин", "исток"))).outcome is Outcome.SAME
    assert told(one, person("Лопатин", companions=("исток",))).outcome is Outcome.UNDECIDED
    assert told(one, person("Лопатин", companions=("другой",))).outcome is Outcome.DIFFERENT


def test_a_body_that_every_region_has_is_no_evidence():
    one, two = person("Захар Лопатин", "министерство"), person("Захар Лопатин", "министерство")
    assert told(one, two).score < told(person("Захар Лопатин", "Атомвест"), person("Захар Лопатин", "Атомвест")).score


def test_a_country_is_no_body():
    one, two = person("Сергей Иванов", ("Россия", "сенатор")), person("Сергей Иванов", ("Россия", "министр"))
    assert told(one, two).outcome is Outcome.SAME_IF_BODIES
    assert told(one, one).outcome is Outcome.SAME
    rare = person("Захар Лопатин", ("Россия", "сенатор")), person("Захар Лопатин", ("Россия", "министр"))
    assert told(*rare).outcome is Outcome.SAME


def test_a_first_name_alone_is_known_only_by_the_full_name_in_its_article():
    one = person("Захар", ("Россия", "президент"), first="Захар", last=None)
    assert told(one, person("Захар Лопатин", ("Россия", "президент"))).outcome is Outcome.DIFFERENT
    one = person("Захар", first="Захар", last=None, companions=(who(person("Захар Лопатин")).key,))
    assert told(one, person("Захар Лопатин")).outcome is Outcome.SAME


def test_genders_of_a_lone_surname_differ():
    one = person("Лопатина", companions=("а", "б"))
    assert told(one, person("Лопатин", companions=("а", "б"))).outcome is Outcome.DIFFERENT
