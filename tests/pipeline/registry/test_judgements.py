"""A person's word: carried out at once, refused where it contradicts, taken back; never a matter of order."""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database import reading, write
from pipeline.registry.keeper.judgements import judge_different, judge_same, members, split, take_back, undecided
from pipeline.registry.kinds import EntityKind
from pipeline.registry.resolve import resolve, resolve_all
from pipeline.registry.verdicts.decisions import Signature
from tests.pipeline.registry.stories import on, tell
from tests.pipeline.registry.test_order import empty
from tests.pipeline.registry.test_resolve import article, outcome

ENTITY = schema.entity.c


def by(minute, why=None):
    return Signature("keeper", f"2024-05-01T10:{minute:02}:00Z", why)


def ids_of(database, name, kind=None):
    query = select(ENTITY.id).where(ENTITY.name == name).order_by(ENTITY.first_seen, ENTITY.id)
    with reading(database) as connection:
        return list(connection.execute(query.where(ENTITY.kind == kind) if kind else query).scalars())


def canonical(database):
    with reading(database) as connection:
        return dict(connection.execute(select(ENTITY.id, ENTITY.canonical_id)).all())


def parts(database, kind):
    found = defaultdict(set)
    with reading(database) as connection:
        for row in connection.execute(select(ENTITY.canonical_id, ENTITY.article_id).where(ENTITY.kind == kind)):
            found[row.canonical_id].add(row.article_id)
    return sorted(map(sorted, found.values()))


def settled(database):
    """Tell what is one now, having checked that all worked out anew comes to the same."""
    resolve(database)
    before = outcome(database)
    for at_once in (2000, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.registry.resolve._SETTLED_AT_ONCE", at_once)
            resolve_all(database)
        assert outcome(database) == before
    return canonical(database)


def namesakes(database, count=4, name="Анна Берёзкина"):
    tell(database, *(on(f"2024-03-{1 + number:02}", name=f"article-{number}").person(name) for number in range(count)))
    resolve(database)
    return ids_of(database, name)


def do(database, work):
    return write(database, work)


def test_two_are_made_one_and_parted_again(database):
    tell(database, on("2024-03-01").organization("фонд «Вега»"), on("2024-03-02").organization("банк «Кварц»"))
    resolve(database)
    [one], [two] = ids_of(database, "фонд «Вега»"), ids_of(database, "банк «Кварц»")
    do(database, lambda c: judge_same(c, two, one, by(1, "переименован")))
    assert settled(database) == {one: one, two: one}
    assert len(do(database, lambda c: take_back(c, two, by(2)))) == 1
    assert settled(database) == {one: one, two: two}
    with reading(database) as connection:
        words = connection.execute(select(schema.judgement).order_by(schema.judgement.c.seq)).all()
    assert [(word.verdict, word.who, word.why) for word in words] == [
        ("same", "keeper", "переименован"), ("open", "keeper", None),
    ]  # fmt: skip


def test_merging_is_transitive(database):
    names = [f"фонд «{word}»" for word in ("Вега", "Кварц", "Заря")]
    tell(database, *(on(f"2024-03-0{day}").organization(name) for day, name in enumerate(names, 1)))
    resolve(database)
    one, two, three = (ids_of(database, name)[0] for name in names)
    do(database, lambda c: judge_same(c, two, three, by(1)))
    do(database, lambda c: judge_same(c, one, three, by(2)))
    assert set(settled(database).values()) == {one}


def test_a_member_goes_out_though_the_name_is_the_same(database):
    one, two, three, four = namesakes(database)
    assert parts(database, "person") == [[f"article-{number}" for number in range(4)]]
    do(database, lambda c: split(c, one, [two, four], by(1, "однофамилица")))
    assert settled(database) == {one: one, two: two, three: one, four: two}
    tell(database, on("2024-03-09", name="article-9").person("Анна Берёзкина"))
    resolve(database)
    assert parts(database, "person") == [["article-0", "article-2", "article-9"], ["article-1", "article-3"]]
    do(database, lambda c: take_back(c, two, by(2)))
    assert len(set(settled(database).values())) == 1


def test_the_first_goes_out_and_the_others_stay_together(database):
    one, two, three, four = namesakes(database)
    do(database, lambda c: split(c, one, [one], by(1)))
    assert settled(database) == {one: one, two: two, three: two, four: two}


def test_two_of_one_entity_are_judged_different(database):
    one, two, three, _ = namesakes(database)
    do(database, lambda c: judge_different(c, one, three, by(1)))
    after = settled(database)
    assert after[three] == three
    assert after[one] == after[two] == one


def test_what_was_judged_different_is_not_merged_unless_by_force(database):
    tell(database, article(0, 3), article(1, 5))
    resolve(database)
    [one], [two] = ids_of(database, "Анна Ильинична Берёзкина"), ids_of(database, "Анна Берёзкина")
    do(database, lambda c: judge_different(c, one, two, by(0)))
    do(database, lambda c: judge_different(c, one, two, by(1, "нет")))
    with pytest.raises(RegistryError, match="judged different by keeper on 2024-05-01T10:01:00Z"):
        do(database, lambda c: judge_same(c, one, two, by(2)))
    do(database, lambda c: judge_same(c, one, two, by(3), force=True))
    after = settled(database)
    assert after[one] == after[two]


def test_contradictory_numbers_are_not_merged_unless_by_force(database):
    tell(database, article(0, 6), article(1, 7))
    resolve(database)
    [one], [two] = ids_of(database, "завод «Кварц»"), ids_of(database, "АО «Кварц»")
    with pytest.raises(RegistryError, match="different values of inn: 7707083893 and 7728168971"):
        do(database, lambda c: judge_same(c, one, two, by(1)))
    do(database, lambda c: judge_same(c, one, two, by(2), force=True))
    after = settled(database)
    assert after[one] == after[two] == one


def test_nonsense_is_refused(database):
    one, *others = namesakes(database)
    [place] = tell(database, on("2024-03-07").place("Тверь")) and ids_of(database, "Тверь")
    for work, why in (
        (lambda c: judge_same(c, one, place, by(1)), "cannot be one"),
        (lambda c: judge_same(c, one, "per-none", by(1)), "per-none: no such entity"),
        (lambda c: split(c, one, [place], by(1)), "not among the members"),
        (lambda c: split(c, one, [one, *others], by(1)), "not all"),
        (lambda c: judge_different(c, one, one, by(1)), "different from itself"),
        (lambda c: take_back(c, one, by(1)), "nothing was judged"),
    ):
        with pytest.raises(RegistryError, match=why):
            do(database, work)
    assert [member.name for member in do(database, lambda c: members(c, one))] == ["Анна Берёзкина"] * 4


def test_judgements_of_posts(database):
    tell(database, on("2024-03-01").holds("Анна Берёзкина", "министр", "Ольская дума"))
    tell(database, on("2024-03-02").holds("Анна Берёзкина", "глава министерства", "Ольская дума"))
    resolve(database)
    [one], [two] = ids_of(database, "министр"), ids_of(database, "глава министерства")
    do(database, lambda c: judge_same(c, one, two, by(1)))
    assert settled(database)[two] == one
    assert len(parts(database, "occupancy")) == 1
    do(database, lambda c: take_back(c, one, by(2)))
    assert settled(database)[two] == two


def test_undecided_pairs_tell_both_sides(database):
    tell(database, article(0, 6), article(1, 8), article(2, 0), article(3, 4))
    resolve(database)
    with reading(database) as connection:
        found = undecided(connection, 10)
        assert found
        for pair in found:
            assert pair.left.id != pair.right.id
            assert pair.left.quote
            assert pair.reasons
        assert undecided(connection, 1) == found[:1]
        assert all(pair.kind is EntityKind.PERSON for pair in undecided(connection, 10, EntityKind.PERSON))
    pair = found[0]
    do(database, lambda c: judge_different(c, pair.left.id, pair.right.id, by(1)))
    with reading(database) as connection:
        assert (pair.left.id, pair.right.id) not in {(p.left.id, p.right.id) for p in undecided(connection, 10)}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_judgements_come_to_the_same_in_any_order_of_loading(database, data):
    empty(database)
    world = data.draw(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8)), min_size=2, max_size=6, unique_by=lambda x: x[0])
    )
    tell(database, *(article(*seen) for seen in world))
    resolve(database)
    for minute in range(data.draw(st.integers(1, 3))):
        kind = data.draw(st.sampled_from(["organization", "person"]))
        with reading(database) as connection:
            there = connection.execute(select(ENTITY.id).where(ENTITY.kind == kind).order_by(ENTITY.id)).scalars().all()
        if len(there) < 2:
            continue
        pair = data.draw(st.lists(st.sampled_from(there), min_size=2, max_size=2, unique=True))
        judge = data.draw(st.sampled_from([judge_same, judge_different]))
        try:
            do(database, lambda c, judge=judge, pair=pair, minute=minute: judge(c, *pair, by(minute)))
        except RegistryError:
            continue
    revised = data.draw(st.sampled_from(world))
    tell(database, article(revised[0], data.draw(st.integers(0, 8)), 1))
    settled(database)
