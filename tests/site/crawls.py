"""Crawls of the site in processes of their own, which may be killed at any instant."""

import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.site.process import ENVIRONMENT

CRAWL = [sys.executable, "-m", "pipeline", "crawl"]
LONGEST = 300  # seconds that any crawl of a test may take
PATIENT = """
[limits]
read_seconds = 1
total_seconds = 10
body_mb = 2
expanded_mb = 8
"""


@dataclass(frozen=True, slots=True)
class Crawl:
    """A table of sources and the archive that it fills."""

    table: Path
    archive: Path

    def start(self) -> subprocess.Popen[bytes]:
        command = [*CRAWL, str(self.table), "--archive", str(self.archive)]
        log = (self.archive.parent / "crawl.log").open("ab")
        with log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ENVIRONMENT)

    def finish(self) -> int:
        """Run to the end; give the exit code."""
        with self.start() as process:
            try:
                return process.wait(LONGEST)
            finally:
                process.kill()

    def die(self, seconds: float) -> bool:
        """Run and kill -9 after so many seconds; tell whether it was still at work."""
        with self.start() as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
            return False

    def survive(self, chance: random.Random, kills: int, *, seconds: tuple[float, float]) -> int:
        """Be killed so often, each at a random moment, then run to the end; give the exit code."""
        for _ in range(kills):
            if not self.die(chance.uniform(*seconds)):
                break
        return self.finish()
