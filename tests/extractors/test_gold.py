"""Each extractor against its gold table, `corpus/gold/<extractor>.tsv`.

A row: text with the expected mentions in [brackets] ⇥ their values in order, joined by ` ; ` ⇥ publication time or
empty ⇥ `xfail: why` or empty. A row without brackets must give nothing. Lines that begin with `#` are comments.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest

from extractors import analyse, extractor_names, notation

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


@dataclass(frozen=True)
class Row:
    text: str
    spans: list[tuple[int, int]]
    values: list[str]
    published: datetime | None


def read(line: str) -> Row:
    marked, values, published, *_ = [*line.split("\t"), "", ""]
    spans, plain = [], ""
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(plain), len(plain) + len(part)))
        plain += part
    expected = [value.strip() for value in values.split(" ; ") if value.strip()]
    assert len(spans) == len(expected), f"{len(spans)} brackets, {len(expected)} values: {line}"
    return Row(plain, spans, expected, datetime.fromisoformat(published) if published.strip() else None)


def rows():
    for path in sorted(GOLD.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                marker = line.split("\t")[3] if line.count("\t") > 2 else ""
                marks = [pytest.mark.xfail(reason=marker, strict=True)] if marker.startswith("xfail") else []
                yield pytest.param(path.stem, line, id=f"{path.stem}:{number}", marks=marks)


@pytest.mark.parametrize(("extractor", "line"), list(rows()))
def test_row(extractor, line):
    row = read(line)
    mentions = list(import_module(f"extractors.{extractor}").extract(analyse(row.text, row.published)))
    found = [(row.text[m.start : m.stop], notation(m, row.text)) for m in sorted(mentions, key=lambda m: m.start)]
    assert found == [(row.text[a:b], value) for (a, b), value in zip(row.spans, row.values, strict=True)]
    assert all(row.text[m.start : m.stop] == m.text for m in mentions)


def test_every_extractor_has_gold():
    assert {path.stem for path in GOLD.glob("*.tsv")} == set(extractor_names())
