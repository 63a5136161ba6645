"""The command: a process that listens, says where, and ends when it is told to."""

import http.client
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from pipeline.registry.database import open_database

ANY = "0.0.0.0"  # noqa: S104 - for a moment, behind its token


@pytest.fixture
def url(tmp_path):
    address = f"sqlite:///{tmp_path / 'registry.db'}"
    open_database(address, create=True).engine.dispose()
    return address


def command(*options):
    return [sys.executable, "-m", "pipeline", "registry", "serve", *options]


@contextmanager
def serving(*options):
    """The process and the first line that it says."""
    process = subprocess.Popen(command(*options), stderr=subprocess.PIPE, text=True)
    try:
        yield process, process.stderr.readline()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def get(port, host):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_it_serves_this_machine_till_interrupted(url):
    with serving("--registry", url, "--port", "0") as (process, said):
        port = int(re.fullmatch(r"sqlite:///.* at http://127\.0\.0\.1:(\d+)/\n", said)[1])
        answer, text = get(port, f"127.0.0.1:{port}")
        assert answer.status == 200
        assert "Реестр пуст" in text
        assert answer.getheader("server") is None
        assert get(port, "evil.example")[0].status == 421
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        assert process.stderr.read() == ""


def test_beyond_this_machine_it_shows_a_token(url):
    with serving("--registry", url, "--port", "0", "--host", ANY) as (process, said):
        assert re.fullmatch(r"token: \S{32,}\n", process.stderr.readline())
        port = int(re.search(r":(\d+)/\n", said)[1])
        answer, _ = get(port, f"127.0.0.1:{port}")
        assert answer.status == 303
        assert answer.getheader("location").startswith("/login")


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--host", "192.0.2.1"), 2, "cannot be served on"),
        (("--token", "short"), 2, "16"),
        (("--registry", "sqlite:////nowhere/registry.db"), 6, "no registry there"),
    ],
)
def test_what_cannot_be_served(url, options, code, words):
    done = subprocess.run(
        command("--registry", url, "--port", "0", *options), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
