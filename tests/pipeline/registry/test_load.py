from dataclasses import replace

import pytest
from sqlalchemy import func, select

from pipeline.errors import RegistryError
from pipeline.registry import schema
from pipeline.registry.database import insert_many, learn, reading, write
from pipeline.registry.loading.contribution import contribution
from pipeline.registry.loading.load import Loaded, begin_load, load_contribution
from tests.pipeline.records import a_record

NOW = "2024-03-07T00:00:00Z"


def load(database, record, now=NOW):
    def work(connection):
        seq = begin_load(connection, "load", now)
        return load_contribution(connection, contribution(record), load_seq=seq, now=now)

    return write(database, work)


def statuses(database):
    with reading(database) as connection:
        counted = select(schema.statement.c.status, func.count()).group_by(schema.statement.c.status)
        return dict(connection.execute(counted).all())


def test_an_article_is_loaded_once(database):
    assert load(database, a_record()) is Loaded.NEW
    before = statuses(database)
    assert set(before) == {"proposed"}
    assert load(database, a_record()) is Loaded.KNOWN
    assert statuses(database) == before


def test_a_newer_content_supersedes_only_its_own(database):
    load(database, a_record())
    load(database, a_record("a2"))
    one = statuses(database)["proposed"] // 2
    later = replace(a_record(), article=replace(a_record().article, modified_at="2024-03-08"), money=())
    assert load(database, later) is Loaded.REVISED
    after = statuses(database)
    assert after["superseded"] == one
    assert after["proposed"] >= one


def test_an_older_content_comes_late(database):
    later = replace(a_record(), article=replace(a_record().article, modified_at="2024-03-08"))
    load(database, later)
    assert load(database, a_record()) is Loaded.OLDER


def test_every_statement_has_its_words(database):
    load(database, a_record())
    with reading(database) as connection:
        for row in connection.execute(select(schema.statement, schema.revision.c.text).join(schema.revision)):
            assert row.text[row.start : row.stop] == row.original
            assert row.quote_start <= row.start < row.stop <= row.quote_stop


def test_rows_that_do_not_fit_are_told_and_leave_nothing(database):
    """Also where they go past SQLAlchemy."""
    columns = ("id", "kind", "article_id", "name", "rank")

    def work(connection):
        insert_many(connection, schema.entity, columns, [("org-1", "organization", "nowhere", "Фонд", "")])

    with pytest.raises(RegistryError, match=r"(?i)foreign key"):
        write(database, work)
    assert statuses(database) == {}


def test_a_database_learns_how_its_rows_are_spread(database):
    load(database, a_record())
    before = statuses(database)
    learn(database)
    assert statuses(database) == before
