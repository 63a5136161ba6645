import pytest
from sqlalchemy import delete, func, insert, select

from pipeline.registry import schema
from pipeline.registry.belief.settled import same_value
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import reading, write
from pipeline.registry.keeper.asked import claims_of
from pipeline.registry.keeper.queue import Matter, queue, still_asked
from pipeline.registry.kinds import NAMED, Status
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import identify, on, tell

ANNA = Signature("Анна", "2025-01-02T10:00:00Z")
LATER = "2025-01-03T00:00:00Z"


def make_cards(database):
    """Make cards, as `resolve` does."""
    entity, article = schema.entity.c, func.count(schema.entity.c.article_id.distinct())
    made = select(entity.canonical_id, entity.kind, func.min(entity.name), article)
    made = made.where(entity.kind.in_(NAMED)).group_by(entity.canonical_id, entity.kind)

    def work(connection):
        connection.execute(delete(schema.card))
        connection.execute(insert(schema.card).from_select(["id", "kind", "name", "articles"], made))

    write(database, work)


def told(database, *articles, now="2025-01-01T00:00:00Z"):
    tell(database, *articles, now=now)
    identify(database)
    make_cards(database)


def items(database, *, limit=1000, **options):
    """Give what is asked, conflicts aside unless wanted."""
    with reading(database) as connection:
        found = queue(connection, limit=1000, **options)
    return [item for item in found if "matter" in options or item.matter is not Matter.CONFLICT][:limit]


def asked(database, **options):
    return [(item.matter, item.name, [(v.prop, v.value) for v in item.values]) for item in items(database, **options)]


def say(database, item, status, by=ANNA):
    with reading(database) as connection:
        claims = claims_of(connection, item.values)
    write(database, lambda c: decide(c, claims, status, by))


def of(database, prop, value=None):
    found = [item for item in items(database, limit=1000) if item.values[0].prop == prop]
    return next(item for item in found if value in {None, item.values[0].value})


@pytest.fixture
def two(database):
    told(
        database,
        on("2024-03-01", "a.example").organization("фонд «Исток»", region="Ольская область"),
        on("2024-03-02", "b.example").organization("фонд «Исток»", region="Ольская  область"),
        on("2024-03-03", "c.example").organization("фонд «Исток»", region="Верхняя область"),
    )
    return database


def test_an_empty_registry_asks_nothing(database):
    assert items(database) == []


def test_what_the_most_articles_speak_of_comes_first_and_the_least_believed_of_it(two):
    told(two, on("2024-03-04").organization("завод «Луч»"))
    found = asked(two)
    assert [name for _, name, _ in found[:4]] == ["фонд «Исток»"] * 4
    regions = [values[0][1] for _, _, values in found if values[0][0] == "region"]
    assert regions == ["Верхняя область", "Ольская область"]
    assert found[-1][1] == "завод «Луч»"


def test_clusters_and_holders_come_before_the_rest(database):
    told(
        database,
        on("2024-03-01").organization("завод «Луч»").cluster("кластер «Вега»", status="planned"),
        on("2024-03-02").holds("Анна Берёзкина", "директор", "завод «Луч»"),
    )
    found = asked(database, limit=1000)
    assert [matter for matter, _, _ in found[:2]] == [Matter.CLUSTER, Matter.HOLDER]
    assert ("status", "planned") in found[0][2]
    assert [prop for prop, _ in found[1][2]] == ["holder", "post", "body", "status"]
    assert {matter for matter, _, _ in found[2:]} == {Matter.VALUE}
    assert asked(database, matter=Matter.HOLDER) == found[1:2]
    with reading(database) as connection:
        assert len(queue(connection, limit=1)) == 1
    assert len(asked(database, limit=1)) == 1


def test_a_relation_comes_with_what_it_is_of(database):
    story = on("2024-03-01").organization("завод «Луч»").cluster("кластер «Вега»")
    told(database, story.says("participates_in", subject="завод «Луч»", object="кластер «Вега»"))
    relations = [values for _, _, values in asked(database, matter=Matter.VALUE) if len(values) > 1]
    assert relations == [[("subject", "завод «Луч»"), ("object", "кластер «Вега»")]]


def test_what_is_put_off_is_not_asked_in_this_session(two):
    first, second, *_ = items(two)
    assert items(two, without=first.keys)[0].keys == second.keys


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED])
def test_what_is_decided_is_asked_no_more_nor_is_its_like_when_told_later(two, status):
    say(two, of(two, "region", "Ольская область"), status)
    assert ("region", "Ольская область") not in [values[0] for _, _, values in asked(two, limit=1000)]
    told(two, on("2024-03-09", "d.example").organization("фонд «Исток»", region="ольская  область"), now=LATER)
    assert ("region", "Верхняя область") in [values[0] for _, _, values in asked(two, limit=1000)]
    assert "ольская  область" not in str(asked(two, limit=1000))


def test_a_new_value_is_asked_though_another_is_accepted(two):
    say(two, of(two, "region", "Ольская область"), Status.ACCEPTED)
    told(two, on("2024-03-09", "d.example").organization("фонд «Исток»", region="Нижняя область"), now=LATER)
    assert of(two, "region", "Нижняя область").others[0].status is Status.ACCEPTED


def test_one_misread_article_leaves_the_value_open(two):
    item = of(two, "region", "Ольская область")
    write(two, lambda c: decide(c, [item.values[0].testimony[0].claim], Status.REJECTED, ANNA))
    assert of(two, "region", "Ольская область")


def test_a_decision_holds_though_its_article_says_so_no_more(two):
    say(two, of(two, "region", "Верхняя область"), Status.REJECTED)
    silent = on("2024-03-03", "c.example", modified="2024-03-05").organization("фонд «Исток»")
    told(two, silent, on("2024-03-09", "d.example").organization("фонд «Исток»", region="Верхняя область"), now=LATER)
    assert "Верхняя область" not in str(asked(two, limit=1000))


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED])
def test_a_view_follows_what_is_settled(two, status):
    item = of(two, "region", "Верхняя область")
    say(two, item, status)
    silent = on("2024-03-03", "c.example", modified="2024-03-05").organization("фонд «Исток»")
    told(two, silent, on("2024-03-09", "d.example").organization("фонд «Исток»", region="Верхняя область"), now=LATER)
    with reading(two) as connection:
        view = entity_view(connection, item.entity_id, rejected=True)
    (value,) = [value for value in view.values if value.value == "Верхняя область"]
    assert (value.status, value.standing) == (status, float(status is Status.ACCEPTED))


def test_a_correction_settles_both_values(two):
    item = of(two, "region", "Верхняя область")
    claims = [said.claim for said in item.values[0].testimony]
    write(two, lambda c: correct(c, claims, "Нижняя область", ANNA))
    told(two, on("2024-03-09", "d.example").organization("фонд «Исток»", region="Нижняя область"), now=LATER)
    assert [values[0][1] for _, _, values in asked(two) if values[0][0] == "region"] == ["Ольская область"]


def test_an_entity_without_a_name_is_none(two):
    say(two, of(two, "name"), Status.REJECTED)
    assert items(two) == items(two, matter=Matter.CONFLICT) == []


def test_a_relation_without_an_end_is_none(database):
    told(database, on("2024-03-02").holds("Анна Берёзкина", "директор", "завод «Луч»"))
    (item,) = items(database, matter=Matter.HOLDER)
    holder = next(value for value in item.values if value.prop == "holder")
    write(database, lambda c: decide(c, [holder.testimony[0].claim], Status.REJECTED, ANNA))
    assert items(database, matter=Matter.HOLDER) == []


def test_a_denied_value_is_another_than_the_value(database):
    claim = {"person": "Анна Берёзкина", "position": "директор", "body": "завод «Луч»"}
    told(database, on("2024-03-02").holds(*claim.values()), on("2024-03-03").holds(*claim.values(), modality="denied"))
    (item,) = items(database, matter=Matter.HOLDER)
    assert {(value.prop, value.modality) for value in item.values} >= {("status", "actual"), ("status", "denied")}


def test_an_item_is_read_anew_before_it_is_shown(two):
    item = of(two, "region", "Ольская область")
    with reading(two) as connection:
        assert still_asked(connection, item) == item
    say(two, item, Status.ACCEPTED)
    with reading(two) as connection:
        assert still_asked(connection, item) is None


def test_the_same_value_is_found_in_its_other_spellings_only(two):
    with reading(two) as connection:
        statement = schema.statement.c
        named = select(statement.claim).where(statement.property == "region").order_by(statement.seq)
        claims = connection.execute(named).scalars().all()
        assert same_value(connection, claims[:1]) == sorted(claims[:2])


def test_many_items_need_few_cards_at_a_time(database):
    told(database, *(on("2024-03-02", f"s{n}.example").organization(f"завод «Луч {n}»") for n in range(45)))
    assert len({item.name for item in items(database, limit=1000)}) == 45


@pytest.fixture
def disputed(database):
    told(
        database,
        *(on(f"2024-03-0{n}", f"s{n}.example").organization("фонд «Исток»", region="Ольская область") for n in (1, 2)),
        on("2024-03-03", "c.example").organization("фонд «Исток»", region="Верхняя область"),
    )
    return database


def test_a_conflict_comes_first_with_its_sides_and_is_gone_when_one_is_left(disputed):
    (item,) = items(disputed, matter=Matter.CONFLICT)
    with reading(disputed) as connection:
        assert queue(connection)[0] == item
    assert (item.about, item.name) == ("values", "фонд «Исток»")
    assert [value.value for value in item.values] == ["Ольская область", "Верхняя область"]
    claims = [said.claim for said in item.values[1].testimony]
    write(disputed, lambda c: decide(c, claims, Status.REJECTED, ANNA))
    assert items(disputed, matter=Matter.CONFLICT) == []
    with reading(disputed) as connection:
        assert still_asked(connection, item) is None


def test_a_conflict_whose_sides_are_all_accepted_needs_no_look(disputed):
    (item,) = items(disputed, matter=Matter.CONFLICT)
    say(disputed, item, Status.ACCEPTED)
    assert items(disputed, matter=Matter.CONFLICT) == []
