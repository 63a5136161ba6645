import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.registry import schema
from pipeline.registry.database import reading


def regions(database):
    statement = schema.statement.c
    with reading(database) as connection:
        query = select(statement.claim, statement.value, statement.status).where(statement.property == "region")
        return connection.execute(query.order_by(statement.seq)).all()


def run(url, *arguments, who="Анна"):
    return CliRunner().invoke(app, ["registry", *arguments, "--registry", url], env={"SVODKA_KEEPER": who})


def test_a_verdict_is_on_the_value(told, registry_url):
    claim = regions(told)[0].claim
    result = run(registry_url, "accept", claim, "--why", "сверено")
    assert result.exit_code == 0
    assert result.stdout.count("accepted: фонд «Исток», регион: Ольская область") == 2
    assert [row.status for row in regions(told)] == ["accepted", "accepted"]
    with reading(told) as connection:
        rows = connection.execute(select(schema.decision.c.who, schema.decision.c.why).distinct()).all()
    assert [tuple(row) for row in rows] == [("Анна", "сверено")]


def test_a_verdict_may_be_on_one_claim_only(told, registry_url):
    run(registry_url, "reject", regions(told)[0].claim, "--only")
    assert [row.status for row in regions(told)] == ["rejected", "proposed"]


def test_a_correction_and_its_undoing(told, registry_url):
    result = run(registry_url, "correct", regions(told)[0].claim, "Верхняя область")
    assert "accepted: фонд «Исток», регион: Верхняя область" in result.stdout
    assert [row.status for row in regions(told)] == ["rejected", "rejected", "accepted", "accepted"]
    assert "Олег has decided nothing" in run(registry_url, "undo", who="Олег").stdout
    assert run(registry_url, "undo").stdout.count("taken back: ") == 4
    assert [row.status for row in regions(told)] == ["proposed", "proposed", "rejected", "rejected"]


def test_undo_tells_what_stays(told, registry_url):
    claim = regions(told)[0].claim
    run(registry_url, "accept", claim)
    run(registry_url, "reject", claim, "--only", who="Олег")
    assert f"left, since decided on anew: фонд «Исток», регион: Ольская область ({claim})" in run(
        registry_url, "undo"
    ).stdout  # fmt: skip


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("command", [["accept"], ["reject"], ["correct"]])
def test_an_unknown_claim_is_an_error(registry_url, command):
    value = ["Верхняя область"] if command == ["correct"] else []
    result = run(registry_url, *command, "nosuchclaim00000", *value)
    assert result.exit_code != 0
    assert "no claim nosuchclaim00000" in str(result.exception)
