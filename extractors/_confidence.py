"""How far a rule can be trusted: the share of its mentions that were right on annotated news.

The table `lexicon/confidence.tsv` is written by `benchmarks/calibrate.py`; a rule that it does not list yet has the
prior.
"""

from functools import cache

from extractors._lexicon import table

PRIOR = 0.5


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(row["kind"], row["rule"]): float(row["confidence"]) for row in table("confidence")}


def confidence(kind: str, rule: str) -> float:
    """Give the measured precision of a rule, 0..1."""
    return _measured().get((kind, rule), PRIOR)
