"""What a comparison of two profiles comes to."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Whether two profiles are of one entity."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"
    SAME_IF_BODIES = "same_if_bodies"  # same when a body of the one is a body of the other, else undecided


class Bond(StrEnum):
    """What a comparison leaves between two profiles, for clustering."""

    SAME = "same"
    OPEN = "open"  # undecided: little is known
    APART = "apart"  # undecided: something speaks against
    FORBIDDEN = "forbidden"  # known to be different
    NONE = "none"  # merely nothing in common


_SAME_BODY = 0.92
# Reasons for which an undecided pair is kept apart: no name that tells little joins the two.
_AGAINST = frozenset(
    {
        "other bodies",
        "common surname",
        "misprint",
        "other territory",
        "kind of body",
        "kind of cluster",
        "kind of place",
        "legal form",
        "head",
        "other region",
    }
)
# Reasons that exclude identity however many other profiles lie between; any other difference only joins nothing.
_CONTRADICTIONS = frozenset({"kind", "inn", "ogrn", "patronymic", "first", "territory", "year"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome with its score (0..1: how likely they are the same) and the features that told.

    `bodies`, for `same_if_bodies`: pairs of name keys (left, right) of organizations to be tested for being one.
    """

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    bodies: tuple[tuple[str, str], ...] = ()

    @property
    def bond(self) -> Bond:
        """What the comparison leaves between the two."""
        if self.outcome is Outcome.SAME:
            return Bond.SAME
        if self.outcome is Outcome.DIFFERENT:
            return Bond.NONE if _CONTRADICTIONS.isdisjoint(self.reasons) else Bond.FORBIDDEN
        return Bond.OPEN if _AGAINST.isdisjoint(self.reasons) else Bond.APART


def same(score: float, *reasons: str) -> Comparison:
    """One entity."""
    return Comparison(Outcome.SAME, score, reasons)


def undecided(score: float, *reasons: str) -> Comparison:
    """Somebody has to look."""
    return Comparison(Outcome.UNDECIDED, score, reasons)


def different(*reasons: str) -> Comparison:
    """Two entities, or at least nothing that speaks for one."""
    return Comparison(Outcome.DIFFERENT, 0.0, reasons)


def resolved(comparison: Comparison, canonical: Callable[[str], str]) -> Comparison:
    """Decide `same_if_bodies` by the canonical id of the organization of a name key; any other outcome stays.

    `canonical` gives a name key it does not know back as it is.
    """
    if comparison.outcome is not Outcome.SAME_IF_BODIES:
        return comparison
    if any(canonical(left) == canonical(right) for left, right in comparison.bodies):
        return same(_SAME_BODY, *comparison.reasons, "same body")
    return undecided(comparison.score, *comparison.reasons)
