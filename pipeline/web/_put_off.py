"""What visitors of the queue put off for now; kept in the server, and forgotten with it."""

from collections import OrderedDict
from collections.abc import Iterable

from starlette.requests import Request


class PutOff:
    """What visitors put off for now, by session: keys of questions; forgotten with the server."""

    def __init__(self, *, sessions: int = 1_000, keys: int = 20_000) -> None:
        self._kept: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._sessions, self._keys = sessions, keys

    def of(self, session: str) -> frozenset[str]:
        """Give what a session put off."""
        return self._kept.get(session, frozenset())

    def add(self, session: str, keys: Iterable[str]) -> None:
        """Put off more; who puts off too much begins anew, and the oldest session is forgotten first."""
        there = self.of(session) | frozenset(keys)
        self._kept[session] = there if len(there) <= self._keys else frozenset(keys)
        self._kept.move_to_end(session)
        while len(self._kept) > self._sessions:
            self._kept.popitem(last=False)

    def clear(self, session: str) -> None:
        """Bring back what a session put off."""
        self._kept.pop(session, None)


def put_off_by(request: Request) -> PutOff:
    """Give what is put off on this server."""
    kept = request.app.state.put_off
    assert isinstance(kept, PutOff)  # noqa: S101 - the state of an application has no types
    return kept
