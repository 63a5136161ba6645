"""Records from lines: what is taken, what is refused and why."""

import gzip
import hashlib
import io
import json
import sys
from dataclasses import replace

import pytest
from sqlalchemy import select

from pipeline.errors import InputError
from pipeline.record import from_json, to_json
from pipeline.registry import schema
from pipeline.registry.database import reading
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.load import Loaded
from pipeline.registry.loading.record_check import NoRecordError, checked_record
from pipeline.registry.loading.record_files import Line, RecordFiles
from tests.pipeline.records import a_record

NOW = "2024-03-07T00:00:00Z"


def line(record=None):
    return Line("records.jsonl", 1, to_json(record or a_record()).encode())


def changed(change):
    data = json.loads(to_json(a_record()))
    change(data)
    return Line("records.jsonl", 1, json.dumps(data).encode())


def test_a_good_line_is_its_record():
    assert checked_record(line()) == a_record() == from_json(line().text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.update(schema_version=2), "schema_version 2, this Svodka reads 1"),
        (lambda d: d.update(schema_version=2, article=None), "schema_version 2, this Svodka reads 1"),
        (lambda d: d.pop("article"), "article: Field required"),
        (lambda d: d["article"].update(text="Другой текст"), "text_sha256 is not that of the text"),
        (lambda d: d["article"].update(id=""), "an article.id of 0 characters"),
        (lambda d: d["article"].update(id="а" * 1_000_000), "an article.id of 1000000 characters"),
        (lambda d: d["article"].update(paragraphs=[[0, 10_000]]), "paragraph 0:10000 is outside the text"),
        (lambda d: d["article"].update(modified_at="вчера в 12T00"), "modified_at 'вчера в 12T00' is no ISO 8601 time"),
        (lambda d: d["article"].update(published_at="2024-02-30"), "published_at '2024-02-30' is no ISO 8601 time"),
        (lambda d: d["persons"][0].update(mentions=[]), "per1 has no mention"),
        (lambda d: d["persons"].append(d["persons"][0]), "per1 is there twice"),
        (lambda d: d["persons"][0]["mentions"][0].update(start=0), "per1: text[0:"),
        (lambda d: d["persons"][0]["mentions"][0].update(start=-3, stop=-1), "per1: text[-3:-1] is not"),
        (lambda d: d["officials"][0]["position_mentions"][0].update(text="министр"), "off1: text["),
        (lambda d: d["facts"][0]["evidence"].update(stop=30), "fac1: text[27:30] is not"),
        (lambda d: d["facts"][0].update(confidence=7), "fac1: a confidence of 7"),
    ],
)
def test_a_line_that_is_no_record_is_refused(change, reason):
    with pytest.raises(NoRecordError) as refused:
        checked_record(changed(change))
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("text", [b"{", b"5", b"[" * 100_000, b"null", b"\xff\xfe", b'{"a": "\\ud800"}'])
def test_junk_is_refused(text):
    with pytest.raises(NoRecordError):
        checked_record(Line("f", 1, text))


def test_files_folders_patterns_and_standard_input(tmp_path, monkeypatch):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one/records.jsonl").write_bytes(b"\xef\xbb\xbf1\r\n\n2")
    (tmp_path / "one/rejected.jsonl").write_bytes(b"no record\n")
    (tmp_path / "two/records.jsonl.gz").write_bytes(gzip.compress(b"3\n4\n"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(gzip.compress(b"5\n")))))
    one = str(tmp_path / "one/records.jsonl")
    files = RecordFiles([one, str(tmp_path), f"{tmp_path}/*/rec*.gz", "-"])
    found = [(item.number, item.text) for item in files]
    assert found == [(1, b"1"), (3, b"2"), (1, b"3"), (2, b"4"), (1, b"5")]
    assert files.read == files.total > 0


@pytest.mark.parametrize("path", ["nowhere.jsonl", "nothing-*.jsonl", "empty"])
def test_paths_that_are_not_there(tmp_path, path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        RecordFiles([str(tmp_path / path)])


def test_what_cannot_be_read_on_is_told_and_the_rest_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.registry.loading.record_files._LONGEST", 100)
    (tmp_path / "a").write_bytes(gzip.compress(b"1\n2\n3\n")[:-4])
    (tmp_path / "b").write_bytes(b"1\n" + b"x" * 250 + b"\n3\n")
    (tmp_path / "c").write_bytes(b"4")
    found = list(RecordFiles([str(tmp_path / name) for name in "abc"]))
    assert [item.text for item in found if not item.trouble] == [b"1", b"2", b"3", b"1", b"3", b"4"]
    assert [(item.file[-1], item.number) for item in found if item.trouble] == [("a", 4), ("b", 2)]


def test_a_feed_counts(database):
    feed = Feed(database, "load", lambda: NOW)
    later = replace(a_record(), article=replace(a_record().article, modified_at="2024-03-09"))
    assert [feed.add_line(line()), feed.add_line(line(later)), feed.add_line(line())] == [None, None, None]
    refused = feed.add_line(Line("records.jsonl", 7, b"{"))
    assert str(refused).startswith("records.jsonl, line 7: no record: ")
    feed.end()
    assert dict(feed.tally.articles) == {Loaded.NEW: 1, Loaded.REVISED: 1, Loaded.KNOWN: 1}
    with reading(database) as connection:
        [row] = connection.execute(select(schema.load)).all()
        statements = len(connection.execute(select(schema.statement.c.seq)).all())
    assert statements == feed.tally.statements
    assert json.loads(row.counts) == {
        "new": 1, "revised": 1, "older": 0, "known": 1, "refused": 1, "statements": statements,
    }  # fmt: skip


def test_what_svodka_cannot_cope_with_is_refused(database):
    """A record that comes from elsewhere than a line: it is not checked."""
    feed = Feed(database, "load", lambda: NOW)
    with pytest.raises(NoRecordError, match="an error inside Svodka: IndexError"):
        feed.add(replace(a_record(), persons=(replace(a_record().persons[0], mentions=()),)))
    assert (feed.tally.refused, feed.tally.articles.total()) == (1, 0)


HOSTILE = ["'); DROP TABLE statement; --", '"; DELETE FROM article; --', "%s %(a)s ? :a {a} \\", "А" * 1_000_000]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_names(database, name):
    feed = Feed(database, "load", lambda: NOW)
    record = a_record()
    person = replace(record.persons[0], name=name, last=name)
    organization = replace(record.organizations[0], aliases=(name,), region=name, identifiers={"inn": name, name: name})
    assert feed.add(replace(record, persons=(person,), organizations=(organization,))) is Loaded.NEW
    with reading(database) as connection:
        assert name in connection.execute(select(schema.entity.c.name)).scalars().all()
        assert name in connection.execute(select(schema.statement.c.value)).scalars().all()


@pytest.mark.parametrize("junk", ["\x00", "\ud800"])
def test_what_no_database_holds_is_replaced(database, junk):
    """NUL and lone surrogates in Python objects; from JSON the first only, the second is no JSON."""
    feed = Feed(database, "load", lambda: NOW)
    text = f"{a_record().article.text} {junk}"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    article = replace(a_record().article, text=text, text_sha256=digest, title=junk)
    record = replace(a_record(), article=article)
    assert feed.add(record) is Loaded.NEW
    assert feed.add(record) is Loaded.KNOWN
    with reading(database) as connection:
        [row] = connection.execute(select(schema.revision)).all()
    assert row.title == "\N{REPLACEMENT CHARACTER}"
    assert row.text == text.replace(junk, "\N{REPLACEMENT CHARACTER}")
    assert row.text_sha256 == hashlib.sha256(row.text.encode()).hexdigest()
