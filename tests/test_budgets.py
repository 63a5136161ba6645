"""The budgets of the design, and what the repository promises of itself."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted([*ROOT.glob("extractors/**/*.py"), *ROOT.glob("pipeline/**/*.py")])
TABLES = sorted([*ROOT.glob("extractors/**/*.tsv"), *ROOT.glob("pipeline/**/*.tsv")])
LONGEST_FUNCTION = 40
LONGEST_FILE = 300


def name(path):
    return str(path.relative_to(ROOT))


def length(function):
    """Count a function's lines, its docstring aside."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", CODE, ids=name)
def test_files_and_functions_stay_within_their_budgets(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [f.name for f in functions if length(f) > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_tables_say_where_their_rows_come_from(path):
    head, *_ = path.read_text(encoding="utf-8").splitlines()
    assert re.match(r"# \S", head)


def test_data_folders_hold_no_code():
    assert [*ROOT.glob("corpus/**/*.py"), *ROOT.glob("output/**/*.py")] == []


def test_the_top_level_is_as_designed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    folders = {line.split("/")[0] for line in tracked.stdout.splitlines() if "/" in line}
    assert folders <= {".ci", "benchmarks", "corpus", "docs", "extractors", "models", "output", "pipeline", "tests"}
