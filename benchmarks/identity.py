"""Measure identity: which mentions of many articles are of one entity, given the gold mentions.

    python benchmarks/identity.py ../shared/data [--lemmas] [--show N]
    python benchmarks/identity.py --records FILE.jsonl ...

SlavicNER (ids across documents): the gold spans take the place of the extractors' own, names and links within an
article are made as for any article, profiles are resolved as in the registry. Pairwise and B³ scores over mentions of
each label; `F double` counts a pair wrongly joined twice. `--lemmas` takes the names from the gold instead of putting
the printed forms into the nominative. `--show` prints the worst errors. factRuEval's development part: the same within
documents. `--records` takes records as `svodka run` writes them instead and counts profiles, blocks and comparisons.
"""

import argparse
import time
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from gold_mentions import LABELS, Document, factrueval, load, profiles_at, slavicner

from pipeline.record import from_json
from pipeline.registry.identity import Profile, block_keys, compare, profile_id, profiles_of
from pipeline.registry.identity.resolve import compared, resolve


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as it was resolved: the gold entity and the component it fell into, its document, form and profile."""

    label: str
    gold: str
    found: str
    document: str
    form: str
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairwise counts and B³ means."""

    both: int
    found: int
    gold: int
    b_precision: float
    b_recall: float

    @property
    def precision(self) -> float:
        """Share of the pairs found that are right."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the right pairs that were found."""
        return self.both / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.both / ((self.found + self.gold) or 1)

    @property
    def f_double(self) -> float:
        """Weigh a pair wrongly joined twice."""
        wrong, missed = self.found - self.both, self.gold - self.both
        return 2 * self.both / ((2 * self.both + 2 * wrong + missed) or 1)

    @property
    def b_f1(self) -> float:
        """Harmonic mean of the B³ scores."""
        return 2 * self.b_precision * self.b_recall / ((self.b_precision + self.b_recall) or 1)


def pairs(number: int) -> int:
    return number * (number - 1) // 2


def score(told: list[Told]) -> Scores:
    cells = Counter((t.gold, t.found) for t in told)
    gold, found = Counter(t.gold for t in told), Counter(t.found for t in told)
    return Scores(
        both=sum(map(pairs, cells.values())),
        found=sum(map(pairs, found.values())),
        gold=sum(map(pairs, gold.values())),
        b_precision=sum(n * n / found[f] for (_, f), n in cells.items()) / (len(told) or 1),
        b_recall=sum(n * n / gold[g] for (g, _), n in cells.items()) / (len(told) or 1),
    )


def told_of(documents: list[Document]) -> list[Told]:
    """Resolve the gold mentions across documents; a mention that is in no entity stands alone."""
    made = [(document, profiles_at(document)) for document in documents]
    found = resolve(profile for _, profiles in made for profile in profiles.values())
    components = {one: component[0] for component in found.components for one in component}
    return [
        Told(
            document.where[at].label,
            document.where[at].entity,
            components[profile_id(profiles[at])] if at in profiles else f"{document.id}{at}",
            document.id,
            document.text[slice(*at)],
            profiles.get(at),
        )
        for document, profiles in made
        for at in document.where
    ]


def errors(told: list[Told]) -> Counter[tuple[str, str, str, str, str]]:
    """Count the wrong pairs by kind and names; a pair of profiles stands for all pairs of its mentions."""
    counted = Counter((t.gold, t.found, t.profile) for t in told if t.profile)
    wrong: Counter[tuple[str, str, str, str, str]] = Counter()
    for (one, n), (two, m) in combinations(counted.items(), 2):
        if (one[0] == two[0]) != (one[1] == two[1]):
            wrong[_error(one, two)] += n * m
    return wrong


def _error(one: tuple[str, str, Profile], two: tuple[str, str, Profile]) -> tuple[str, str, str, str, str]:
    way = "missed" if one[0] == two[0] else "joined"
    if one[2] == two[2]:
        kind = "one profile"
    else:
        told = compare(one[2], two[2])
        kind = f"{told.outcome}: {', '.join(told.reasons)}"
    sides = sorted((f"{p.name} [{p.setting or ''}{p.region or ''}]", gold) for gold, _, p in (one, two))
    return way, kind, f"{sides[0][0]} | {sides[1][0]}", sides[0][1], sides[1][1]


def print_errors(told: list[Told], number: int) -> None:
    wrong = errors(told)
    kinds: Counter[tuple[str, str]] = Counter()
    for (way, kind, *_), count in wrong.items():
        kinds[way, kind] += count
    for (way, kind), count in kinds.most_common():
        print(f"    {way:7} {count:7}  {kind}")
    for way in ("joined", "missed"):
        for (_, kind, names, gold, other), count in Counter(
            {w: n for w, n in wrong.items() if w[0] == way}
        ).most_common(number):
            print(f"      {way} {count:6}  {names}  ({kind})  {gold}" + (f" ≠ {other}" if way == "joined" else ""))


def print_scores(name: str, told: list[Told], *, show: int) -> None:
    s = score(told)
    print(
        f"{name:12} {len(told):6} mentions  pairwise P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}"
        f"  F double {s.f_double:.3f}  B3 P {s.b_precision:.3f} R {s.b_recall:.3f} F1 {s.b_f1:.3f}"
    )
    if show:
        print_errors(told, show)


def across(told: list[Told]) -> list[Told]:
    """Take one mention of each entity in each document and component, so that only other documents count."""
    return list({(t.gold, t.found, t.document): t for t in told}.values())


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--lemmas", action="store_true")
    parser.add_argument("--records", action="store_true")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args()
    if options.records:
        count(options.data)
        return
    (data,) = options.data
    report("SlavicNER", load(slavicner(data), lemmas=options.lemmas), LABELS, options.show)
    report("factRuEval", load(factrueval(data), lemmas=False), ("ORG", "PER", "LOC"), options.show)


def count(files: list[Path]) -> None:
    """Count what the blocking leaves to compare on records, and what the comparisons come to."""
    lines = (line for file in files for line in file.open(encoding="utf-8"))
    began = time.monotonic()
    profiles = [profile for line in lines for profile in profiles_of(from_json(line)).values()]
    by_id = {profile_id(profile): profile for profile in profiles}
    blocks = Counter(key for profile in by_id.values() for key in block_keys(profile))
    print(f"{len(profiles)} entities, {len(by_id)} profiles, {blocks.total()} rows in {len(blocks)} blocks", end=", ")
    print(f"the largest {blocks.most_common(5)}, in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    told = Counter(f"{by_id[one].kind}: {comparison.outcome}" for one, _, comparison in compared(by_id))
    print(f"{told.total()} comparisons in {time.monotonic() - began:.0f} s: {dict(told.most_common())}")
    began = time.monotonic()
    found = resolve(profiles)
    print(f"{len(found.components)} entities, {len(found.undecided)} pairs undecided, {time.monotonic() - began:.0f} s")


def report(title: str, documents: list[Document], labels: tuple[str, ...], show: int) -> None:
    began = time.monotonic()
    inside = title == "factRuEval"
    told = (
        [replace(t, found=t.document + t.found) for d in documents for t in told_of([d])]
        if inside
        else told_of(documents)
    )
    print(f"{title}: {len(documents)} documents, resolved in {time.monotonic() - began:.0f} s")
    for label in labels:
        mine = [t for t in told if t.label == label]
        print_scores(label, mine, show=show)
        if not inside:
            print_scores("  once a doc", across(mine), show=0)


if __name__ == "__main__":
    main()
