"""The wire over a real server: each fault is the answer as it was sent, or the trouble that it is."""

import asyncio

import pytest

from pipeline.net import Ask, Bounds, Mishap, Reply
from pipeline.net.guard import guard_allowing
from pipeline.net.wire import open_wire
from tests.site import Host, Item, Plan, open_site
from tests.site.faults import manners

ADDRESS = "127.0.0.2"
BOUNDS = Bounds(read_seconds=1.0, total_seconds=5.0, body_bytes=2 * 1024 * 1024)
TROUBLES = {
    "hung": Mishap.TIMEOUT,
    "hung_within": Mishap.TIMEOUT,
    "reset": Mishap.CONNECTION,
    "closed": Mishap.PROTOCOL,
    "reset_within": Mishap.CONNECTION,
    "truncated": Mishap.PROTOCOL,
    "length_too_long": Mishap.PROTOCOL,
    "length_too_short": Mishap.PROTOCOL,
    "chunk_error": Mishap.PROTOCOL,
    "chunks_cut": Mishap.PROTOCOL,
    "endless": Mishap.TOO_LARGE,
    "endless_announced": Mishap.TOO_LARGE,
    "endless_head": Mishap.TOO_LARGE,
}
PASSING = {fault for fault, mishap in TROUBLES.items() if mishap is not Mishap.TOO_LARGE}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    items = tuple(Item(number, f"/news/{number}", "/feed", fault) for number, fault in enumerate(manners()))
    with open_site(Plan((Host(ADDRESS, items, ()),)), tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture(scope="module")
def outcomes(site):
    """What came of asking for each fault once, all over one wire."""

    async def ask_all():
        async with open_wire("site-test", BOUNDS, guard_allowing(["127.0.0.0/24"])) as wire:
            paths = {item.fault: item.path for item in site.plan.hosts[0].items}
            return {fault: await wire.exchange(Ask(site.url(0, path))) for fault, path in paths.items()}

    return asyncio.run(ask_all())


@pytest.mark.parametrize("fault", manners())
def test_each_fault_is_told_as_it_is(outcomes, fault):
    outcome = outcomes[fault]
    if mishap := TROUBLES.get(fault):
        assert not isinstance(outcome, Reply)
        assert (outcome.mishap, outcome.passing) == (mishap, fault in PASSING)
    else:
        assert isinstance(outcome, Reply), outcome
        assert outcome.address == ADDRESS


def test_bombs_stay_small(outcomes):
    assert len(outcomes["gzip_bomb"].body) < BOUNDS.body_bytes
    assert outcomes["gzip_bomb"].header("content-encoding") == "gzip"
