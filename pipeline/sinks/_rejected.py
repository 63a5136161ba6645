"""The pages that gave no record, one JSON object a line: source, reason, detail, url. Every run writes it."""

from pathlib import Path

from pydantic import TypeAdapter

from pipeline.model import Rejected
from pipeline.record import Record

FILE = "rejected.jsonl"

_ADAPTER: TypeAdapter[Rejected] = TypeAdapter(Rejected)


class RejectedSink:
    """An open rejected.jsonl."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILE).open("wb")

    def write(self, outcome: Record | Rejected) -> None:
        """Append a rejected page's line."""
        if isinstance(outcome, Rejected):
            self._file.write(_ADAPTER.dump_json(outcome) + b"\n")

    def close(self) -> None:
        """Complete the file."""
        self._file.close()


def open_sink(folder: Path) -> RejectedSink:
    """Begin rejected.jsonl in a folder."""
    return RejectedSink(folder)
