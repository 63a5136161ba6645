"""Mentions sorted by the type of their value, so that the linker can be typed."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from extractors import Mention, Span
from pipeline.record import Mentions, PrintedMention

V = TypeVar("V")


class Sighting(NamedTuple, Generic[V]):
    """A mention together with its value, whose type is known."""

    mention: Mention
    value: V

    @property
    def span(self) -> Span:
        """The mention's offsets."""
        return self.mention.span

    @property
    def start(self) -> int:
        """The mention's first offset."""
        return self.mention.start


def sightings(mentions: Iterable[Mention], value_type: type[V]) -> list[Sighting[V]]:
    """Pick the mentions whose value is of a type, in the order of the text."""
    return [Sighting(mention, mention.value) for mention in mentions if isinstance(mention.value, value_type)]


def printed(group: Iterable[Sighting[V]]) -> Mentions:
    """Give the printed mentions of a group of sightings."""
    return tuple(
        PrintedMention(m.start, m.stop, m.text, m.rule, m.confidence) for m in (sighting.mention for sighting in group)
    )


def grouped(items: Iterable[V], keys: Iterable[object]) -> list[list[V]]:
    """Group items that share a key, in the order of first appearance."""
    groups: dict[object, list[V]] = {}
    for item, key in zip(items, keys, strict=True):
        groups.setdefault(key, []).append(item)
    return list(groups.values())
