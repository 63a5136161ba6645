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


_SAME_BODY = 0.92
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
    def forbids(self) -> bool:
        """Tell whether the two are known to be different, so that nothing may join them."""
        return self.outcome is Outcome.DIFFERENT and not _CONTRADICTIONS.isdisjoint(self.reasons)


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
