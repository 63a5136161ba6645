from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database import reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import Signature, Verdict, decide, decide_each, undo, undo_act
from tests.pipeline.registry.stories import on, tell

ANNA = Signature("Анна", "2025-01-02T10:00:00Z", "проверено")
OLEG = Signature("Олег", "2025-01-02T10:00:01Z")


def statements(database, *narrow):
    query = select(schema.statement, schema.revision.c.text, schema.revision.c.site).join(schema.revision)
    with reading(database) as connection:
        return connection.execute(query.where(*narrow).order_by(schema.statement.c.seq)).all()


def claims(database, prop="region", *narrow):
    return [row.claim for row in statements(database, schema.statement.c.property == prop, *narrow)]


def status_of(database, claim):
    live = schema.statement.c.status != Status.SUPERSEDED
    return {row.status for row in statements(database, schema.statement.c.claim == claim, live)}


def count(database, table):
    with reading(database) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


def decided(database, verdict, by=ANNA, prop="region"):
    return write(database, lambda c: decide(c, claims(database, prop), verdict, by))


def test_a_verdict_on_a_value_is_one_on_each_of_its_claims(told):
    decided(told, Status.ACCEPTED)
    assert {row.status for row in statements(told, schema.statement.c.property == "region")} == {"accepted"}
    assert {row.status for row in statements(told, schema.statement.c.property == "name")} == {"proposed"}
    assert (count(told, schema.decision), count(told, schema.change)) == (2, 2)


def test_deciding_the_same_again_is_kept_but_changes_nothing(told):
    decided(told, Status.ACCEPTED)
    decided(told, Status.ACCEPTED, OLEG)
    assert (count(told, schema.decision), count(told, schema.change)) == (4, 2)


def test_an_unknown_claim_leaves_nothing_written(told):
    with pytest.raises(RegistryError, match="no claim nosuchclaim00000"):
        write(told, lambda c: decide(c, [*claims(told), "nosuchclaim00000"], Status.ACCEPTED, ANNA))
    assert count(told, schema.decision) == 0


def test_superseded_is_no_verdict(told):
    with pytest.raises(RegistryError, match="cannot be superseded"):
        decided(told, Status.SUPERSEDED)


def test_one_act_may_accept_one_value_and_reject_another(told):
    first, second = claims(told)
    verdicts = [Verdict(first, Status.ACCEPTED), Verdict(second, Status.REJECTED)]
    act = write(told, lambda c: decide_each(c, verdicts, ANNA))
    assert (status_of(told, first), status_of(told, second)) == ({"accepted"}, {"rejected"})
    undone = write(told, lambda c: undo(c, ANNA))
    assert undone.act == act
    assert (status_of(told, first), status_of(told, second)) == ({"proposed"}, {"proposed"})


def test_undo_goes_back_act_by_act_and_only_ones_own(told):
    decided(told, Status.ACCEPTED)
    decided(told, Status.REJECTED)
    claim = claims(told)[0]
    assert write(told, lambda c: undo(c, OLEG)) is None
    for expected in ("accepted", "proposed"):
        assert write(told, lambda c: undo(c, ANNA))
        assert status_of(told, claim) == {expected}
    assert write(told, lambda c: undo(c, ANNA)) is None


def test_undo_leaves_what_another_decided_since(told):
    decided(told, Status.ACCEPTED)
    first, second = claims(told)
    write(told, lambda c: decide(c, [first], Status.REJECTED, OLEG))
    undone = write(told, lambda c: undo(c, ANNA))
    assert undone.left == (first,)
    assert (status_of(told, first), status_of(told, second)) == ({"rejected"}, {"proposed"})


def test_an_unknown_act_cannot_be_undone(told):
    with pytest.raises(RegistryError, match="no such act"):
        write(told, lambda c: undo_act(c, "none", ANNA))


def test_a_correction_rejects_and_says_what_is_so(told):
    made = write(told, lambda c: correct(c, claims(told), " Верхняя область ", ANNA))
    wrong = statements(told, schema.statement.c.value == "Ольская область")
    right = statements(told, schema.statement.c.value == "Верхняя область")
    assert {row.status for row in wrong} == {"rejected"}
    assert {(row.status, row.site, row.rule) for row in right} == {("accepted", "keeper", "keeper")}
    assert {row.entity_id for row in right} == {row.entity_id for row in wrong}
    assert set(made.claims) == {row.claim for row in right}
    row = right[0]
    assert row.text[row.start : row.stop] == row.value
    for word in ("Анна", "2025-01-02T10:00:00Z", "фонд «Исток»", "регион", "Ольская область", "проверено"):
        assert word in row.text[row.quote_start : row.quote_stop]


def test_a_correction_outlives_a_new_content_of_the_article(told):
    write(told, lambda c: correct(c, claims(told), "Верхняя область", ANNA))
    again = on("2024-03-01", "a.example", modified="2024-03-05").organization("фонд «Исток»", region="Ольская область")
    tell(told, again.place("Ольск"))
    live = statements(told, schema.statement.c.property == "region", schema.statement.c.status != Status.SUPERSEDED)
    assert {(row.value, row.status) for row in live} == {
        ("Ольская область", "rejected"),
        ("Верхняя область", "accepted"),
    }


def test_an_undone_correction_is_believed_no_longer(told):
    for _ in range(2):
        write(
            told,
            lambda c: correct(c, claims(told, "region", schema.revision.c.site != "keeper"), "Верхняя", ANNA),
        )
        write(told, lambda c: undo(c, ANNA))
        wrong = statements(told, schema.statement.c.value == "Ольская область")
        right = statements(told, schema.statement.c.value == "Верхняя")
        assert ({row.status for row in wrong}, {row.status for row in right}) == ({"proposed"}, {"rejected"})
    assert len(right) == 2


def test_a_correction_may_point_at_an_entity(told):
    tell(told, on("2024-03-03", "c.example").holds("Анна Берёзкина", "директор", "завод «Луч»"))
    body = claims(told, "body")
    fund = statements(told, schema.statement.c.value == "фонд «Исток»")[0]
    write(told, lambda c: correct(c, body, fund.entity_id, ANNA))
    right = statements(told, schema.statement.c.property == "body", schema.statement.c.status == "accepted")
    assert [(row.value, row.value_id) for row in right] == [("фонд «Исток»", fund.entity_id)]


@pytest.mark.parametrize(
    ("prop", "value", "complaint"),
    [("region", "  ", "nothing is no value"), ("region", "Ольская область", "already; accept it")],
)
def test_what_is_no_correction_is_refused(told, prop, value, complaint):
    with pytest.raises(RegistryError, match=complaint):
        write(told, lambda c: correct(c, claims(told, prop), value, ANNA))
    assert count(told, schema.decision) == 0


def test_a_number_whose_check_digit_is_wrong_is_refused(told):
    tell(told, on("2024-03-03").organization("завод «Луч»", identifiers={"inn": "7707083893"}))
    with pytest.raises(RegistryError, match="'7707083894' is no ИНН"):
        write(told, lambda c: correct(c, claims(told, "inn"), "7707083894", ANNA))


def test_claims_of_two_properties_have_no_common_correction(told):
    with pytest.raises(RegistryError, match="one property"):
        write(told, lambda c: correct(c, claims(told) + claims(told, "name"), "Верхняя", ANNA))


def test_odd_characters_of_a_correction_are_stored(told):
    write(told, lambda c: correct(c, claims(told), "Верх\x00няя\ud800'; DROP TABLE decision; --", ANNA))
    assert statements(told, schema.statement.c.status == "accepted")[0].value.startswith("Верх\ufffdняя\ufffd'; DROP")


def test_of_two_keepers_at_once_the_last_counts_and_both_are_kept(told):
    wanted = claims(told)

    def work(number):
        by = Signature(f"keeper {number}", "2025-01-02T10:00:00Z")
        status = Status.ACCEPTED if number % 2 else Status.REJECTED
        return write(told, lambda c: decide(c, wanted if number % 3 else wanted[::-1], status, by))

    with ThreadPoolExecutor(4) as pool:
        acts = set(pool.map(work, range(12)))
    assert len(acts) == 12
    assert count(told, schema.decision) == 24
    with reading(told) as connection:
        last = connection.execute(select(schema.decision.c.verdict).order_by(schema.decision.c.seq.desc())).scalar()
    assert {status for claim in wanted for status in status_of(told, claim)} == {last}
