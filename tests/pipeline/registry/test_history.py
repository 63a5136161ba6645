"""What was ever said, and what the night brought, told as stories."""

from sqlalchemy import insert

from pipeline.registry import schema
from pipeline.registry.belief.diff import difference
from pipeline.registry.belief.find import find
from pipeline.registry.belief.history import history
from pipeline.registry.belief.trust import Weight, set_weight
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import EntityKind, Status
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import identify, on, tell

VEGA, ANNA, OLEG = "кластер «Вега»", "Анна Берёзкина", "Олег Седов"
MINISTRY = "Минэкономики Ольской области"
BEFORE, NIGHT, AFTER = "2024-03-01T03:00:00Z", "2024-03-02T00:00:00Z", "2024-03-02T03:00:00Z"


def told(database, name, **options):
    with reading(database) as connection:
        (found,) = find(connection, name)
        return history(connection, found.id, **options)


def diff(database, since=NIGHT):
    identify(database)
    with reading(database) as connection:
        return difference(connection, since)


def test_nothing_is_left_out_of_a_history(database):
    tell(database, on("2024-02-01", "ria.ru").cluster(VEGA, status="planned", industry="станки"), now=BEFORE)
    edited = on("2024-02-01", "ria.ru", modified="2024-02-03").cluster(VEGA, status="in_registry")
    tell(database, edited, now=AFTER)
    statuses = told(database, VEGA, prop="status").entries
    assert [(entry.value, entry.testimony.status) for entry in statuses] == [
        ("planned", Status.SUPERSEDED), ("in_registry", Status.PROPOSED),
    ]  # fmt: skip
    assert statuses[0].changes == (("superseded", AFTER),)
    assert statuses[0].testimony.loaded_at == BEFORE
    assert VEGA in statuses[0].testimony.quote
    assert {entry.prop for entry in told(database, VEGA).entries} == {"name", "kind", "status", "industry"}


def test_a_history_tells_who_decided(database):
    tell(database, on("2024-02-01", "ria.ru").cluster(VEGA, industry="станки"), now=BEFORE)
    (entry,) = told(database, VEGA, prop="industry").entries
    by = Signature("Ольга", AFTER, "опечатка")
    write(database, lambda connection: decide(connection, [entry.testimony.claim], Status.REJECTED, by))
    (entry,) = told(database, VEGA, prop="industry").entries
    (verdict,) = entry.verdicts
    assert (verdict.verdict, verdict.who, verdict.at, verdict.why) == ("rejected", "Ольга", AFTER, "опечатка")
    assert entry.testimony.status is Status.REJECTED
    (word,) = diff(database).words
    assert (word.who, word.verdict, word.about) == ("Ольга", "rejected", f"{VEGA}, отрасль: станки")


def test_a_history_has_relations_and_judgements(database):
    tell(database, on("2024-02-01", "ria.ru").holds(ANNA, "министр", MINISTRY), now=BEFORE)
    tell(database, on("2024-02-02", "tass.ru").person(ANNA), now=BEFORE)
    with reading(database) as connection:
        left, right = sorted(one.id for one in find(connection, ANNA))
    row = {"left_id": left, "right_id": right, "verdict": "same", "who": "Ольга", "at": AFTER, "why": "одно лицо"}
    write(database, lambda connection: connection.execute(insert(schema.judgement).values(row)))
    identify(database)
    anna = told(database, ANNA)
    assert {entry.kind for entry in anna.entries} == {EntityKind.PERSON, EntityKind.OCCUPANCY}
    assert [entry.value for entry in told(database, ANNA, prop="occupancy").entries if entry.prop == "post"] == [
        "министр"
    ]
    (judged,) = anna.judgements
    assert (judged.verdict, judged.who) == ("same", "Ольга")
    (word,) = diff(database).words
    assert (word.verdict, word.about) == ("same", f"{ANNA} / {ANNA}")


def test_the_night_brings_a_cluster_a_holder_and_a_turn(database):
    tell(
        database,
        on("2024-02-01", "ria.ru").cluster(VEGA, status="planned"),
        on("2024-02-02", "ria.ru").holds(ANNA, "министр", MINISTRY),
        now=BEFORE,
    )
    tell(
        database,
        on("2024-02-20", "tass.ru").cluster(VEGA, status="in_registry").cluster("кластер «Лира»", industry="лён"),
        on("2024-02-21", "tass.ru").holds(OLEG, "министр", MINISTRY, status="appointed"),
        now=AFTER,
    )
    new = diff(database)
    assert (new.articles, new.revised, new.superseded) == (2, 0, 0)
    assert [(one.kind, one.name) for one in new.entities] == [
        (EntityKind.CLUSTER, "кластер «Лира»"), (EntityKind.PERSON, OLEG),
    ]  # fmt: skip
    assert ("industry", "лён") in new.entities[0].told
    assert [relation.name for relation in new.relations] == [f"{OLEG} — министр"]
    assert new.counts == {EntityKind.CLUSTER: 1, EntityKind.PERSON: 1, EntityKind.OCCUPANCY: 1}
    (turn,) = new.turns
    assert (turn.name, turn.before.value, turn.after.value) == (VEGA, "planned", "in_registry")
    assert [(one.name, one.prop, one.value) for one in new.values] == [(VEGA, "status", "in_registry")]
    assert new.retracted == ()


def test_what_is_said_again_is_no_news(database):
    told_ = on("2024-02-01", "ria.ru").cluster(VEGA, industry="станки").holds(ANNA, "министр", MINISTRY)
    again = on("2024-02-02", "tass.ru").cluster(VEGA, industry="Станки").holds(ANNA, "министр", MINISTRY)
    tell(database, told_, now=BEFORE)
    tell(database, again, now=AFTER)
    new = diff(database)
    assert (new.articles, new.entities, new.relations, new.values) == (1, (), (), ())


def test_a_known_holder_is_dismissed(database):
    tell(database, on("2024-02-01", "ria.ru").holds(ANNA, "министр", MINISTRY), now=BEFORE)
    left = on("2024-02-20", "tass.ru").holds(ANNA, "министр", MINISTRY, status="dismissed", since="2024-02-19")
    tell(database, left, now=AFTER)
    assert [(one.kind, one.prop, one.value) for one in diff(database).values] == [
        (EntityKind.OCCUPANCY, "status", "dismissed"), (EntityKind.OCCUPANCY, "end", "2024-02-19"),
    ]  # fmt: skip


def test_a_new_content_retracts_what_it_does_not_say(database):
    tell(database, on("2024-02-01", "ria.ru").cluster(VEGA, industry="станки").place("Ольск"), now=BEFORE)
    tell(database, on("2024-02-01", "ria.ru", modified="2024-02-03").cluster(VEGA), now=AFTER)
    new = diff(database)
    assert (new.articles, new.revised) == (0, 1)
    assert {(one.name, one.prop, one.value) for one in new.retracted} == {
        (VEGA, "industry", "станки"), ("Ольск", "name", "Ольск"),
    }  # fmt: skip
    assert new.turns == ()


def test_conflicts_and_weights_of_the_night(database):
    tell(database, on("2024-02-01", "ria.ru").cluster(VEGA, industry="станки"), now=BEFORE)
    tell(database, on("2024-02-02", "tass.ru").cluster(VEGA, industry="мебель"), now=AFTER)
    write(database, lambda connection: set_weight(connection, Weight("tass.ru", 0.5, "Ольга", AFTER, None)))
    new = diff(database)
    assert [conflict.prop for conflict in new.conflicts] == ["industry"]
    assert [(word.verdict, word.about) for word in new.words] == [("trusted", "tass.ru: 0.5")]
    assert diff(database, "2024-03-03T00:00:00Z").conflicts == ()
