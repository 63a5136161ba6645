"""`svodka registry load` and `svodka run --registry` as a user meets them."""

import json
import re
import signal
import subprocess
import time

import pytest
from sqlalchemy import select

from pipeline.record import to_json
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading
from tests.command import ENVIRONMENT, QUICK, ROOT, svodka
from tests.pipeline.records import a_record


def articles(url):
    database = open_database(url)
    with reading(database) as connection:
        found = connection.execute(select(schema.article.c.id)).scalars().all()
    database.engine.dispose()
    return sorted(found)


def records(path, number):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{to_json(a_record(f'a{i:05}'))}\n" for i in range(number)), encoding="utf-8")
    return path


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'registry.db'}"


def test_a_load_and_its_summary(monkeypatch, capsys, tmp_path, url):
    records(tmp_path / "run/records.jsonl", 3)
    assert svodka(monkeypatch, "registry", "load", tmp_path / "run", "--registry", url) == 0
    out, err = capsys.readouterr()
    assert re.search(r"new articles +3\n", out)
    assert err == ""
    assert svodka(monkeypatch, "registry", "load", tmp_path / "run", "--registry", url) == 0
    assert re.search(r"new articles +0\n(.*\n)*known already +3\n", capsys.readouterr().out)
    assert articles(url) == ["a00000", "a00001", "a00002"]


def test_refused_lines_are_listed_and_the_rest_is_loaded(monkeypatch, capsys, tmp_path, url):
    path = records(tmp_path / "records.jsonl", 2)
    path.write_text("{\n" * 25 + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert svodka(monkeypatch, "registry", "load", path, "--registry", url) == 5
    out, err = capsys.readouterr()
    assert re.search(r"refused +25\n", out)
    assert err.count(f"refused: {path}") == 20
    assert f"refused: {path}, line 1: no record: Invalid JSON" in err
    assert articles(url) == ["a00000", "a00001"]


def test_paths_and_registries_that_are_not_there(monkeypatch, capsys, tmp_path):
    assert svodka(monkeypatch, "registry", "load", tmp_path / "no", "--registry", f"sqlite:///{tmp_path}/r.db") == 2
    assert not (tmp_path / "r.db").exists()
    path = records(tmp_path / "records.jsonl", 1)
    assert svodka(monkeypatch, "registry", "load", path, "--registry", f"sqlite:///{tmp_path}/no/r.db") == 6
    assert svodka(monkeypatch, "registry", "load", path, "--registry", "mysql://a/b") == 6
    assert "kept in SQLite" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_load_ends_after_a_whole_article(tmp_path, url, number):
    path = records(tmp_path / "records.jsonl", 1)
    command = [*QUICK, "registry", "load", "-", "--registry", url]
    with subprocess.Popen(
        command, env=ENVIRONMENT, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdin.write(path.read_text(encoding="utf-8"))
        process.stdin.flush()
        until = time.monotonic() + 30
        while time.monotonic() < until and not _has_articles(url):
            time.sleep(0.05)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "interrupted" in err
    assert re.search(r"new articles +1\n", out)
    assert articles(url) == ["a00000"]


def _has_articles(url):
    try:
        return bool(articles(url))
    except Exception:  # noqa: BLE001 - it is being made
        return False


def run(monkeypatch, tmp_path, url, *more):
    path = tmp_path / "news.jsonl"
    rows = [{"id": f"a{i}", "text": f"Анна Берёзкина назначена директором фонда «Исток {i}»."} for i in range(3)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return svodka(monkeypatch, "run", path, "--to", tmp_path / "out", "--registry", url, *more)


def test_a_run_feeds_a_registry(monkeypatch, capsys, tmp_path, url):
    assert run(monkeypatch, tmp_path, url, "--format", "jsonl") == 0
    assert articles(url) == ["a0", "a1", "a2"]
    assert re.search(r"new articles +3\n", capsys.readouterr().out)
    assert run(monkeypatch, tmp_path, url, "--format", "jsonl", "--resume") == 0
    assert re.search(r"known already +3\n", capsys.readouterr().out)


def test_a_run_does_not_begin_without_its_registry(monkeypatch, capsys, tmp_path):
    assert run(monkeypatch, tmp_path, f"sqlite:///{tmp_path}/no/r.db") == 6
    assert not (tmp_path / "out").exists()
    assert "no/r.db" in capsys.readouterr().err


def test_a_registry_that_fails_midway_leaves_the_run_its_files(monkeypatch, capsys, tmp_path, url):
    database = open_database(url, create=True)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON article WHEN (SELECT count(*) FROM article) = 1 "
            "BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    assert run(monkeypatch, tmp_path, url) == 6
    out, err = capsys.readouterr()
    assert re.search(r"new articles +1\n", out)
    assert "disk is full" in err
    assert f"the results are in {tmp_path / 'out'}" in err
    assert len((tmp_path / "out/records.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert run(monkeypatch, tmp_path, url, "--resume") == 0
    assert articles(url) == ["a0", "a1", "a2"]
