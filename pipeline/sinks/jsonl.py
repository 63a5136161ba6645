"""One JSON object a line, the record exactly as `output/record.schema.json` describes it."""

from pathlib import Path

from pipeline.model import Rejected
from pipeline.record import Record, to_json

NAME = "jsonl"
FILES = ("records.jsonl",)


class JsonlSink:
    """An open records.jsonl."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILES[0]).open("w", encoding="utf-8", newline="\n")

    def write(self, outcome: Record | Rejected) -> None:
        """Append a record's line."""
        if not isinstance(outcome, Rejected):
            self._file.write(to_json(outcome) + "\n")

    def close(self) -> None:
        """Complete the file."""
        self._file.close()


def open_sink(folder: Path) -> JsonlSink:
    """Begin records.jsonl in a folder."""
    return JsonlSink(folder)
