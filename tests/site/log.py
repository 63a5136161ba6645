"""The server's log: one line a request, with times of one clock that every process of the machine shares. Seconds."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it.

    It arrived at some instant from `earliest` to `seen`: a busy server learns of it late, and says how late at worst.
    """

    host: str
    path: str  # with the query
    earliest: float
    seen: float
    ended: float  # when the last byte of the answer was handed to the system, or the connection was lost
    status: int  # 0 when it was left without an answer
    fault: str
    night: int
    agent: str
    conditional: bool
    whole: bool  # the answer was handed over to its end
    connection: int

    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"


def read_log(path: Path) -> list[Request]:
    """Give the requests in the order of their arrival; one whose answer is under way is not among them."""
    lines = path.read_bytes().split(b"\n")[:-1]  # the last may still be written
    return sorted((Request(**json.loads(line)) for line in lines), key=lambda request: request.seen)


def shortest_gaps(requests: Iterable[Request]) -> dict[str, float]:
    """Tell for each host the shortest time from one request to the next.

    Each gap is taken at the longest that it can have been, so one that is too short was too short for certain.
    """
    hosts: dict[str, list[Request]] = defaultdict(list)
    for request in sorted(requests, key=lambda request: request.seen):
        hosts[request.host].append(request)
    gaps = {host: [b.seen - a.earliest for a, b in pairwise(asked)] for host, asked in hosts.items()}
    return {host: min(found) for host, found in gaps.items() if found}


def most_at_once(requests: Iterable[Request]) -> dict[str, int]:
    """Tell for each host how many requests were under way at once; one given up counts till the server knew."""
    marks: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for request in requests:
        marks[request.host] += [(request.seen, 1), (request.ended, -1)]
    most = {}
    for host, found in marks.items():
        now = 0
        most[host] = max(now := now + step for _, step in sorted(found))
    return most
