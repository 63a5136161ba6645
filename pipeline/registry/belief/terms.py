"""From dated words on an occupancy to its terms: when somebody came to a post, and when they left it.

    appointed, its date said    began within those days          known
    appointed, no date          began by the article's day       at the latest
    current, acting             in the post on that day          seen: it may have begun long before
    dismissed, its date said    ended within those days          known
    dismissed or former         ended by the article's day       at the latest

Nothing is guessed: what nobody has said is open. Planned, hypothetical and denied words make no term. An end closes a
term; whoever is seen in the post after it is in another term. Pure: knows no tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from extractors import TenureStatus
from pipeline.fact import FactStatus
from pipeline.registry.belief.days import Days, read_days
from pipeline.registry.belief.testimony import Said
from pipeline.registry.belief.view import Bound, Certainty, Term
from pipeline.registry.kinds import Status

OPEN = Bound(None, Certainty.OPEN)

_IN = frozenset({TenureStatus.CURRENT, TenureStatus.ACTING, TenureStatus.APPOINTED})
_OUT = frozenset({TenureStatus.DISMISSED, TenureStatus.FORMER})
_COUNTS = frozenset({Status.PROPOSED, Status.ACCEPTED})


class _Sign(IntEnum):
    """What an article tells, in the order in which it happens within a day."""

    BEGUN = 0
    IN_POST = 1
    ENDED = 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A sign at a day. `days` are those said; None where only the article's day is known."""

    day: str
    sign: _Sign
    source: str
    days: Days | None = None
    acting: bool = False


@dataclass(slots=True)
class _Stretch:
    """A term under way."""

    begun: list[_Word] = field(default_factory=list)
    ended: list[_Word] = field(default_factory=list)
    seen: list[_Word] = field(default_factory=list)


def terms_of(said: Iterable[Said]) -> tuple[Term, ...]:
    """Derive the terms of one occupancy from what is said of it, in their order."""
    stretches: list[_Stretch] = []
    for word in sorted(_words(said), key=_in_time):
        _take(word, stretches)
    return tuple(_term(stretch) for stretch in stretches)


def _in_time(word: _Word) -> tuple[str, int, str, str]:
    return word.day, word.sign, word.source, str(word.days)


def _words(said: Iterable[Said]) -> Iterator[_Word]:
    """Read the signs of each content of an article."""
    contents: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if one.testimony.status in _COUNTS and one.testimony.modality is FactStatus.ACTUAL:
            contents[one.testimony.revision_id].append(one)
    for content in contents.values():
        first = content[0].testimony
        told = {prop: {one.value for one in content if one.prop == prop} for prop in ("status", "start", "end")}
        yield from _signs(told, first.day, first.source)


def _signs(told: dict[str, set[str]], day: str | None, source: str) -> Iterator[_Word]:
    starts, ends = (list(filter(None, map(read_days, sorted(told[prop])))) for prop in ("start", "end"))
    status = told["status"]
    yield from (_Word(days.first or days.last, _Sign.BEGUN, source, days) for days in starts)
    yield from (_Word(days.last or days.first, _Sign.ENDED, source, days) for days in ends)
    if day is None:
        return
    if TenureStatus.APPOINTED in status and not starts:
        yield _Word(day, _Sign.BEGUN, source)
    if status & _OUT:
        if not ends:
            yield _Word(day, _Sign.ENDED, source)
    elif status & _IN and all(days.first <= day for days in starts):
        yield _Word(day, _Sign.IN_POST, source, acting=TenureStatus.ACTING in status)


def _take(word: _Word, stretches: list[_Stretch]) -> None:
    last = stretches[-1] if stretches else None
    if word.sign is _Sign.ENDED and last is not None and last.ended:
        last.ended.append(word)  # the same end, told again
        return
    if last is None or last.ended:
        last = _Stretch()
        stretches.append(last)
    {_Sign.BEGUN: last.begun, _Sign.IN_POST: last.seen, _Sign.ENDED: last.ended}[word.sign].append(word)


def _term(stretch: _Stretch) -> Term:
    seen = [word.day for word in stretch.seen]
    start = _bound(stretch.begun)
    if seen and (start is OPEN or (start.certainty is Certainty.AT_LATEST and seen[0] < stretch.begun[0].day)):
        start = Bound(Days(seen[0], seen[0]), Certainty.SEEN)
    acting = bool(seen) and stretch.seen[-1].acting
    return Term(start, _bound(stretch.ended), seen[0] if seen else None, seen[-1] if seen else None, acting)


def _bound(words: list[_Word]) -> Bound:
    """Settle a bound: of the dates said the one that most sources agree with, then the most precise."""
    dated = [(word.days, word.source) for word in words if word.days is not None]
    if not dated:
        return Bound(Days(words[0].day, words[0].day), Certainty.AT_LATEST) if words else OPEN

    def fitness(days: Days) -> tuple[int, int, str, str]:
        agreeing = {source for other, source in dated if days.meets(other)}
        return -len(agreeing), days.width, days.first, days.last

    return Bound(min((days for days, _ in dated), key=fitness), Certainty.KNOWN)
