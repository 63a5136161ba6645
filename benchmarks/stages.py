"""Where the time of a page goes, by stage, and how it grows with the length of the text.

    OPENBLAS_NUM_THREADS=1 python benchmarks/stages.py ../shared/data [ARTICLES]

One thread, as the engine's workers have: the threads of the linear algebra count as CPU time while they wait. First
the share of each stage (analysis, each extractor, linking) over ready articles; then CPU seconds for a million
characters of each stage for ever longer texts, made of whole articles one after another. A stage is linear when its
row stays level.
"""

import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from extractors import Mention, _extractors, analyse
from pipeline.link import link
from pipeline.model import Media, Page, Rejected, Source
from pipeline.strip import strip

ARTICLES = 400
LENGTHS = (10_000, 40_000, 160_000)
MILLION = 1_000_000


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what runs inside as a stage's."""
        began = time.process_time()
        yield
        self.spent[name] += time.process_time() - began


def texts(data: Path, number: int) -> list[str]:
    """Read the first articles of the throughput corpus."""
    with gzip.open(data / "rbc" / "silver.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, number)]


def run(text: str, clock: Clock) -> None:
    """Do what `pipeline.process` does, one stage after another."""
    page = Page(Source("x"), Media.ARTICLE, json.dumps({"id": "x", "text": text}).encode())
    with clock.stage("strip"):
        article = strip(page)
    if isinstance(article, Rejected):
        raise TypeError(article.detail)
    with clock.stage("analyse"):
        doc = analyse(article.text, article.published_at)
    mentions: list[Mention] = []
    for name, extractor in _extractors().items():
        with clock.stage(name):
            mentions += extractor(doc)
    with clock.stage("link"):
        link(article, doc, tuple(sorted(mentions, key=lambda m: (m.start, -m.stop, m.kind))))


def shares(found: list[str]) -> None:
    """Print each stage's share of the time."""
    clock = Clock()
    for text in found:
        run(text, clock)
    total = sum(clock.spent.values())
    print(f"{total:.2f} CPU seconds, {len(found)} articles, {sum(map(len, found))} characters")
    for stage, seconds in sorted(clock.spent.items(), key=lambda pair: -pair[1]):
        print(f"{stage:15} {seconds / total:6.1%}")


def scaling(found: list[str]) -> None:
    """Print CPU seconds for a million characters at each length."""
    whole = "\n\n".join(found)
    clocks = [Clock() for _ in LENGTHS]
    for clock, length in zip(clocks, LENGTHS, strict=True):
        run(whole[:length], clock)
    print(f"{'':15}" + "".join(f"{length:>10,}" for length in LENGTHS) + "   characters; CPU seconds for a million")
    for stage in clocks[0].spent:
        rates = (
            clock.spent[stage] * MILLION / min(length, len(whole))
            for clock, length in zip(clocks, LENGTHS, strict=True)
        )
        print(f"{stage:15}" + "".join(f"{rate:10.2f}" for rate in rates))


def main() -> None:
    """Print both tables."""
    found = texts(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES)
    run(found[0], Clock())  # loads the models
    shares(found)
    scaling(found)


if __name__ == "__main__":
    main()
