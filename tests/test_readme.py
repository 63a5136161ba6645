"""The README's claims, executed: commands with their output, Python sessions, records, tables and lists of names."""

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractors import extractor_names
from pipeline import process
from pipeline.cli._application import INTERRUPTED, REJECTED
from pipeline.cli._crawling import PARTIAL, TOTAL
from pipeline.errors import SvodkaError
from pipeline.fact import FactKind
from pipeline.model import Reason
from pipeline.read import read, suffixes
from pipeline.record import from_json
from pipeline.settings import Limits
from pipeline.sinks import formats

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE  # columns grow with their numbers
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def commands():
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield pytest.param(command, output, id=command)


@pytest.mark.parametrize(("command", "output"), list(commands()))
def test_a_command_prints_what_the_readme_shows(command, output, tmp_path):
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "OUT": str(tmp_path)}
    environment |= {"COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    printed = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines()) + "\n"
    assert doctest.OutputChecker().check_output(output, printed, FLAGS), printed


def test_the_readme_has_commands():
    assert len(list(commands())) >= 3


@pytest.mark.parametrize("session", blocks("pycon"))
def test_a_session_gives_what_the_readme_shows(session, monkeypatch):
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test)
    assert result.attempted > 0
    assert result.failed == 0


def within(wanted, got):
    """Tell whether a piece of JSON is part of another: objects by key, lists item by item in order."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and within(value, got[key]) for key, value in wanted.items())
    if isinstance(wanted, list):
        rest = iter(got)
        return isinstance(got, list) and all(any(within(item, other) for other in rest) for item in wanted)
    return wanted == got


def test_the_record_shown_is_the_example(monkeypatch):
    monkeypatch.chdir(ROOT)
    example = (ROOT / "output" / "example.jsonl").read_text(encoding="utf-8")
    (page,) = read(["corpus/pages/voronezh-fond-klastery/page.txt"], Limits())
    assert process(page) == from_json(example), "run: python benchmarks/readme.py"
    shown = [json.loads(block) for block in blocks("json")]
    assert shown
    assert all(within(part, json.loads(example)) for part in shown)


def names_in_table(heading):
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)`", section, flags=re.MULTILINE)


def test_every_reason_is_listed():
    assert set(names_in_table("Rejected pages")) == {reason.value for reason in Reason}


def test_every_exit_code_is_listed():
    classes, codes = [SvodkaError], {0, REJECTED, PARTIAL, TOTAL, INTERRUPTED}
    while classes:
        found = classes.pop()
        codes.add(found.exit_code)
        classes += found.__subclasses__()
    assert {int(code) for code in names_in_table("Exit codes")} == codes


def test_formats_suffixes_extractors_and_facts_are_named():
    for name in (*formats(), *suffixes(), *extractor_names(), *FactKind):
        assert f"`{name}`" in README, name
