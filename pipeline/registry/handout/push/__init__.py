"""Somebody else's registry is told what this one holds: docs/push.md is the contract.

    ledger (what differs) ──► message (how it is said) ──► pipeline.net ──► ledger (what they said to it)

There is no position in the sequence of statements that could be wrong. The table `delivery` has the last word that an
endpoint was told of each statement, and a push sends what differs from it. So a statement whose transaction got its
number early and was committed late (as happens on PostgreSQL), one that is accepted after years, a merge of entities,
and a push that was killed are one case: a difference. A row is written as `sending` before anything leaves and as
`taken` after the answer, so what may have arrived without our knowing is told again under the same key, or taken back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import NetError
from pipeline.net import Answer, Ask, Client
from pipeline.registry.database import Database, reading, write
from pipeline.registry.handout.push.endpoint import Endpoint, is_whole, refusals
from pipeline.registry.handout.push.ledger import Wish, differing, note_outcome, note_sending
from pipeline.registry.handout.push.message import Message, batch_key, batches, body

_AT_ONCE = 1000  # statements read from the registry at a time
_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one batch."""

    asserted: int
    retracted: int
    refused: int


@dataclass(frozen=True, slots=True)
class Size:
    """The most that goes into a batch; a statement larger than `octets` goes alone."""

    count: int = 500
    octets: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Push:
    """One push: from where, to where, what, and by which client; `now` tells the time as the registry writes it."""

    database: Database
    endpoint: Endpoint
    wish: Wish
    client: Client
    now: Callable[[], str]
    size: Size = Size()

    def run(self) -> Iterator[Sent]:
        """Send what differs, a batch at a time; what the registry knows of a batch is written before the next.

        Raises NetError where the endpoint cannot be reached or refuses a batch as a whole; another push goes on there.
        """
        for messages in pending(self.database, self.endpoint, self.wish):
            for batch in batches(messages, self.size.count, self.size.octets):
                yield from self._send(batch)

    def _send(self, batch: Sequence[Message]) -> Iterator[Sent]:
        name, now = self.endpoint.name, self.now()
        write(self.database, lambda connection: note_sending(connection, name, batch, now))
        answer = self.client.send(self._ask(batch), is_whole)
        if answer.status == _TOO_LARGE and len(batch) > 1:
            middle = len(batch) // 2
            yield from self._send(batch[:middle])
            yield from self._send(batch[middle:])
            return
        refused = self._read(answer, batch)
        write(self.database, lambda connection: note_outcome(connection, name, batch, refused, self.now()))
        taken = [message for message in batch if message.key not in refused]
        asserted = sum(message.op == "assert" for message in taken)
        yield Sent(asserted, len(taken) - asserted, len(refused))

    def _ask(self, batch: Sequence[Message]) -> Ask:
        headers = {"Content-Type": "application/json", "Idempotency-Key": batch_key(batch), **self.endpoint.headers()}
        return Ask(self.endpoint.url, "POST", body(batch), headers)

    def _read(self, answer: Answer, batch: Sequence[Message]) -> dict[str, str]:
        if answer.status == _TOO_LARGE:
            return {batch[0].key: "413: too large for the endpoint"}
        refused = refusals(self.endpoint, answer)
        if unknown := sorted(set(refused) - {message.key for message in batch}):
            raise NetError(f"{self.endpoint.name}: refuses statements that it was not sent: {', '.join(unknown[:3])}")
        return refused


def pending(database: Database, endpoint: Endpoint, wish: Wish) -> Iterator[list[Message]]:
    """Read what the endpoint is to be told, in the order of the statements, some at a time."""
    after: int | None = 0
    while after is not None:
        with reading(database) as connection:
            messages, after = differing(connection, endpoint.name, wish, after, _AT_ONCE)
        if messages:
            yield messages
