"""Whether a registry agrees with itself: rules that hold in every registry, each a query for what breaks it.

A rule says what has to hold and finds what does not; it mends nothing. What breaks a rule is a fault of Svodka, of a
disk, or of somebody's own SQL, never of what articles say.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from pipeline.registry.upkeep.check._rule import Problem, Rule
from pipeline.registry.upkeep.check.derived import DERIVED
from pipeline.registry.upkeep.check.history import HISTORY
from pipeline.registry.upkeep.check.references import REFERENCES
from pipeline.registry.upkeep.check.texts import TEXTS

RULES: tuple[Rule, ...] = (*REFERENCES, *TEXTS, *HISTORY, *DERIVED)

__all__ = ["RULES", "Problem", "Rule", "check"]


def check(connection: Connection) -> Iterator[Problem]:
    """Find all that is wrong, rule by rule."""
    for rule in RULES:
        for id_, what in rule.find(connection):
            yield Problem(rule.name, id_, what)
