"""The review in the terminal, through a pipe and through a pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest
from sqlalchemy import select as select_
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.registry import schema
from pipeline.registry.database import open_database, reading, write
from pipeline.registry.kinds import Status
from pipeline.registry.resolve import resolve
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import on, tell
from tests.pipeline.registry.test_queue import items, told

SECONDS = 60


@pytest.fixture
def two(database):
    fund = on("2024-03-01", "a.example").organization("фонд «Исток»", region="Ольская область")
    told(database, fund, on("2024-03-02", "b.example").organization("фонд «Исток»", region="Верхняя область"))
    return database


def review(url, typed, *options):
    kind = [] if "--kind" in options else ["--kind", "value"]
    arguments = ["registry", "review", "--registry", url, "--who", "Анна", *kind, *options]
    return CliRunner().invoke(app, arguments, input=typed, env={"COLUMNS": "100"})


def status_of(database, value):
    statement = schema.statement.c
    with reading(database) as connection:
        return set(connection.execute(select_(statement.status).where(statement.value == value)).scalars())


def decided(database):
    with reading(database) as connection:
        rows = connection.execute(select_(schema.decision).order_by(schema.decision.c.seq)).all()
    return [(row.who, row.verdict, row.why) for row in rows]


def keys_up_to(database, prop, value=None):
    """Skip whatever stands before the item about a value."""
    found = [(item.values[0].prop, item.values[0].value) for item in items(database, limit=1000)]
    place = next(i for i, (of, what) in enumerate(found) if of == prop and value in {None, what})
    return "s\n" * place


def test_an_item_shows_all_that_a_decision_needs(two, registry_url):
    result = review(registry_url, keys_up_to(two, "region", "Верхняя область"))
    assert result.exit_code == 0
    shown = result.stdout.rpartition("value · organization")[2]
    for part in (
        "фонд «Исток»", "2 articles", "region: Верхняя область", "0.54 said by 1 source",
        "[фонд «Исток»].", "Новости 2024-03-02 — b.example, 2024-03-02",
        "https://b.example/b.example-2024-03-02", "rule told", "confidence 0.90",
        "also said:\n  region: Ольская область",
    ):  # fmt: skip
        assert part in shown, part


def test_keys_decide_and_each_decision_is_kept_at_once(two, registry_url):
    typed = keys_up_to(two, "region") + "y сверено\na\nr\n"
    result = review(registry_url, typed)
    assert [verdict for _, verdict, _ in decided(two)] == ["accepted", "rejected"]
    assert decided(two)[0] == ("Анна", "accepted", "сверено")
    assert decided(two)[1][2] is None
    assert "1 accepted, 1 rejected" in result.stdout.splitlines()[-1]


def test_a_russian_keyboard_and_capitals_do_as_well(two, registry_url):
    review(registry_url, "ф\nК\n")
    assert [verdict for _, verdict, _ in decided(two)] == ["accepted", "rejected"]


@pytest.mark.parametrize("typed", ["c Нижняя область\n", "c\nНижняя область\n"])
def test_a_correction_is_typed(two, registry_url, typed):
    review(registry_url, keys_up_to(two, "region", "Верхняя область") + typed)
    assert (status_of(two, "Верхняя область"), status_of(two, "Нижняя область")) == ({"rejected"}, {"accepted"})


def test_an_empty_correction_leaves_it(two, registry_url):
    assert "left as it was" in review(registry_url, keys_up_to(two, "region") + "c\n\n").stdout
    assert decided(two) == []


def test_a_refused_correction_says_why_and_asks_again(two, registry_url):
    told(two, on("2024-03-01").organization("завод «Луч»", identifiers={"inn": "7707083893"}))
    result = review(registry_url, keys_up_to(two, "inn") + "c 7707083894\na\n")
    assert "'7707083894' is no ИНН" in result.stdout
    assert status_of(two, "7707083893") == {"accepted"}


def test_undo_asks_the_item_again(two, registry_url):
    result = review(registry_url, keys_up_to(two, "region", "Верхняя область") + "a\nu\nr\n")
    assert status_of(two, "Верхняя область") == {"rejected"}
    assert "1 rejected" in result.stdout.splitlines()[-1]
    assert [verdict for _, verdict, _ in decided(two)] == ["accepted", "proposed", "rejected"]


def test_undo_reaches_into_an_earlier_session(two, registry_url):
    review(registry_url, keys_up_to(two, "region", "Верхняя область") + "a\n")
    assert "taken back" in review(registry_url, "u\n").stdout
    assert status_of(two, "Верхняя область") == {"proposed"}
    assert "nothing that could be taken back" in review(registry_url, "u\n").stdout


def test_the_rest_of_the_keys(two, registry_url):
    result = review(registry_url, "w\no\nn\n?\nx\nq\na\n")
    assert "Новости 2024-03-0" in result.stdout
    assert "no such key; ? lists them" in result.stdout
    assert "a Russian keyboard works" in result.stdout.replace("A Russian", "a Russian")
    assert decided(two) == []


def test_a_part_of_an_item_is_decided_alone(database, registry_url):
    told(database, on("2024-03-02").holds("Анна Берёзкина", "директор", "завод «Луч»"))
    (item,) = items(database, matter="holder")
    number = [value.prop for value in item.values].index("status") + 1
    review(registry_url, f"c\n9\n{number}\nr\na\n", "--kind", "holder")
    assert status_of(database, "current") == {"rejected"}
    assert {verdict for _, verdict, _ in decided(database)} == {"rejected", "accepted"}
    assert items(database, matter="holder") == []


def test_what_was_put_off_is_not_asked_twice_whole_or_in_part(database, registry_url):
    told(database, on("2024-03-02").holds("Анна Берёзкина", "директор", "завод «Луч»"))
    result = review(registry_url, "1\ns\ns\ns\n", "--kind", "holder")
    assert result.stdout.count("holder · occupancy") == 3
    assert "nothing decided, 2 put off" in result.stdout


def test_what_another_decides_meanwhile_is_not_asked(two, registry_url, monkeypatch):
    def meanwhile(*_):
        claims = [said.claim for item in items(two) for value in item.values for said in value.testimony]
        write(two, lambda c: decide(c, claims, Status.REJECTED, Signature("Олег", "2025-01-02T00:00:00Z")))

    monkeypatch.setattr("pipeline.cli.registry._reviewing.Review._show", meanwhile)
    result = review(registry_url, "s\ns\ns\n")
    assert "1 put off" in result.stdout


def test_of_a_conflict_one_side_is_chosen(two, registry_url):
    result = review(registry_url, "a\nx\n2\n", "--kind", "conflict")
    assert "conflict of values · organization" in result.stdout
    assert "press the number of the one that is so" in result.stdout
    assert "1 chosen" in result.stdout
    shown = re.findall(r"(\d) region: (\S+ область)", result.stdout)
    (chosen,) = {value for number, value in shown if number == "2"}
    (other,) = {value for number, value in shown if number == "1"}
    assert (status_of(two, chosen), status_of(two, other)) == ({"accepted"}, {"rejected"})


def test_of_a_conflict_none_or_all_may_be_so(two, registry_url):
    assert "1 accepted" in review(registry_url, "b\n", "--kind", "conflict").stdout
    assert status_of(two, "Ольская область") == status_of(two, "Верхняя область") == {"accepted"}
    result = review(registry_url, "u\ns\n", "--kind", "conflict")
    assert "nothing to decide on" in result.stdout.splitlines()[0]
    assert "1 put off" not in result.stdout


def test_a_conflict_is_undone_and_corrected(two, registry_url):
    review(registry_url, "r\nu\nc Нижняя область\n", "--kind", "conflict")
    assert status_of(two, "Ольская область") == status_of(two, "Верхняя область") == {"rejected"}
    assert status_of(two, "Нижняя область") == {"accepted"}


@pytest.mark.usefixtures("two")
def test_a_limit_ends_the_session(registry_url):
    assert review(registry_url, "s\ns\ns\n", "--limit", "2").stdout.count("· value ·") == 2


def test_an_unknown_kind_is_refused(two, registry_url):
    result = review(registry_url, "", "--kind", "colour")
    assert "there are identity, conflict" in str(result.exception)
    assert decided(two) == []


def test_a_strangers_text_does_not_steer_the_terminal(database, registry_url):
    told(database, on("2024-03-01").organization("фонд \x1b[2J«Исток»\u202e"))
    shown = review(registry_url, "").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def _own_terminal():
    """Take standard input for the terminal that signals; where the tests run in the background they are ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Screen:
    """A process on a pseudo-terminal."""

    def __init__(self, url):
        self.master, self.slave = pty.openpty()
        self.resize(80)
        self.usual = termios.tcgetattr(self.slave)
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "registry",
            "review",
            "--registry",
            url,
            "--who",
            "Анна",
            "--kind",
            "value",
        ]
        environment = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES"}} | {
            "TERM": "xterm"
        }
        self.process = subprocess.Popen(
            command, stdin=self.slave, stdout=self.slave, stderr=self.slave, env=environment, start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - Ctrl-C comes through it
        )  # fmt: skip
        self.text = ""

    def resize(self, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def type(self, text):
        os.write(self.master, text.encode())

    def wait_for(self, pattern):
        """Read until something new is there; give all that came with it."""
        seen, start = "", time.monotonic()
        while not re.search(pattern, plain := re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)):
            assert time.monotonic() - start < SECONDS, f"no {pattern} in {seen!r}"
            if select.select([self.master], [], [], 0.2)[0]:
                seen += os.read(self.master, 65536).decode("utf-8", "replace")
        self.text += seen
        return plain

    def end(self):
        code = self.process.wait(SECONDS)
        assert termios.tcgetattr(self.slave) == self.usual
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(SECONDS)
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def screen(two, registry_url):  # noqa: ARG001 - it is there before the process is
    made = Screen(registry_url)
    yield made
    made.close()


ASKS = r"\[q\]uit\s+\[\?\]\s"


def test_single_keys_on_a_terminal(two, screen):
    shown = screen.wait_for(ASKS)
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b[1;7m" in screen.text
    screen.type("\x1b[A")  # an arrow is no key
    screen.wait_for("no such key")
    screen.type("a")
    screen.wait_for(ASKS)
    assert [verdict for _, verdict, _ in decided(two)] == ["accepted"]
    screen.type("к")
    screen.wait_for(ASKS)
    screen.type("u")
    screen.wait_for("taken back")
    screen.wait_for(ASKS)
    screen.type("q")
    screen.wait_for("1 accepted")
    assert screen.end() == 0
    assert [verdict for _, verdict, _ in decided(two)] == ["accepted", "rejected", "proposed"]


def test_a_correction_edits_the_value(two, screen):
    screen.wait_for(ASKS)
    screen.type("c")
    screen.wait_for("leave it\\): \\S")
    screen.type("\x15Нижняя область\r")
    screen.wait_for("corrected")
    screen.wait_for(ASKS)
    screen.type("\x04")  # Ctrl-D
    screen.wait_for("1 corrected")
    assert screen.end() == 0
    assert status_of(two, "Нижняя область") == {"accepted"}


def test_a_resized_terminal_is_drawn_anew(screen):
    screen.wait_for(ASKS)
    screen.resize(40)
    os.kill(screen.process.pid, signal.SIGWINCH)
    assert max(map(len, screen.wait_for(ASKS).splitlines())) <= 40
    screen.type("q")
    assert screen.end() == 0


@pytest.mark.parametrize(("stop", "code"), [("\x03", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
def test_an_interrupted_terminal_is_put_back(two, screen, stop, code):
    screen.wait_for(ASKS)
    screen.type("a")
    screen.wait_for(ASKS)
    if isinstance(stop, str):
        screen.type(stop)
    else:
        os.kill(screen.process.pid, stop)
    assert screen.end() == code
    assert len(decided(two)) == 1


def test_the_registry_gone_midway_puts_the_terminal_back(registry_url, screen):
    screen.wait_for(ASKS)
    database = open_database(registry_url)
    write(database, lambda connection: connection.exec_driver_sql("DROP TABLE change"))
    database.engine.dispose()
    screen.type("a")
    screen.wait_for(ASKS + "|no such table|does not exist")
    screen.type("q")
    assert screen.end() == 0


@pytest.fixture
def namesakes(database):
    """Two persons who may be one: the resolving asks."""
    tell(
        database,
        on("2024-03-01", "a.example").holds("Анна Берёзкина", "директор", "завод «Луч»"),
        on("2024-03-02", "b.example").holds("Анна Берёзкина", "ректор", "университет «Исток»"),
    )
    resolve(database)
    return database


def canonical(database, name="Анна Берёзкина"):
    entity = schema.entity.c
    with reading(database) as connection:
        return set(connection.execute(select_(entity.canonical_id).where(entity.name == name)).scalars())


def test_two_entities_are_merged_kept_apart_and_taken_back(namesakes, registry_url):
    assert len(canonical(namesakes)) == 2
    result = review(registry_url, "a\nm\nu\nd\nu\nm\n", "--kind", "identity")
    assert "identity · person" in result.stdout
    assert result.stdout.count("taken back") == 2
    assert "1 merged" in result.stdout.splitlines()[-1]
    assert len(canonical(namesakes)) == 1
    assert "nothing to decide on" in review(registry_url, "m\n", "--kind", "identity").stdout


def test_two_entities_that_are_kept_apart_are_asked_no_more(namesakes, registry_url):
    result = review(registry_url, "o\nw\nc\n?\nd\n", "--kind", "identity")
    assert "https://a.example/" in result.stdout
    assert "1 kept apart" in result.stdout.splitlines()[-1]
    assert len(canonical(namesakes)) == 2
    assert "nothing to decide on" in review(registry_url, "m\n", "--kind", "identity").stdout


def test_what_is_put_off_of_identity_is_not_asked_twice(namesakes, registry_url):
    assert "nothing decided, 1 put off" in review(registry_url, "s\ns\ns\n", "--kind", "identity").stdout
    assert len(canonical(namesakes)) == 2
