"""Backups: from either database into either, whole or not at all."""

import gzip
import hashlib
import itertools
import json
import os
import random
import shutil
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from sqlalchemy import create_engine, func, insert, select, text
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError, OutputError, RegistryError
from pipeline.registry import schema
from pipeline.registry.database import connect, insert_many, open_database, reading, versions, write
from pipeline.registry.kinds import Status
from pipeline.registry.upkeep import backup as module
from pipeline.registry.upkeep.backup import back_up, verify
from pipeline.registry.upkeep.restore import restore
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import identify, on, tell
from tests.pipeline.registry.test_migrations import LATER

NOW = "2024-03-07T00:00:00Z"
_NUMBERS = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'other.db'}"
    server, name = request.getfixturevalue("postgresql_server"), f"other_{next(_NUMBERS)}"
    server.psql(f"CREATE DATABASE {name};")
    return server.get_uri(database=name)


@pytest.fixture
def other(other_url):
    database = connect(other_url, create=True)
    yield database
    database.engine.dispose()


@pytest.fixture
def full(database):
    """A registry with something in every table, of every kind of character."""
    name = "Анна\t«Ё»\n\\N \u2028\U0001f98a\\\"' Берёзкина"
    tell(database, on("2024-03-01").holds(name, "глава"), on("2024-03-02", "tass.example").holds(name, "глава"))
    identify(database)

    def more(connection):
        claims = connection.execute(select(schema.statement.c.claim).limit(3)).scalars().all()
        decide(connection, claims, Status.ACCEPTED, Signature("keeper", NOW, "видел приказ"))
        one, two = sorted(connection.execute(select(schema.entity.c.id).limit(2)).scalars())
        connection.execute(
            insert(schema.judgement).values(left_id=one, right_id=two, verdict="different", who="keeper", at=NOW)
        )
        connection.execute(insert(schema.source).values(site="tass.example", weight=0.1 + 0.2, who="keeper", at=NOW))
        fill_derived(connection)

    write(database, more)
    return database


def fill_derived(connection):
    """Put a row into each table that nothing has filled, so that none is forgotten."""
    samples = {str: "текст", int: 7, float: 0.7, bool: True}
    for table in schema.metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is None:
            row = {c.name: samples[c.type.python_type] for c in table.columns if c.name != "seq"}
            for column in table.columns:
                for key in column.foreign_keys:
                    row[column.name] = connection.execute(select(key.column).limit(1)).scalar_one()
            connection.execute(insert(table).values(row))


def content(database):
    with reading(database) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in schema.metadata.sorted_tables
        }


def test_a_backup_fills_either_database(full, other, tmp_path):
    file = tmp_path / "registry.gz"
    made = back_up(full, file, now=NOW)
    assert all(made.rows[table.name] > 0 for table in schema.metadata.sorted_tables)
    assert restore(other, file) == made == verify(file)
    assert content(other) == content(full)
    again = tmp_path / "again.gz"
    back_up(other, again, now=NOW)
    assert again.read_bytes() == file.read_bytes()


def test_a_restored_registry_goes_on(full, other, other_url, tmp_path):
    back_up(full, tmp_path / "registry.gz", now=NOW)
    restore(other, tmp_path / "registry.gz")
    opened = open_database(other_url)
    before = len(content(opened)["statement"])
    tell(opened, on("2024-03-09").holds("Олег Седов", "глава"))
    seqs = [row[0] for row in content(opened)["statement"]]
    assert len(seqs) > before
    assert seqs == list(range(1, len(seqs) + 1))
    opened.engine.dispose()


def test_the_file_can_be_read_without_svodka(full, tmp_path):
    back_up(full, tmp_path / "registry.gz", now=NOW)
    head, *middle, last = gzip.decompress((tmp_path / "registry.gz").read_bytes()).splitlines(keepends=True)
    assert json.loads(head) == {"format": "svodka.backup", "version": 1, "tables": "0001", "made_at": NOW}
    assert json.loads(last)["sha256"] == hashlib.sha256(b"".join(middle)).hexdigest()
    tables = [json.loads(line)["table"] for line in middle if line.startswith(b"{")]
    assert set(tables) == set(schema.metadata.tables)


def test_an_existing_file_is_kept(full, tmp_path):
    file = tmp_path / "registry.gz"
    file.write_text("precious", encoding="utf-8")
    with pytest.raises(OutputError, match="--force"):
        back_up(full, file, now=NOW)
    assert file.read_text(encoding="utf-8") == "precious"
    back_up(full, file, now=NOW, force=True)
    verify(file)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in {".gz", ".part"}) == ["registry.gz"]


def test_a_file_that_appears_meanwhile_is_kept(full, tmp_path, monkeypatch):
    file = tmp_path / "registry.gz"
    write_tables = module._write_tables
    monkeypatch.setattr(module, "_write_tables", lambda *a: file.write_text("precious") and write_tables(*a))
    with pytest.raises(OutputError, match="exists"):
        back_up(full, file, now=NOW)
    assert file.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    "trouble", [OSError(28, "No space left on device"), RegistryError("gone"), KeyboardInterrupt()]
)
def test_a_backup_that_fails_leaves_no_file(full, tmp_path, monkeypatch, trouble):
    def fail(*_):
        raise trouble

    monkeypatch.setattr(module, "_write_tables", fail)
    with pytest.raises((OutputError, RegistryError, KeyboardInterrupt), match=r"No space left|gone|"):
        back_up(full, tmp_path / "registry.gz", now=NOW)
    assert not [path for path in tmp_path.iterdir() if "gz" in path.name]


def test_a_folder_that_is_not_there(full, tmp_path):
    with pytest.raises(OutputError, match="No such file"):
        back_up(full, tmp_path / "none" / "registry.gz", now=NOW)


def test_one_state_while_others_write(full, tmp_path, monkeypatch):
    lines = module._lines

    def meanwhile(connection, table):
        yield from lines(connection, table)
        if table.name == "article":
            tell(full, on("2024-04-01").holds("Яна Тур", "глава"))

    before = content(full)
    monkeypatch.setattr(module, "_lines", meanwhile)
    made = back_up(full, tmp_path / "registry.gz", now=NOW)
    assert made.rows == {name: len(rows) for name, rows in before.items()}
    assert len(content(full)["statement"]) > len(before["statement"])


def test_it_is_restored_only_into_nothing(full, tmp_path):
    back_up(full, tmp_path / "registry.gz", now=NOW)
    before = content(full)
    with pytest.raises(RegistryError, match="something is in this registry"):
        restore(full, tmp_path / "registry.gz")
    assert content(full) == before


def test_it_is_restored_into_an_empty_registry(full, other_url, tmp_path):
    back_up(full, tmp_path / "registry.gz", now=NOW)
    empty = open_database(other_url, create=True)
    restore(empty, tmp_path / "registry.gz")
    assert content(empty) == content(full)
    empty.engine.dispose()


@pytest.fixture
def file(full, tmp_path):
    back_up(full, tmp_path / "registry.gz", now=NOW)
    return tmp_path / "registry.gz"


def is_untouched(database):
    with database.engine.connect() as connection:
        return versions.tables_version(connection) is None


def test_a_broken_file_is_refused_before_anything_is_written(file, other):
    whole, chance = file.read_bytes(), random.Random(3)  # noqa: S311 - for the damage
    for _ in range(40):
        stop = chance.randrange(len(whole))
        file.write_bytes(whole[:stop])
        with pytest.raises(InputError):
            restore(other, file)
    for _ in range(40):
        damaged = bytearray(whole)
        at = chance.randrange(20, len(whole))
        damaged[at] ^= 1 << chance.randrange(8)
        if is_the_same(damaged, whole):  # a bit that fills up the last byte of what is packed
            continue
        file.write_bytes(damaged)
        with pytest.raises(InputError):
            restore(other, file)
    assert is_untouched(other)


def is_the_same(damaged, whole):
    with suppress(OSError, EOFError, zlib.error):
        return gzip.decompress(damaged) == gzip.decompress(whole)
    return False


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[:5] + lines[6:],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [line.replace("глава".encode(), b"vrach") for line in lines],
        lambda lines: lines[1:],
        lambda _: [b"[]\n"],
        lambda _: [b"{}\n"],
        lambda lines: [lines[0], b"[1]\n", *lines[1:]],
        lambda _: [],
        lambda lines: [lines[0], b"nonsense\n"],
    ],
)
def test_what_was_tampered_with_is_refused(file, other, change):
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(change(lines))))
    with pytest.raises(InputError, match=r"damaged|no backup|breaks off|behind its end"):
        restore(other, file)
    assert is_untouched(other)


@pytest.mark.parametrize("content", [b"", b"Svodka", os.urandom(10**5), b"SQLite format 3\x00" + bytes(1000)])
def test_something_else_is_refused(tmp_path, content):
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(InputError, match="no backup"):
        verify(tmp_path / "letter")


def test_no_file_or_a_folder(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        verify(tmp_path / "none.gz")
    with pytest.raises(InputError, match="directory"):
        verify(tmp_path)


def test_what_is_written_otherwise_is_found_out(file, other, monkeypatch):
    """A database that changes what it is given: nothing is restored."""

    def forgetful(connection, table, columns, rows):
        insert_many(connection, table, columns, rows[:-1] if table.name == "source" else rows)

    monkeypatch.setattr("pipeline.registry.upkeep.restore.insert_many", forgetful)
    with pytest.raises(RegistryError, match="not what is read back"):
        restore(other, file)
    assert is_untouched(other)


def test_a_backup_of_older_tables_is_brought_up_to_date(file, other, tmp_path, monkeypatch):
    folder = tmp_path / "migrations"
    shutil.copytree(versions._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(LATER, encoding="utf-8")
    monkeypatch.setattr(versions, "_MIGRATIONS", folder)
    restore(other, file)
    with reading(other) as connection:
        assert versions.tables_version(connection) == "9999"
        assert connection.execute(text("SELECT count(*) FROM article WHERE later IS NULL")).scalar_one() == 2


def test_a_newer_backup_is_refused(file, other):
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    for old, new in ((b'"tables":"0001"', b'"tables":"9999"'), (b'"version":1', b'"version":2')):
        file.write_bytes(gzip.compress(b"".join([lines[0].replace(old, new), *lines[1:]])))
        with pytest.raises(RegistryError, match="newer"):
            restore(other, file)
    assert is_untouched(other)


def test_memory_is_bounded(database, other, tmp_path):
    """Six thousand texts of 10 kB: 60 MB of rows."""
    rows = [{"command": "ж" * 5000, "started_at": NOW}] * 500
    for _ in range(12):
        write(database, lambda connection: connection.execute(insert(schema.load), rows))
    tracemalloc.start()
    back_up(database, tmp_path / "big.gz", now=NOW)
    restore(other, tmp_path / "big.gz")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * 1024 * 1024
    with reading(other) as connection:
        assert connection.execute(select(func.count()).select_from(schema.load)).scalar_one() == 6_000


def test_the_commands(full, registry_url, other_url, tmp_path):
    file = str(tmp_path / "registry.gz")
    done = CliRunner().invoke(app, ["registry", "backup", file, "--registry", registry_url])
    assert done.exit_code == 0
    assert done.output.startswith(f"{file}: ")
    assert CliRunner().invoke(app, ["registry", "backup", file, "--registry", registry_url]).exception.exit_code == 3
    done = CliRunner().invoke(app, ["registry", "restore", file, "--registry", other_url])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(app, ["registry", "restore", file, "--registry", other_url])
    assert done.exception.exit_code == 6
    engine = create_engine(other_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        count = select(func.count()).select_from(schema.statement)
        assert connection.execute(count).scalar_one() == len(content(full)["statement"])
    engine.dispose()
