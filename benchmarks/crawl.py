"""Time a crawl of a loopback site against Scrapy on the same site: pages a second and peak memory of each.

    python benchmarks/crawl.py [PAGES] [ROUNDS]     (needs `pip install --group benchmarks`)

The site is that of the tests (tests/site: raw sockets, its own process, no faults, no delays), one sitemap of all its
pages. Every contestant runs in a process of its own, in turns; the time is from its start to its end, imports and all.
svodka keeps what its nights keep: WARCs synced to disk, the frontier, each page's hash. Scrapy is timed twice: `bare`
downloads and drops; `archive` keeps its queue in a folder and every response in a WARC, as a crawl to build on has to.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the tests' site is no installed package

from tests.site import Site, open_site  # noqa: E402 - after the path
from tests.site.harvest import archived  # noqa: E402
from tests.site.plan import calm_plan  # noqa: E402
from tests.site.table import table  # noqa: E402

CONCURRENCY = 16
Command = Callable[[Site, Path], list[str]]


@dataclass(frozen=True, slots=True)
class Lap:
    """One crawl: seconds from start to end, its peak memory in MB, its pages."""

    seconds: float
    memory: float
    pages: int


def svodka(site: Site, folder: Path) -> list[str]:
    """Crawl as a user does."""
    every = "max_age_days = 36500\nmax_pages = 1000000"
    night = f"concurrency = {CONCURRENCY}\n[night]\npages = 1000000"
    (folder / "sources.toml").write_text(table(site, concurrency=CONCURRENCY, more=night, each=every))
    return [
        sys.executable,
        "-m",
        "pipeline",
        "crawl",
        str(folder / "sources.toml"),
        "--archive",
        str(folder / "archive"),
    ]


def scrapy(way: str) -> Command:
    """Crawl by Scrapy's sitemap spider."""

    def command(site: Site, folder: Path) -> list[str]:
        script = str(ROOT / "benchmarks" / "crawl_scrapy.py")
        return [sys.executable, script, site.url(0, "/sitemap"), str(folder), way, str(CONCURRENCY)]

    return command


def lap(command: Command, site: Site) -> Lap:
    """Run one contestant once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arguments = command(site, folder)
        began = time.monotonic()
        with (folder / "out").open("w") as out, (folder / "errors").open("w") as errors:
            process = subprocess.Popen(arguments, stdout=out, stderr=errors, cwd=ROOT)
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        if status:
            raise SystemExit(f"{arguments} ended with {status}:\n{(folder / 'errors').read_text()[-2000:]}")
        kept = archived(folder / "archive") if (folder / "archive").exists() else None
        pages = len(kept) if kept is not None else int((folder / "out").read_text().split()[-1])
        return Lap(seconds, used.ru_maxrss / 1024, pages)


def main() -> None:
    """Run all in turns and print the medians."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    ways = {"svodka": svodka, "scrapy, bare": scrapy("bare"), "scrapy, archive": scrapy("archive")}
    laps: dict[str, list[Lap]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as name, open_site(calm_plan(pages), Path(name)) as site:
        for _ in range(rounds):
            for way, command in ways.items():
                laps[way].append(lap(command, site))
    print(f"{pages} pages, {CONCURRENCY} at a time, {os.cpu_count()} cores for all, medians of {rounds}")
    for way, found in laps.items():
        seconds = statistics.median(one.seconds for one in found)
        memory = max(one.memory for one in found)
        missed = sum(pages - one.pages for one in found)
        print(f"{way:16} {pages / seconds:7.0f} pages/s {memory:7.0f} MB at most {missed:6} pages missed")


if __name__ == "__main__":
    main()
