"""Scaffold of the command line: ready articles in, records.jsonl out."""

import json
import sys
from pathlib import Path

from pipeline.model import Media, Page, Rejected, Source
from pipeline.record import to_json
from pipeline.run import process


def main() -> None:
    """Run over one .jsonl."""
    path, to = sys.argv[2], Path(sys.argv[4])
    to.mkdir(parents=True, exist_ok=True)
    with (to / "records.jsonl").open("w") as out, (to / "rejected.jsonl").open("w") as bad:
        for line in Path(path).read_bytes().splitlines():
            if (result := process(Page(Source(path), Media.ARTICLE, line))) and isinstance(result, Rejected):
                bad.write(json.dumps({"reason": result.reason, "detail": result.detail}) + "\n")
            else:
                out.write(to_json(result) + "\n")
