"""docs/push.md and its JSON Schema against what is really sent; the command `svodka registry push`."""

import json
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import NetError
from pipeline.net import Answer, open_client
from pipeline.registry.database import write
from pipeline.registry.handout.push.endpoint import TOKEN, endpoint, refusals
from pipeline.registry.handout.push.message import Batch, schema_text
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.records import a_record
from tests.pipeline.registry.receiver import receiving
from tests.pipeline.registry.test_load import load
from tests.pipeline.registry.test_push import MANNER, NOW, claims, decided, push, pushing

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "push.md").read_text(encoding="utf-8")


def example(op):
    return next(e for e in map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)) if e.get("op") == op)


def test_the_examples_are_what_is_sent(database):
    load(database, a_record())
    decided(database, claims(database), Status.ACCEPTED)
    with receiving() as server:
        push(database, server)
        (sent,) = [s for s in server.held.values() if s["id"] == example("assert")["id"]]
        assert sent == example("assert")
        decided(database, claims(database), Status.REJECTED)
        push(database, server)
        (sent,) = [s for _, batch in server.requests for s in batch["statements"] if s["op"] == "retract"
                   and s["id"] == example("assert")["id"]]  # fmt: skip
        assert sent == example("retract")


def test_the_example_of_refusals_is_understood():
    (shown,) = re.findall(r'```json\n(\{"refused.*?)```', PAGE, re.DOTALL)
    key = example("assert")["key"]
    assert refusals(endpoint("https://registry.example/", {}), Answer(207, {}, shown.encode())) == {
        key: "no such property: holder"
    }


def test_every_member_is_described():
    described = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in PAGE.splitlines() if "|" in line)))
    assert set(example("assert")) | set(example("retract")) <= described | {"op"}


def test_the_schema_is_fresh():
    assert (DOCS / "push.schema.json").read_text(encoding="utf-8") == schema_text()


def test_what_is_sent_follows_the_schema(database):
    load(database, a_record())
    write(database, lambda connection: decide(connection, claims(database)[:3], Status.REJECTED, Signature("me", NOW)))
    with receiving() as server, open_client(MANNER) as client:
        list(pushing(database, server.url, client, proposed=True).run())
        batches = [batch for _, batch in server.requests]
    for batch in batches:
        TypeAdapter(Batch).validate_json(json.dumps(batch), strict=True, extra="forbid")
    assert {(batch["format"], batch["version"]) for batch in batches} == {("svodka.push", 1)}


# The command


@pytest.fixture
def run(registry_url, database, monkeypatch):
    load(database, a_record())
    monkeypatch.setenv("SVODKA_REGISTRY", registry_url)
    return lambda *words: CliRunner().invoke(app, ["registry", "push", *words])


def test_dry_run_push_and_push_again(run):
    with receiving() as server:
        assert run(server.url, "--proposed", "--dry-run").output == ("would assert 26 statements and retract 0\n")
        assert server.requests == []
        assert run(server.url, "--proposed").output == "asserted 26 statements, retracted 0\n"
        assert len(server.held) == 26
        assert run(server.url, "--proposed").output == "asserted 0 statements, retracted 0\n"
        assert run(server.url, "--refused").output == ""


def test_refusals_are_listed_and_make_the_exit_code(run):
    with receiving(refuse=lambda s: "bad \x1b[2J inn" if s["property"] == "inn" else None) as server:
        done = run(server.url, "--proposed")
        assert isinstance(done.exception, NetError)
        assert done.exception.exit_code == 7
        assert "refuses 1 statements" in str(done.exception)
        assert "refused (1 tries): assert" in done.output
        assert "фонд «Исток» · inn · 7707083893: bad  [2J inn" in done.output
        assert "asserted 25 statements" in done.output
        listed = run(server.url, "--refused")
        assert listed.output.count("\n") == 1
        assert listed.exit_code == 0


def test_what_was_done_is_told_when_the_server_goes(run):
    with receiving(token="t") as server:  # noqa: S106 - no secret
        done = run(server.url, "--proposed")
    assert "asserted 0 statements" in done.output
    assert TOKEN in str(done.exception)


def test_ctrl_c_is_an_exit_code_and_nothing_is_lost(run):
    def interrupt(_):
        raise KeyboardInterrupt

    with receiving() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.net.client.Client.send", lambda *_: interrupt(None))
        assert run(server.url, "--proposed").exit_code == 130
        patch.undo()
        assert run(server.url, "--proposed").output == "asserted 26 statements, retracted 0\n"
