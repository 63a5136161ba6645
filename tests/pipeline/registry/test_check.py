"""Each rule of a registry's integrity, broken on purpose and found."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import CheckError
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.resolve import resolve
from pipeline.registry.upkeep.check import RULES, check
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import Signature, decide, undo
from tests.pipeline.registry.stories import on, tell

NOW = "2024-03-07T00:00:00Z"
BY = Signature("keeper", NOW)


def claim(connection, prop):
    statement = schema.statement.c
    query = select(statement.claim).where(statement.property == prop, statement.status == Status.PROPOSED)
    return connection.execute(query.order_by(statement.seq)).scalars().first()


@pytest.fixture
def sound(database):
    """A registry with contents that replaced one another, decisions of all sorts, a merge, and cards."""
    tell(
        database,
        on("2024-03-01").holds("Анна Берёзкина", "глава", "Минэкономики Ольской области"),
        on("2024-03-02", "tass.example").holds("Анна Берёзкина", "глава", "Минэкономики Ольской области"),
        on("2024-03-02", "tass.example", modified="2024-03-04").holds("Олег Седов", "глава"),
        on("2024-03-02", "tass.example", modified="2024-03-03").holds("Яна Тур", "глава"),
    )
    write(database, lambda c: decide(c, [claim(c, "name")], Status.ACCEPTED, BY))
    write(database, lambda c: decide(c, [claim(c, "post")], Status.REJECTED, BY))
    write(database, lambda c: undo(c, BY))
    write(database, lambda c: correct(c, [claim(c, "last")], "Берёзова", BY))
    tell(database, on("2024-03-01", modified="2024-03-08").holds("Анна Берёзкина", "глава"))
    resolve(database)
    return database


def problems(database):
    with reading(database) as connection:
        return list(check(connection))


def breaking(database, *commands):
    """Carry out SQL that no constraint is in the way of."""
    engine = create_engine(database.engine.url)
    with engine.connect() as connection:
        off = "PRAGMA foreign_keys=OFF" if engine.dialect.name == "sqlite" else "SET session_replication_role = replica"
        connection.execute(text(off))
        for command in commands:
            assert connection.execute(text(command)).rowcount != 0, command
        connection.commit()
    engine.dispose()


def test_a_sound_registry(sound):
    assert problems(sound) == []


def test_an_empty_registry(database):
    assert problems(database) == []


FILLED_IN = {
    "ONE": "(SELECT min(seq) FROM statement WHERE start > 0 AND status <> 'superseded')",
    "PERSON": "(SELECT min(canonical_id) FROM entity WHERE kind = 'person' AND canonical_id <> id)",
    "CARD": "(SELECT min(id) FROM card)",
    "COLUMNS": ", ".join(column.name for column in schema.statement.columns if column.name != "seq"),
}
BREAKS = [
    line.format(**FILLED_IN).split("\t")
    for line in Path(__file__).with_name("breaks.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("rule", "command"), BREAKS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BREAKS)])
def test_what_is_wrong_is_found(sound, rule, command):
    breaking(sound, command)
    found = problems(sound)
    assert rule in {problem.rule for problem in found}, found
    assert all(problem.id and problem.what for problem in found)


def test_every_rule_is_broken_above():
    assert {rule for rule, _ in BREAKS} | {"file"} == {rule.name for rule in RULES}


def test_unresolved_entities_need_no_cards(sound):
    breaking(sound, "UPDATE entity SET canonical_id = NULL", "DELETE FROM term", "DELETE FROM card")
    assert problems(sound) == []


def test_the_id_leads_to_what_is_wrong(sound):
    with reading(sound) as connection:
        seq = connection.execute(text(f"SELECT {FILLED_IN['ONE']}")).scalar_one()
    breaking(sound, next(command for rule, command in BREAKS if rule == "words" and "Иное" in command))
    (problem,) = problems(sound)
    assert (problem.rule, problem.id) == ("words", f"statement {seq}")
    assert problem.what.startswith("says 'Иное', its text has ")


@pytest.mark.parametrize("registry_url", ["sqlite"], indirect=True)
def test_a_damaged_file_is_found(sound, registry_url):
    sound.engine.dispose()
    path = registry_url.removeprefix("sqlite:///")
    raw = sqlite3.connect(path)
    root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_statement_claim'").fetchone()[0]
    size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    with Path(path).open("r+b") as file:
        file.seek((root - 1) * size + size // 2)
        file.write(b"\xff" * (size // 2))
    done = CliRunner().invoke(app, ["registry", "check", "--registry", registry_url])
    assert done.exception.exit_code in {6, 8}
    assert "file" in done.output + str(done.exception)


def test_the_command(sound, registry_url):
    done = CliRunner().invoke(app, ["registry", "check", "--registry", registry_url])
    assert done.exit_code == 0, done.output
    assert "nothing is wrong" in done.output
    breaking(sound, "UPDATE revision SET text_sha256 = 'x'", "UPDATE statement SET confidence = 2")
    done = CliRunner().invoke(app, ["registry", "check", "--registry", registry_url])
    assert isinstance(done.exception, CheckError)
    assert done.exception.exit_code == 8
    shown = done.output.splitlines()
    assert len([line for line in shown if line.startswith("vocabulary: statement ")]) == 20
    assert any(line.endswith("more; --all lists them") for line in shown)
    every = CliRunner().invoke(app, ["registry", "check", "--all", "--registry", registry_url]).output.splitlines()
    assert len(every) > len(shown)
    assert "text (" in str(done.exception)


def test_checking_needs_a_registry(tmp_path):
    done = CliRunner().invoke(app, ["registry", "check", "--registry", str(tmp_path / "none.db")])
    assert done.exception.exit_code == 6
    open_database(str(tmp_path / "some.db"), create=True).engine.dispose()
    assert CliRunner().invoke(app, ["registry", "check", "--registry", str(tmp_path / "some.db")]).exit_code == 0
