"""Opens the site in a process of its own, and asks it what it saw."""

import http.client
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.site.log import Request, read_log
from tests.site.plan import Plan

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is open."""

    plan: Plan
    port: int
    log_file: Path
    pid: int

    def url(self, host: int = 0, path: str = "/") -> str:
        """Write an address of the plan's host of that number."""
        return f"http://{self.plan.hosts[host].address}:{self.port}{path}"

    def turn(self, night: int) -> None:
        """Let it be another night: articles change and appear."""
        client = http.client.HTTPConnection(self.plan.hosts[0].address, self.port, timeout=10)
        client.request("GET", f"/-/night/{night}")
        assert client.getresponse().status == 200
        client.close()

    def requests(self) -> list[Request]:
        """Give what was asked till now, but for what is under way."""
        return read_log(self.log_file)

    def settled(self, seconds: float = 5.0) -> list[Request]:
        """Give the same once nothing more comes for a moment: the server learns a little late of a client's end."""
        deadline, found = time.monotonic() + seconds, self.requests()
        while time.monotonic() < deadline:
            time.sleep(0.1)
            if len(found) == len(found := self.requests()):
                break
        return found


@contextmanager
def open_site(plan: Plan, folder: Path) -> Iterator[Site]:
    """Serve a plan till the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    written, log = folder / "plan.pickle", folder / "requests.jsonl"
    written.write_bytes(pickle.dumps(plan))
    log.touch()
    command = [sys.executable, "-m", "tests.site.server", str(written), str(log)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as server:
        assert server.stdin
        assert server.stdout
        try:
            port = server.stdout.readline()
            assert port, "the site did not come up"
            yield Site(plan, int(port), log, server.pid)
        finally:
            server.stdin.close()
