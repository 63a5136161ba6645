"""The conflicts of a registry, remembered: looking for them goes through all of it.

They are looked for anew when the registry has changed, but in a large one not each time: at most a twentieth of the
time goes into it. Conflicts that somebody has decided on meanwhile are left out at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pipeline.registry.belief.conflicts import Conflict, conflicts
from pipeline.registry.belief.overview import Moment, decided_after, moment

_SHARE = 20  # times as long as it took they are good for


@dataclass(frozen=True, slots=True)
class _Found:
    conflicts: tuple[Conflict, ...]
    moment: Moment
    at: float
    took: float


class RememberedConflicts:
    """The conflicts of one registry; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._found: _Found | None = None

    def of(self, connection: Any) -> tuple[Conflict, ...]:
        """Give the conflicts that are open."""
        with self._lock:
            found = self._current(connection)
        claims = {told.claim for one in found.conflicts for side in one.sides for told in side.testimony}
        if moment(connection).decided == found.moment.decided:
            return found.conflicts
        decided = decided_after(connection, claims, found.moment.decided)
        return tuple(one for one in found.conflicts if not _is_about(one, decided))

    def _current(self, connection: Any) -> _Found:
        now, found = self._clock(), self._found
        if found and (found.moment == moment(connection) or now - found.at < _SHARE * found.took):
            return found
        made = conflicts(connection)
        self._found = _Found(made, moment(connection), now, self._clock() - now)
        return self._found


def _is_about(conflict: Conflict, claims: set[str]) -> bool:
    return any(told.claim in claims for side in conflict.sides for told in side.testimony)
