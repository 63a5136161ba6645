"""docs/crawling.md names every outcome."""

import re
from pathlib import Path

from pipeline.crawl.capture import Outcome

DOCS = Path(__file__).parents[3] / "docs" / "crawling.md"


def test_every_outcome_is_told():
    rows = [line.split("|")[1] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {outcome.value for outcome in Outcome}
