"""The client of those who wait: the wire, with second tries. Bodies are asked for unpacked, so that none expands."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from pipeline.errors import NetError
from pipeline.net.guard import EVERYWHERE
from pipeline.net.patience import Patience, is_passing, retry_after
from pipeline.net.reply import Ask, Bounds, Trouble
from pipeline.net.wire import Wire, World, open_wire

_UNPACKED = "identity"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client behaves; nothing of it has a default that could surprise. Seconds and bytes."""

    user_agent: str
    connect_seconds: float
    read_seconds: float  # without a byte; a whole attempt may take longer, all attempts no longer than `patience` says
    answer_bytes: int
    patience: Patience


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def open_client(manner: Manner, world: World | None = None) -> Iterator["Client"]:
    """Give a client that keeps its connections open till the end of the block. Redirects are answers.

    Any host may be named: whoever uses this client chose it. Not for use inside a running event loop.
    """
    world = world or World()
    with asyncio.Runner() as runner:
        opening = open_wire(manner.user_agent, _bounds(manner, 0), EVERYWHERE, world, packed=_UNPACKED)
        wire = runner.run(opening.__aenter__())
        try:
            yield Client(runner, wire, manner, world)
        finally:
            runner.run(opening.__aexit__(None, None, None))


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests; made by `open_client`."""

    runner: asyncio.Runner
    wire: Wire
    manner: Manner
    world: World

    def send(self, ask: Ask, is_sound: Callable[[Answer], bool] = lambda _: True) -> Answer:
        """Ask, and again while the trouble may pass; `is_sound` tells whether an answer came whole.

        Raises NetError when nothing helped. What is asked has to bear being carried out more than once.
        """
        patience, world = self.manner.patience, self.world
        deadline = world.clock() + patience.total_seconds
        for failures in count(1):
            answer, trouble = self._try(ask, deadline, is_sound)
            if answer is not None and trouble is None:
                return answer
            asked = retry_after(answer.headers.get("retry-after"), world.now()) if answer else None
            pause = patience.pause(failures, asked, world.chance())
            if failures >= patience.attempts or world.clock() + pause >= deadline:
                raise NetError(f"{place(ask.url)}: {_given_up(trouble, failures, asked)}")
            self.runner.run(_paused(world, pause))
        raise AssertionError

    def _try(self, ask: Ask, deadline: float, is_sound: Callable[[Answer], bool]) -> tuple[Answer | None, str | None]:
        left = max(deadline - self.world.clock(), 0.001)
        reply = self.runner.run(self.wire.exchange(ask, _bounds(self.manner, left)))
        if isinstance(reply, Trouble):
            if not reply.passing:
                raise NetError(f"{place(ask.url)}: {reply.detail}")
            return None, reply.detail
        if (reply.header("content-encoding") or _UNPACKED).lower() != _UNPACKED:
            raise NetError(f"{place(ask.url)}: answers compressed though it was asked not to")
        answer = Answer(reply.status, {name.lower(): value for name, value in reply.headers}, reply.body)
        if is_passing(answer.status):
            return answer, f"answered {answer.status}"
        return answer, None if is_sound(answer) else f"answered {answer.status} with something broken off"


def _bounds(manner: Manner, left: float) -> Bounds:
    return Bounds(
        connect_seconds=min(manner.connect_seconds, left),
        read_seconds=min(manner.read_seconds, left),
        total_seconds=left,
        body_bytes=manner.answer_bytes,
    )


async def _paused(world: World, seconds: float) -> None:
    await world.pause(seconds)


def place(url: str) -> str:
    """Name a URL in a message: without user, password, query and fragment, which may hold secrets.

    >>> place("https://me:secret@registry.example:8443/push?key=secret#there")
    'https://registry.example:8443/push'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "a URL that is none"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _given_up(trouble: str | None, failures: int, asked: float | None) -> str:
    times = "" if failures == 1 else f", at the last of {failures} attempts"
    later = f"; it asks to come back in {asked:.0f} s" if asked else ""
    return f"{trouble}{times}{later}; try again later"
