from pipeline.record import Record
from pipeline.tables import COLUMNS, rows, tables
from tests.pipeline.records import TEXT, a_record, a_rejected


def test_every_row_has_the_columns_of_its_table():
    for name, found in rows(a_record()).items():
        assert all(tuple(row) == COLUMNS[name] for row in found), name


def test_tables_are_keyed_by_article_and_id():
    frames = tables([a_record("a1"), a_record("a2")])
    assert set(frames) == set(COLUMNS)
    assert list(frames["organizations"]["article"]) == ["a1", "a2"]
    assert frames["organizations"].loc[0, "inn"] == "7707083893"
    assert frames["facts"].loc[0, "summary"] == "subject: кластер «Вега»; money: =2 млн рублей"
    assert frames["facts"].loc[0, "date"] == "2024-03-05"
    assert frames["facts"].loc[0, "place"] == "Тверь"


def test_mentions_point_into_the_text():
    frame = tables([a_record()])["mentions"]
    assert len(frame) == 7
    assert all(TEXT[row.start : row.stop] == row.text for row in frame.itertuples())


def test_rejected_pages_are_passed_over():
    assert len(tables([a_rejected(), a_record()])["articles"]) == 1


def test_no_records_still_have_columns():
    assert list(tables([])["clusters"].columns) == list(COLUMNS["clusters"])


def test_a_bare_article_gives_its_row():
    bare = Record(article=a_record().article)
    assert [len(found) for found in rows(bare).values()] == [1] + [0] * (len(COLUMNS) - 1)
