"""The pool: order, bounds, and workers that die."""

import os
import signal
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engine import _pool
from pipeline.engine._outcome import finished
from pipeline.engine._pool import Pool, Task
from pipeline.engine._worker import attempt
from pipeline.errors import EngineError
from pipeline.model import Media, Page, Reason, Rejected, Source
from tests.pipeline.engine.works import obey

NEVER = 1e6


def page(content, number=0):
    return Page(Source("a.jsonl", offset=number), Media.TEXT, content.encode(), url="https://news.example/1")


@pytest.fixture
def make_pool():
    pools = []

    def making(work=obey, workers=2, seconds=NEVER):
        pools.append(Pool(work, workers=workers, seconds=seconds))
        return pools[-1]

    yield making
    for pool in pools:
        pool.close()


def outcomes(pool, contents):
    tasks = [Task(b"key", page(content, i)) for i, content in enumerate(contents, 1)]
    return [task.outcome.value() for task in pool.map(tasks)]


@pytest.fixture(scope="module")
def pools():
    made = {workers: Pool(obey, workers=workers, seconds=NEVER) for workers in (1, 2, 3)}
    yield made
    for pool in made.values():
        pool.close()


KNOWN = finished(Rejected(Source("known"), Reason.EMPTY, "known before"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["text", "reject why", "fail why", "sleep 0.01", "leave", None]), max_size=40))
def test_any_number_of_workers_gives_the_same(pools, contents):
    def tasks():
        for i, content in enumerate(contents):
            yield Task(b"k", outcome=KNOWN) if content is None else Task(b"k", page(content, i))

    expected = [KNOWN if c is None else attempt(obey, page(c, i)) for i, c in enumerate(contents)]
    for pool in pools.values():
        assert [task.outcome for task in pool.map(tasks())] == expected


def test_an_exception_is_an_outcome(pools):
    first, second, third = outcomes(pools[1], ["text 1", "fail на странице", "text 2"])
    assert (first.article.id, third.article.id) == ("text 1", "text 2")
    assert (second.reason, second.url, second.source.offset) == (Reason.FAILED, "https://news.example/1", 2)
    assert second.detail.startswith("ValueError: на странице at ")
    assert "works.py:" in second.detail


@pytest.mark.parametrize(("content", "told"), [("kill", "signal 9"), ("exit 7", "exit code 7")])
def test_a_page_that_kills_its_workers(make_pool, content, told):
    found = outcomes(make_pool(), ["text", content, *["text"] * 20])
    assert [getattr(item, "reason", None) for item in found] == [None, Reason.FAILED, *[None] * 20]
    assert told in found[1].detail


def test_a_worker_that_dies_once(make_pool, tmp_path):
    [record] = outcomes(make_pool(), [f"kill-once {tmp_path / 'flag'}"])
    assert record.article.id.startswith("kill-once")


def test_a_worker_killed_from_outside(make_pool):
    pool = make_pool(workers=1)
    tasks = pool.map([Task(b"k", page("text")), Task(b"k", page("sleep 0.5"))])
    next(tasks)
    timer = threading.Timer(0.2, os.kill, (pool._workers[0].process.pid, signal.SIGKILL))
    timer.start()
    [task] = tasks
    timer.join()
    assert task.outcome.value().article.id == "sleep 0.5"
    assert task.tries == 1


def test_a_page_without_end(make_pool):
    first, second = outcomes(make_pool(seconds=2), ["sleep 600", "text"])
    assert (first.reason, first.detail) == (Reason.FAILED, "took longer than 2 s")
    assert second.article.id == "text"


def test_no_more_is_read_than_there_is_room_for(pools):
    taken = 0

    def tasks():
        nonlocal taken
        for content in ["sleep 0.5", *["text"] * 500]:
            taken += 1
            yield Task(b"k", page(content))

    ahead = []
    for number, _ in enumerate(pools[2].map(tasks()), 1):
        ahead.append(taken - number)
    assert len(ahead) == 501
    assert max(ahead) <= 2 * _pool._WINDOW


def test_large_pages_and_outcomes(pools):
    text = "text " + "я" * 3_000_000
    assert [record.article.id for record in outcomes(pools[2], [text] * 4)] == [text] * 4


def test_workers_that_cannot_start(make_pool, monkeypatch):
    monkeypatch.setattr(_pool, "serve", os._exit)
    with pytest.raises(EngineError, match="before they begin"):
        outcomes(make_pool(work=1), ["text"])


def test_workers_take_turns(make_pool, monkeypatch):
    monkeypatch.setattr(_pool, "_LIFE", 2)
    pool = make_pool(workers=1)
    assert [record.article.id for record in outcomes(pool, [f"text {i}" for i in range(5)])] == [
        f"text {i}" for i in range(5)
    ]
    assert [worker.pages for worker in pool._workers] == [1]


def test_no_pages_no_workers(make_pool):
    pool = make_pool()
    assert list(pool.map([])) == []
    assert [task.outcome for task in pool.map([Task(b"k", page("text"), KNOWN)] * 3)] == [KNOWN] * 3
    assert pool._workers == []


def test_workers_end_with_the_pool(make_pool):
    pool = make_pool()
    outcomes(pool, ["text"] * 5)
    processes = [worker.process for worker in pool._workers]
    assert processes
    assert all(process.is_alive() for process in processes)
    pool.close()
    assert not any(process.is_alive() for process in processes)
