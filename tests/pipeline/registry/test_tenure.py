"""Who was minister on the first of March, told as stories."""

import pytest

from pipeline.registry.belief.find import find
from pipeline.registry.belief.posts import is_held_by_one
from pipeline.registry.belief.tenure import holders
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading
from pipeline.registry.kinds import EntityKind
from tests.pipeline.registry.stories import identify, on, tell

MINISTRY = "Минэкономики Ольской области"
ANNA, OLEG, LEV = "Анна Берёзкина", "Олег Седов", "Лев Зимин"


def held(day, site, person, **more):
    return on(day, site, name=f"{site}{day}{person}").holds(person, "министр", MINISTRY, **more)


def on_day(database, day, name=MINISTRY):
    with reading(database) as connection:
        (found,) = find(connection, name)
        return [(one.person, one.hold.value) for one in holders(connection, found.id, day)]


def terms(database, person):
    with reading(database) as connection:
        (found,) = find(connection, person, kind=EntityKind.PERSON)
        view = entity_view(connection, found.id)
    return [
        (str(t.start.days), t.start.certainty.value, str(t.end.days), t.end.certainty.value, t.first_seen, t.last_seen)
        for relation in view.relations
        for t in relation.terms
    ]


def test_a_minister_is_appointed_and_replaced(database):
    tell(
        database,
        held("2024-02-05", "ria.ru", ANNA, status="appointed", since="2024-02-05"),
        held("2024-04-10", "tass.ru", ANNA),
        held("2024-06-20", "ria.ru", ANNA, status="dismissed", since="2024-06-18"),
        held("2024-06-20", "tass.ru", OLEG, status="appointed", since="2024-06-19"),
        held("2024-09-01", "tass.ru", OLEG),
    )
    identify(database)
    assert terms(database, ANNA) == [("2024-02-05", "known", "2024-06-18", "known", "2024-02-05", "2024-04-10")]
    assert terms(database, OLEG) == [("2024-06-19", "known", "None", "open", "2024-06-20", "2024-09-01")]
    assert on_day(database, "2024-02-04") == []
    assert on_day(database, "2024-03-01") == [(ANNA, "certain")]
    assert on_day(database, "2024-06-18") == [(ANNA, "certain")]
    assert on_day(database, "2024-07-01") == [(OLEG, "certain")]
    assert on_day(database, "2025-01-01") == [(OLEG, "open")]


def test_an_end_that_nobody_told_stays_open_but_the_successor_is_seen(database):
    tell(database, held("2024-02-05", "ria.ru", ANNA), held("2024-06-20", "tass.ru", OLEG))
    identify(database)
    assert terms(database, ANNA) == [("2024-02-05", "seen", "None", "open", "2024-02-05", "2024-02-05")]
    assert on_day(database, "2024-02-01") == [(ANNA, "later"), (OLEG, "later")]
    assert on_day(database, "2024-03-01") == [(ANNA, "open"), (OLEG, "later")]
    assert on_day(database, "2024-07-01") == [(OLEG, "open"), (ANNA, "succeeded")]


def test_an_article_tells_a_bound_at_the_latest(database):
    tell(
        database,
        held("2024-02-05", "ria.ru", ANNA, status="appointed"),
        held("2024-05-05", "ria.ru", ANNA, status="former"),
        held("2024-07-05", "ria.ru", ANNA, status="former"),
    )
    identify(database)
    bounds = ("2024-02-05", "at the latest", "2024-05-05", "at the latest", "2024-02-05", "2024-02-05")
    assert terms(database, ANNA) == [bounds]
    assert on_day(database, "2024-02-01") == [(ANNA, "later")]
    assert on_day(database, "2024-03-01") == [(ANNA, "unsure")]
    assert on_day(database, "2024-06-01") == []


def test_a_month_stays_a_month(database):
    tell(
        database,
        held("2024-03-20", "ria.ru", ANNA, status="appointed", since="2024-03"),
        held("2024-06-20", "tass.ru", ANNA, status="appointed", since="2024"),
    )
    identify(database)
    assert terms(database, ANNA)[0][:2] == ("2024-03", "known")
    assert on_day(database, "2024-03-10") == [(ANNA, "unsure")]
    assert on_day(database, "2024-04-01") == [(ANNA, "certain")]


def test_the_date_that_most_sources_agree_on(database):
    tell(
        database,
        held("2024-03-20", "ria.ru", ANNA, status="appointed", since="2024-03-18"),
        held("2024-03-20", "tass.ru", ANNA, status="appointed", since="2024-03-19"),
        held("2024-03-21", "rbc.ru", ANNA, status="appointed", since="2024-03-19"),
    )
    identify(database)
    assert terms(database, ANNA)[0][0] == "2024-03-19"


def test_who_comes_back_has_two_terms(database):
    tell(
        database,
        held("2022-01-10", "ria.ru", ANNA),
        held("2022-08-10", "ria.ru", ANNA, status="dismissed", since="2022-08-09"),
        held("2024-01-10", "ria.ru", ANNA, status="appointed", since="2024-01-09"),
    )
    identify(database)
    assert [term[0] for term in terms(database, ANNA)] == ["2022-01-10", "2024-01-09"]
    assert on_day(database, "2023-01-01") == []
    assert on_day(database, "2022-05-01") == [(ANNA, "certain")]


@pytest.mark.parametrize("modality", ["planned", "hypothetical", "denied"])
def test_what_is_not_so_makes_no_term(database, modality):
    tell(database, held("2024-02-05", "ria.ru", ANNA, status="appointed", modality=modality, since="2024-03-01"))
    identify(database)
    assert terms(database, ANNA) == []
    assert on_day(database, "2024-06-01") == []


def test_whose_dismissal_is_denied_is_in_the_post(database):
    tell(
        database,
        held("2024-02-05", "ria.ru", ANNA),
        held("2024-03-05", "tass.ru", ANNA, status="dismissed", modality="denied"),
    )
    identify(database)
    assert on_day(database, "2024-02-05") == [(ANNA, "certain")]
    assert on_day(database, "2024-06-01") == [(ANNA, "open")]


def test_acting(database):
    tell(database, held("2024-02-05", "ria.ru", ANNA, status="acting"))
    identify(database)
    with reading(database) as connection:
        (found,) = find(connection, ANNA)
        (relation,) = entity_view(connection, found.id).relations
    assert relation.terms[0].acting


@pytest.mark.parametrize(
    ("post", "one"),
    [("министр экономики", True), ("первый вице-премьер", False), ("генеральный директор", True),
     ("советник президента", False), ("начальник отдела", False), ("сопредседатель", False), ("форвард", False)],
)  # fmt: skip
def test_posts_that_one_holds(post, one):
    assert is_held_by_one(post) is one
