"""What is said to an endpoint, as JSON: pure. docs/push.md shows it, docs/push.schema.json is its JSON Schema."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from pydantic import TypeAdapter

from pipeline.registry.ids import digest

FORMAT, VERSION = "svodka.push", 1


@dataclass(frozen=True, slots=True)
class Named:
    """An entity: its canonical id, and its kind and name at this time."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """Where a statement was read."""

    id: str
    origin: str
    url: str | None
    title: str | None
    site: str | None
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Assertion:
    """This statement holds, as it is here; what was said under this id before no longer counts."""

    id: str
    op: Literal["assert"]
    turn: int
    key: str
    entity: Named
    property: str
    value: str
    value_entity: Named | None
    original: str | None
    start: int | None
    stop: int | None
    quote: str | None
    quote_start: int | None
    quote_stop: int | None
    article: Article
    rule: str
    version: str
    confidence: float
    modality: str
    status: str
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class Retraction:
    """This statement holds no longer; `status` says why."""

    id: str
    op: Literal["retract"]
    turn: int
    key: str
    status: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The body of a request."""

    format: Literal["svodka.push"]
    version: Literal[1]
    statements: list[Assertion | Retraction]


@dataclass(frozen=True, slots=True)
class State:
    """What an endpoint knows of a statement, or is to know: enough to tell whether it has to be told again."""

    op: Literal["assert", "retract"]
    status: str
    entity_id: str
    value_id: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A statement on its way: what is written down of it, and what is sent, `line`: as JSON."""

    seq: int
    state: State
    told: Assertion | Retraction
    line: bytes

    @property
    def op(self) -> str:
        """What is said of the statement."""
        return self.told.op

    @property
    def key(self) -> str:
        """The key under which the endpoint carries this out at most once."""
        return self.told.key


def statement_id(revision_id: str, claim: str, start: int | None, stop: int | None) -> str:
    """Name a statement by what it is, so that it has the same name in a registry restored or loaded anew."""
    return digest(revision_id, claim, str(start), str(stop))


def message_key(id_: str, turn: int, state: State) -> str:
    """Name one word about a statement: the same when it is said again, another when something else is said."""
    return digest(id_, str(turn), state.op, state.status, state.entity_id, state.value_id)


def batch_key(batch: Sequence[Message]) -> str:
    """Name a batch."""
    return digest(*(message.key for message in batch))


def body(batch: Sequence[Message]) -> bytes:
    """Write a batch; the same statements give the same bytes."""
    return b"".join(
        (
            json.dumps({"format": FORMAT, "version": VERSION})[:-1].encode("ascii"),
            b', "statements": [\n',
            b",\n".join(message.line for message in batch),
            b"\n]}\n",
        )
    )


def batches(messages: Sequence[Message], count: int, octets: int) -> Iterator[list[Message]]:
    """Cut messages into batches, in order."""
    batch: list[Message] = []
    size = 0
    for message in messages:
        length = len(message.line) + 2
        if batch and (len(batch) >= count or size + length > octets):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += length
    if batch:
        yield batch


def schema_text() -> str:
    """Write the JSON Schema of a batch: docs/push.schema.json."""
    return json.dumps(TypeAdapter(Batch).json_schema(), ensure_ascii=False, indent=2) + "\n"


def as_json(told: Assertion | Retraction) -> bytes:
    """Write what is told of one statement."""
    return json.dumps(asdict(told), ensure_ascii=False).encode("utf-8")
