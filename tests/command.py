"""The command line for tests: in this process, or as a process with work that needs no models."""

import os
import sys
from pathlib import Path

import pytest

from pipeline import cli

ROOT = Path(__file__).parents[1]
QUICK = [sys.executable, "-m", "tests.cli_with_quick_work"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"}


def svodka(monkeypatch, *arguments):
    """Run in this process; give the exit code."""
    monkeypatch.setattr(sys, "argv", ["svodka", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return left.value.code or 0
