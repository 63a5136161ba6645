"""Crawls of random sites with random faults, killed at random moments: nothing lost, nothing twice, no rule broken.

SVODKA_KILLS tells how many (3 by default; 200 by hand: `SVODKA_KILLS=200 pytest tests/site/test_random_runs.py`).
"""

import os
import random

import pytest

from tests.site import open_site, shortest_gaps
from tests.site.crawls import PATIENT, Crawl
from tests.site.harvest import archived, forbidden
from tests.site.log import most_at_once
from tests.site.plan import ELSEWHERE, random_plan
from tests.site.table import table

RUNS = int(os.environ.get("SVODKA_KILLS", "3"))
FIRST = int(os.environ.get("SVODKA_FIRST_SEED", "0"))
DELAY = 0.1  # seconds
KILLS = 2  # at most, each night
MOMENTS = (0.5, 5.0)  # seconds after the start of a process
CALENDAR = 40  # the most days and months that anyone should look at on a host


def rules_broken(site):
    """Tell of each rule that the server saw broken."""
    requests = site.settled()
    gaps = {host: gap for host, gap in shortest_gaps(requests).items() if gap < DELAY}
    together = {host: most for host, most in most_at_once(requests).items() if most > 1}
    asked = [request for request in requests if request.path.startswith("/calendar/")]
    return {
        "forbidden": forbidden(site.plan, requests),
        "elsewhere": [request.path for request in requests if request.host == ELSEWHERE],
        "too soon": gaps,
        "at once": together,
        "trapped": len(asked) > CALENDAR * len(site.plan.hosts),
        "without a name": {request.agent for request in requests if "tests@example.org" not in request.agent},
    }


NO_RULE = {"forbidden": [], "elsewhere": [], "too soon": {}, "at once": {}, "trapped": False, "without a name": set()}


@pytest.mark.parametrize("seed", range(FIRST, FIRST + RUNS))
def test_killed_crawls_lose_nothing_and_fetch_nothing_twice(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 - a test's chance
    plan = random_plan(seed)
    wanted = set()
    with open_site(plan, tmp_path / "site") as site:
        told = table(
            site, delay=DELAY, more=PATIENT, each="max_age_days = 36500\nrecheck_days = 36500\nrecheck_hours = 0"
        )
        crawl = Crawl(tmp_path / "sources.toml", tmp_path / "archive")
        crawl.table.write_text(told, encoding="utf-8")
        for night in (1, 2):
            site.turn(night)
            crawl.survive(chance, chance.randint(1, KILLS), seconds=MOMENTS)
            wanted |= plan.reachable(night)
            kept = archived(crawl.archive)
            assert {mark: times for mark, times in kept.items() if times > 1} == {}
            assert wanted - kept.keys() == set()
            assert kept.keys() - wanted == set()
        assert rules_broken(site) == NO_RULE
