"""The pace of a crawl, with a clock of our own."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.crawl.pace import Pace, Tempo
from pipeline.net import Ask, Mishap, Reply, Trouble

NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)
HOST = "vestnik.example"


def later(seconds):
    return NOON + timedelta(seconds=seconds)


def reply(at, status=200, seconds=0.01, **headers):
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(Ask("https://vestnik.example/"), at, status, "", "HTTP/1.1", told, b"", None, seconds)


def one(pace, start, result):
    """One request that ends as `result` does, and when the next may start, in seconds after noon."""
    pace.started(HOST, later(start))
    assert pace.next_at(HOST) is None
    pace.ended(HOST, result.at + timedelta(seconds=getattr(result, "seconds", 0)), result)
    return (pace.next_at(HOST) - NOON).total_seconds()


def test_a_delay_counts_from_the_end_of_a_request_to_the_next():
    pace = Pace(Tempo(delay=5))
    assert one(pace, 0, reply(later(0), seconds=0)) == 5
    assert pace.wait(HOST, later(2)) == 3
    assert pace.wait(HOST, later(9)) == 0
    assert pace.wait("golos.example", later(2)) == 0


def test_a_request_that_may_have_been_seen_late_delays_the_next():
    assert one(Pace(Tempo(delay=5)), 0, reply(later(2), seconds=0)) == 7
    assert one(Pace(Tempo(delay=5)), 0, reply(later(2), seconds=2)) == pytest.approx(9)


def test_no_delay_is_none_however_slow_the_host():
    pace = Pace(Tempo(delay=0))
    assert one(pace, 0, reply(later(0), seconds=3)) == 3  # at its end
    assert pace.delay(HOST) == 0


def test_what_robots_txt_wishes_wins_when_it_is_more():
    pace = Pace(Tempo(delay=5))
    pace.set(HOST, wished=10)
    assert pace.delay(HOST) == 10
    pace.set(HOST, Tempo(delay=20))
    assert pace.delay(HOST) == 20
    assert pace.delay("golos.example") == 5


def test_a_slow_host_is_asked_more_slowly_within_limits_and_a_quick_one_quickly_again():
    pace = Pace(Tempo(delay=1, latency_factor=2, slowest_factor=10, slowest=8))
    one(pace, 0, reply(later(0), seconds=2))
    assert pace.delay(HOST) == 4
    for start in range(50, 100, 10):
        one(pace, start, reply(later(start), seconds=9))
    assert pace.delay(HOST) == 8
    for start in range(100, 300, 10):
        one(pace, start, reply(later(start), seconds=0.01))
    assert pace.delay(HOST) == 1


def test_as_many_at_once_as_the_host_bears():
    pace = Pace(Tempo(delay=1, concurrency=2))
    pace.started(HOST, later(0))
    assert pace.next_at(HOST) == later(1)
    pace.started(HOST, later(1))
    assert pace.next_at(HOST) is None
    pace.ended(HOST, later(1.5), None)
    assert pace.next_at(HOST) == later(2)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_is_busy_is_left_alone_as_long_as_it_says(status):
    assert one(Pace(), 0, reply(later(0), status, 0, retry_after="120")) == 120
    assert one(Pace(), 0, reply(later(0), status, 0, Retry_After="Wed, 06 Mar 2024 12:01:00 GMT")) == 60
    assert one(Pace(), 0, reply(later(0), status, 0, retry_after="1e300")) > 10**6


def test_a_host_that_is_busy_and_says_no_more_is_left_alone_longer_and_longer_and_recovers():
    pace = Pace(Tempo(delay=1, first_pause=4, longest_pause=20))
    starts, pauses = 0, []
    for _ in range(4):
        after = one(pace, starts, reply(later(starts), 503, 0))
        pauses.append(after - starts)
        starts = after
    assert pauses == [4, 8, 16, 20]
    assert pace.delay(HOST) == 16
    for _ in range(4):
        starts = one(pace, starts, reply(later(starts), 200, 0))
    assert pace.delay(HOST) == 1


def test_trouble_keeps_the_delay():
    trouble = Trouble(Ask("https://vestnik.example/"), later(3), Mishap.TIMEOUT, "", passing=True)
    assert one(Pace(Tempo(delay=5)), 0, trouble) == 8
