"""Time the whole flow of ready articles against natasha's taggers on the same articles, in turns, in one process.

    OPENBLAS_NUM_THREADS=1 python benchmarks/speed.py ../shared/data [ARTICLES]

One thread, as the engine's workers have: the threads of the linear algebra count as CPU time while they wait. Prints
characters a second of each (the median of the rounds) and their ratio. Machines are noisy: only the ratio is worth
quoting. natasha here does its segmentation, morphology and NER, which is what its users run at the least.
"""

import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import natasha

from pipeline import process
from pipeline.model import Media, Page, Source

ROUNDS = 5


def articles(data: Path, number: int) -> list[dict[str, str]]:
    """Read the first articles of the throughput corpus."""
    with gzip.open(data / "rbc" / "silver.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = (json.loads(line) for line in islice(file, number))
        return [{"id": row["id"], "text": row["text"]} for row in rows]


def svodka(article: dict[str, str]) -> None:
    process(Page(Source("x"), Media.ARTICLE, json.dumps(article).encode()))


def peer() -> Callable[[dict[str, str]], None]:
    """Load natasha's taggers."""
    segmenter, embedding = natasha.Segmenter(), natasha.NewsEmbedding()
    morph, ner = natasha.NewsMorphTagger(embedding), natasha.NewsNERTagger(embedding)

    def run(article: dict[str, str]) -> None:
        doc = natasha.Doc(article["text"])
        doc.segment(segmenter)
        doc.tag_morph(morph)
        doc.tag_ner(ner)

    return run


def main() -> None:
    """Run both in turns and print the medians."""
    found = articles(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
    size = sum(len(article["text"]) for article in found)
    ways = {"svodka": svodka, "natasha": peer()}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            began = time.process_time()
            for article in found:
                way(article)
            if number:  # the first round loads models
                times[name].append(time.process_time() - began)
    speeds = {name: size / statistics.median(spent) for name, spent in times.items()}
    for name, speed in speeds.items():
        print(f"{name}: {speed:,.0f} characters a CPU second")
    print(
        f"ratio svodka/natasha: {speeds['svodka'] / speeds['natasha']:.2f} ({len(found)} articles, {size} characters)"
    )


if __name__ == "__main__":
    main()
