"""`svodka run` as a user meets it: results, messages, exit codes, signals."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.engine import Job
from pipeline.sinks import formats
from tests.command import ENVIRONMENT, QUICK, ROOT, svodka


def start(*arguments, **options):
    """Run in a process, and a process group, of its own, as a terminal does."""
    command = [*QUICK, *map(str, arguments)]
    return subprocess.Popen(
        command,
        env=ENVIRONMENT,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    )


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.txt.jsonl"
    texts = ["В Приморске открылся завод.", "Анна Берёзкина назначена директором фонда."]
    rows = [{"id": f"a{i}", "text": text} for i, text in enumerate(texts)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n5\n", encoding="utf-8")
    return path


def test_the_real_thing(articles, tmp_path):
    """With models, in worker processes, into every format."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", articles, "--to", tmp_path / "out"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"pages +3\n", done.stdout)
    assert re.search(r"not_an_article +1\n", done.stdout)
    assert "organizations" in done.stdout
    out = tmp_path / "out"
    records = [json.loads(line) for line in (out / "records.jsonl").read_text("utf-8").splitlines()]
    assert [record["article"]["id"] for record in records] == ["a0", "a1"]
    assert records[0]["article"]["text"] == "В Приморске открылся завод."
    for form in formats().values():
        assert all((out / name).exists() for name in form.files), form


# ---------------------------------------------------------------- help
def test_help(monkeypatch, capsys):
    assert svodka(monkeypatch, "--help") == 0
    assert "run" in capsys.readouterr().out
    assert svodka(monkeypatch, "run", "--help") == 0
    text = capsys.readouterr().out
    for part in (
        "Examples:",
        "Exit codes:",
        "130",
        "--resume",
        ".warc.gz",
        "SVODKA_PAGE_MIB",
        "records.jsonl",
        *formats(),
    ):
        assert part in text
    assert max(map(len, text.splitlines())) < 120


@pytest.mark.parametrize(
    ("command", "codes"), [("show", ["0", "1", "2", "5", "130"]), ("evaluate", ["0", "1", "2", "130"])]
)
def test_help_names_the_exit_codes_of_its_command(monkeypatch, capsys, command, codes):
    assert svodka(monkeypatch, command, "--help") == 0
    listed = capsys.readouterr().out.partition("Exit codes:")[2].partition("Arguments:")[0]
    assert re.findall(r"^ +(\d+)  ", listed, re.MULTILINE) == codes


def test_version(monkeypatch, capsys):
    assert svodka(monkeypatch, "--version") == 0
    assert re.fullmatch(r"svodka \d+\.\d+.*\n", capsys.readouterr().out)


def test_the_command_line_starts_without_pandas():
    code = "import sys, pipeline.cli; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_entry_point_loads_nothing_itself():
    code = "import sys, pipeline.__main__; print({'spacy', 'bs4', 'typer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# ---------------------------------------------------------------- errors
@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["run", "gone.html", "--to", "out"], 2, "gone.html: no such file or folder"),
        (["run", "*.docx", "--to", "out"], 2, "*.docx: fits no file"),
        (["run", "empty", "--to", "out"], 2, "no pages"),
        (["run", "a.txt", "--to", "out", "--format", "jsonl,docx"], 2, "unknown format 'docx'; there are"),
        (["run", "a.txt", "--to", "out", "--format", ","], 2, "no format"),
        (["run", "a.txt", "--to", "out", "--workers", "-1"], 2, "-1 workers"),
        (["run", "empty", "--to", "empty"], 2, "both read and written"),
        (["run", "a.txt", "--to", "a.txt/out"], 3, "cannot be written"),
        (["run", "a.txt", "--to", "/proc/out"], 3, "cannot be written"),
    ],
)
def test_an_error_is_one_line(monkeypatch, capsys, tmp_path, arguments, code, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "empty").mkdir()
    assert svodka(monkeypatch, *arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("svodka: ")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["run"], ["run", "a.txt"], ["run", "a.txt", "--to", "out", "--no"], ["walk"]])
def test_wrong_usage(monkeypatch, capsys, arguments):
    assert svodka(monkeypatch, *arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_setting(monkeypatch, capsys, articles):
    monkeypatch.setenv("SVODKA_PAGE_MIB", "much")
    assert svodka(monkeypatch, "run", articles, "--to", articles.parent / "out") == 2
    assert "SVODKA_PAGE_MIB is 'much'" in capsys.readouterr().err


def test_an_error_inside_is_one_line_too(monkeypatch, capsys, articles):
    def breaking(*_, **__):
        raise ZeroDivisionError("of our own")

    monkeypatch.setattr(cli.pages, "run_engine", breaking)
    assert svodka(monkeypatch, "run", articles, "--to", articles.parent / "out") == 1
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("SVODKA_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        svodka(monkeypatch, "run", articles, "--to", articles.parent / "out")


def test_the_defaults(monkeypatch, articles):
    jobs = []
    monkeypatch.setattr(
        cli.pages, "run_engine", lambda job, *_, **__: jobs.append(job) or (_ for _ in ()).throw(KeyError)
    )
    svodka(monkeypatch, "run", articles, "--to", "out")
    assert jobs == [Job((str(articles),), Path("out"), tuple(formats()), workers=cli.pages.cores(), resume=False)]


# ---------------------------------------------------------------- signals
_CTRL_C_WHILE_LOADING = """
import signal, sys
from pipeline import __main__

class Finder:
    def find_spec(self, name, *_):
        if name == "pipeline.cli":
            signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Finder())
__main__.main()
"""


def test_interrupt_while_the_libraries_load():
    command = [sys.executable, "-c", _CTRL_C_WHILE_LOADING]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_as_a_module():
    command = [sys.executable, "-m", "pipeline", "--version"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("svodka ")


def many(folder, number=60):
    folder.mkdir()
    for i in range(number):
        (folder / f"{i:03}.txt").write_text(f"sleep 0.0{i % 5} {i}".replace(f" {i}", "") if i % 7 else f"reject {i}")
    return folder


def wait_for_lines(path, number, process):
    for _ in range(600):
        if path.exists() and path.read_bytes().count(b"\n") > number:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("nothing is done for half a minute")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An input and the result of a run that nobody stopped."""
    tmp_path = tmp_path_factory.mktemp("whole")
    news = many(tmp_path / "news")
    process = start("run", news, "--to", tmp_path / "whole", "--format", "jsonl,csv")
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return news, tmp_path / "whole"


def results(folder):
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*") if path.name != "manifest.json"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_then_resume(whole, tmp_path, number):
    news, expected = whole
    out = tmp_path / "out"
    arguments = ["run", news, "--to", out, "--format", "jsonl,csv", "--workers", "2"]
    process = start(*arguments)
    wait_for_lines(out / ".svodka-journal", 5, process)
    os.killpg(process.pid, number)
    summary, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "--resume" in err
    assert "records" in summary
    done = (out / "records.jsonl").read_bytes()
    assert done.endswith(b"\n")
    assert (expected / "records.jsonl").read_bytes().startswith(done)
    assert json.loads((out / "manifest.json").read_text())["status"] == "interrupted"
    process = start(*arguments, "--resume")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert json.loads((out / "manifest.json").read_text())["resumed"] >= 5
    assert results(out) == results(expected)


def test_kill_then_resume(whole, tmp_path):
    """Nothing is published by a run that is killed; its workers end with it, its journal is what --resume needs."""
    news, expected = whole
    out = tmp_path / "out"
    arguments = ["run", news, "--to", out, "--format", "jsonl,csv"]
    process = start(*arguments)
    wait_for_lines(out / ".svodka-journal", 5, process)
    process.kill()
    process.communicate(timeout=60)  # workers hold these pipes too: they are gone when the pipes are closed
    assert not (out / "records.jsonl").exists()
    process = start(*arguments, "--resume")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads((out / "manifest.json").read_text())["resumed"] >= 5
    assert results(out) == results(expected)


def test_standard_input(tmp_path):
    process = start("run", "-", "--to", tmp_path / "out", "--format", "jsonl", stdin=subprocess.PIPE)
    process.communicate("text", timeout=60)
    assert process.returncode == 0
    [record] = (tmp_path / "out/records.jsonl").read_text().splitlines()
    assert json.loads(record)["article"]["source"]["file"] == "-"


def test_progress_on_a_terminal(tmp_path):
    """A bar on stderr; stdout stays clean for the summary."""
    pty = pytest.importorskip("pty")
    terminal, inner = pty.openpty()
    command = [*QUICK, "run", many(tmp_path / "news", 10)]
    command += ["--to", tmp_path / "out", "--format", "jsonl"]
    environment = ENVIRONMENT | {"TERM": "xterm"}
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=inner) as process:
        os.close(inner)
        shown = b""
        while part := _read_terminal(terminal):
            shown += part
        out = process.stdout.read().decode()
    os.close(terminal)
    assert b"10 pages" in shown
    assert "pages/s" in out
    assert "\x1b" not in out


def _read_terminal(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""
