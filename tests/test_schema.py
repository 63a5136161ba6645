"""The committed JSON Schema is the one the types make, and it changes only with a new version."""

import hashlib
import json
from pathlib import Path

from pipeline.record import SCHEMA_VERSION, schema, schema_text

COMMITTED = Path(__file__).parents[1] / "output" / "record.schema.json"

# Digest of the schema of each version. A version's schema is final: change the types, raise SCHEMA_VERSION, add a row.
DIGESTS = {1: "9c0cf17e5e88ba5d3f9693057ecef3c1264699d3f1eb4a45d3ec568e21f4727f"}


def test_the_committed_schema_is_fresh():
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: svodka schema > output/record.schema.json"


def test_the_schema_changes_only_with_its_version():
    text = json.dumps(schema(), sort_keys=True, ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == DIGESTS[SCHEMA_VERSION]
