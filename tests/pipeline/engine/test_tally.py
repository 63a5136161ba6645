from pipeline.engine import Tally
from tests.pipeline.records import a_record, a_rejected


def test_copies_are_records_with_an_id_met_before():
    tally = Tally()
    for outcome in (a_record("a"), a_record("b"), a_record("a"), a_rejected(), a_record("a")):
        tally.add(outcome)
    assert (tally.records, tally.copies, tally.pages) == (4, 2, 5)
    assert tally.kinds["organizations"] == 4
