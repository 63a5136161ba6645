"""A crawl's memory does not grow with its pages: SVODKA_PAGES tells how many (1,000 by default; 50,000 by hand)."""

import os
import re
import time
from pathlib import Path

import pytest

from tests.site import open_site
from tests.site.crawls import Crawl
from tests.site.harvest import archived
from tests.site.plan import calm_plan
from tests.site.table import table

PAGES = int(os.environ.get("SVODKA_PAGES", "1000"))
MOST = 300  # MB, imports and all
EVERY = "max_age_days = 36500\nmax_pages = 1000000"

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read the peak from")


def peak(process):
    """Wait for a process; give its peak in KB. That of wait4 would count this process too, of which it is a fork."""
    most = 0
    with process:
        while process.poll() is None:
            told = re.search(r"^VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text(), re.MULTILINE)
            most = int(told[1]) if told else most
            time.sleep(0.1)
    return most


def test_many_pages_are_kept_once_in_bounded_memory(tmp_path):
    plan = calm_plan(PAGES)
    with open_site(plan, tmp_path / "site") as site:
        crawl = Crawl(tmp_path / "sources.toml", tmp_path / "archive")
        told = table(site, concurrency=8, more="[night]\npages = 1000000", each=EVERY)
        crawl.table.write_text(told, encoding="utf-8")
        process = crawl.start()
        most = peak(process)
    assert process.returncode == 0
    assert dict(archived(crawl.archive)) == dict.fromkeys(plan.reachable(1), 1)
    assert 0 < most / 1024 <= MOST
