"""The examples of docs/nightly.md are what systemd, cron and the shell take."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs" / "nightly.md"
SERVICE_KEYS = {
    "Type", "User", "StateDirectory", "WorkingDirectory", "ExecStart", "SuccessExitStatus", "TimeoutStartSec",
    "KillSignal", "TimeoutStopSec", "Nice", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp",
}  # fmt: skip
TIMER_KEYS = {"OnCalendar", "RandomizedDelaySec", "Persistent"}


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def unit(text):
    parser = configparser.ConfigParser(interpolation=None, strict=True, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read_string(text)
    return parser


def test_units_have_the_sections_and_keys_that_systemd_knows():
    service, timer = map(unit, blocks("ini"))
    assert service.sections() == ["Unit", "Service"]
    assert set(service["Service"]) <= SERVICE_KEYS
    assert timer.sections() == ["Unit", "Timer", "Install"]
    assert set(timer["Timer"]) <= TIMER_KEYS
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d [A-Z]\w+/\w+", timer["Timer"]["OnCalendar"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not there to verify the units")
def test_systemd_takes_the_units(tmp_path):
    names = ("svodka-nightly.service", "svodka-nightly.timer")
    for name, text in zip(names, blocks("ini"), strict=True):
        (tmp_path / name).write_text(text.replace("/opt/svodka/.venv/bin/svodka", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_crontab_has_five_fields_and_a_command_that_the_shell_takes():
    lines = [line for block in blocks("cron") for line in block.splitlines() if line and "=" not in line.split()[0]]
    for line in lines:
        *fields, command = line.split(None, 5)
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in fields)
        assert "%" not in command  # cron would end the line there
        assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0
    assert lines


def test_the_commands_are_the_same_night():
    service, _ = map(unit, blocks("ini"))
    words = shlex.split(service["Service"]["ExecStart"])[1:]
    assert words[0] == "nightly"
    assert all(f" {' '.join(words)} " in line for line in blocks("cron")[0].splitlines() if "nightly" in line)
