"""An outcome as it travels: written as JSON once, in the worker, and kept so in the journal."""

import hashlib
from collections import Counter
from dataclasses import dataclass, fields
from typing import Literal

from pydantic import TypeAdapter

from pipeline.model import Reason, Rejected
from pipeline.record import Record, from_json, to_json

_REJECTED: TypeAdapter[Rejected] = TypeAdapter(Rejected)

Kind = Literal["record", "rejected"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page. `failed` outcomes are Svodka's own fault, or a worker's death: worth another try."""

    kind: Kind
    json: bytes
    failed: bool = False

    def value(self) -> Record | Rejected:
        """Read it; pydantic.ValidationError when it is damaged."""
        return from_json(self.json) if self.kind == "record" else _REJECTED.validate_json(self.json)


def finished(result: Record | Rejected) -> Outcome:
    """Write an outcome."""
    if isinstance(result, Rejected):
        return Outcome("rejected", _REJECTED.dump_json(result), failed=result.reason is Reason.FAILED)
    return Outcome("record", to_json(result).encode("utf-8"))


class Tally:
    """The counts of a run. `pages` leaves out the files that are no pages (reason `unsupported`).

    `copies` are records whose article's id a record before had: copies of a page, or a .jsonl that gives an id twice.
    """

    def __init__(self) -> None:
        self.records = 0
        self.resumed = 0
        self.copies = 0
        self._ids: set[bytes] = set()  # digests, so that a million articles take no more than tens of megabytes
        self.rejected: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter(dict.fromkeys(_kinds(), 0))

    @property
    def pages(self) -> int:
        """Pages read, whatever became of them."""
        return self.records + self.rejected.total() - self.skipped

    @property
    def skipped(self) -> int:
        """Files that no reader takes."""
        return self.rejected[Reason.UNSUPPORTED]

    def add(self, result: Record | Rejected) -> None:
        """Count an outcome."""
        if isinstance(result, Rejected):
            self.rejected[result.reason] += 1
            return
        self.records += 1
        digest = hashlib.blake2b(result.article.id.encode("utf-8"), digest_size=8).digest()
        self.copies += digest in self._ids
        self._ids.add(digest)
        for name in self.kinds:
            self.kinds[name] += len(getattr(result, name))


def _kinds() -> tuple[str, ...]:
    """Name the lists of a record, by the type itself."""
    return tuple(field.name for field in fields(Record) if field.default == ())
