"""When each host may be asked next: politely by default, slower where it is slow or says so. Pure: time is passed in.

Owns the state of the hosts of one crawl. A delay counts from the end of one request to the next: only then is it sure
that the server has seen it, by whose clock the delay is kept. As many requests are under way at once as the host bears,
by default one. Knows nothing of robots.txt but the delay that it asks for.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pipeline.net import Reply, Trouble
from pipeline.net.patience import retry_after

_BUSY = frozenset({429, 503})
_SMOOTHING = 0.3  # the weight of the last answer in the latency
_LONGEST_ASKED = 30 * 24 * 3600.0  # seconds; beyond it a date would overflow


@dataclass(frozen=True, slots=True)
class Tempo:
    """How hosts are treated, in seconds; a delay of 0 means none at all, however slow the answers are."""

    delay: float = 1.0
    concurrency: int = 1
    latency_factor: float = 2.0  # the delay follows the latency so many times ...
    slowest_factor: float = 10.0  # ... up to so many times the delay that was set ...
    slowest: float = 30.0  # ... and never beyond this for slowness alone
    first_pause: float = 2.0  # of a host that says it is too much; doubled each time
    longest_pause: float = 600.0  # unless it asks for longer


@dataclass(slots=True)
class _Host:
    tempo: Tempo
    wished: float = 0.0  # by robots.txt
    under_way: int = 0
    seen_at: datetime | None = None  # the last request, at the latest
    paused_until: datetime | None = None
    latency: float = 0.0
    strikes: int = 0  # how often it said that it is too much, less the good answers since

    @property
    def delay(self) -> float:
        """Give the seconds between two requests."""
        tempo = self.tempo
        adapted = min(self.latency * tempo.latency_factor, tempo.delay * tempo.slowest_factor, tempo.slowest)
        usual = max(tempo.delay, self.wished, adapted)
        return min(usual * 2.0**self.strikes, max(usual, tempo.slowest))


@dataclass(slots=True)
class Pace:
    """The hosts of a crawl; a host is named as the caller likes, by name and port for one."""

    tempo: Tempo = field(default_factory=Tempo)
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def set(self, host: str, tempo: Tempo | None = None, wished: float | None = None) -> None:
        """Say how a host is to be treated, and which delay its robots.txt wishes; None leaves it as it is."""
        state = self._host(host)
        state.tempo = tempo or state.tempo
        state.wished = state.wished if wished is None else wished

    def next_at(self, host: str) -> datetime | None:
        """Tell from when on a host may be asked; None while it is busy with as many requests as it bears.

        >>> pace, noon = Pace(Tempo(delay=5)), datetime(2024, 3, 6, 12, tzinfo=UTC)
        >>> pace.started("vestnik.example", noon)
        >>> pace.next_at("vestnik.example") is None, pace.next_at("golos.example") < noon
        (True, True)
        """
        state = self._host(host)
        if state.under_way >= state.tempo.concurrency:
            return None
        moments = [datetime.min.replace(tzinfo=UTC)]
        if state.seen_at:
            moments.append(state.seen_at + timedelta(seconds=state.delay))
        if state.paused_until:
            moments.append(state.paused_until)
        return max(moments)

    def wait(self, host: str, now: datetime) -> float | None:
        """Tell how many seconds to wait before a host may be asked; None while it is busy."""
        moment = self.next_at(host)
        return None if moment is None else max((moment - now).total_seconds(), 0.0)

    def delay(self, host: str) -> float:
        """Give the seconds between two requests of a host as they are now."""
        return self._host(host).delay

    def started(self, host: str, now: datetime) -> None:
        """Note that a request is about to be sent."""
        state = self._host(host)
        state.under_way += 1
        state.seen_at = max(now, state.seen_at or now)

    def ended(self, host: str, now: datetime, result: Reply | Trouble | None) -> None:
        """Note what came of it; None when it was given up."""
        state = self._host(host)
        state.under_way = max(state.under_way - 1, 0)
        if result is None:
            return
        state.seen_at = max(now, state.seen_at or now)
        if not isinstance(result, Reply):
            return
        if result.status in _BUSY:
            self._slow_down(state, now, result)
        else:
            weight = _SMOOTHING if state.latency else 1.0
            state.latency += weight * (result.seconds - state.latency)
            state.strikes = max(state.strikes - 1, 0)

    @staticmethod
    def _slow_down(state: _Host, now: datetime, reply: Reply) -> None:
        tempo = state.tempo
        asked = retry_after(reply.header("retry-after"), now)
        doubled = min(tempo.first_pause * 2.0 ** min(state.strikes, 30), tempo.longest_pause)
        state.strikes += 1
        until = now + timedelta(seconds=min(doubled if asked is None else asked, _LONGEST_ASKED))
        state.paused_until = max(until, state.paused_until or until)

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self.tempo))
