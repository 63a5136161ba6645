"""One person for all the names an article gives them: «Дмитрий Хмелько», later «Хмелько»."""

from extractors import PersonName
from pipeline.link._sighting import Sighting, printed
from pipeline.record import Person


def persons(found: list[Sighting[PersonName]]) -> tuple[Person, ...]:
    """Group the mentions of persons; a bare surname joins the person of that surname, if there is just one."""
    groups: list[list[Sighting[PersonName]]] = []
    for sighting in sorted(found, key=_bareness):
        fitting = [group for group in groups if all(_compatible(sighting.value, other.value) for other in group)]
        if len(fitting) == 1 or (fitting and _has_first(sighting.value)):
            fitting[0].append(sighting)
        elif fitting:
            _nearest(fitting, sighting).append(sighting)
        else:
            groups.append([sighting])
    for group in groups:
        group.sort(key=lambda sighting: sighting.start)
    groups.sort(key=lambda group: group[0].start)
    return tuple(_person(number, group) for number, group in enumerate(groups, 1))


def _bareness(sighting: Sighting[PersonName]) -> tuple[int, int]:
    """Full names go first, so that bare ones find them."""
    return -_fullness(sighting.value), sighting.start


def _fullness(name: PersonName) -> int:
    parts = (name.first, name.patronymic, name.last)
    return sum(2 if part and not _is_initial(part) else bool(part) for part in parts)


def _nearest(groups: list[list[Sighting[PersonName]]], sighting: Sighting[PersonName]) -> list[Sighting[PersonName]]:
    """Pick the group named last before a bare surname that fits several."""

    def distance(group: list[Sighting[PersonName]]) -> tuple[bool, int]:
        gaps = [sighting.start - other.start for other in group]
        before = [gap for gap in gaps if gap >= 0]
        return (not before, min(before, default=min(abs(gap) for gap in gaps)))

    return min(groups, key=distance)


def _compatible(one: PersonName, other: PersonName) -> bool:
    pairs = ((one.last, other.last), (one.first, other.first), (one.patronymic, other.patronymic))
    shared = [(a, b) for a, b in pairs if a and b]
    return bool(shared) and all(_same_part(a, b) for a, b in shared) and _shares_a_word(one, other)


def _shares_a_word(one: PersonName, other: PersonName) -> bool:
    """An initial alone joins nobody."""
    if one.last and other.last:
        return True
    return bool(one.first and other.first and not _is_initial(one.first) and not _is_initial(other.first))


def _same_part(one: str, other: str) -> bool:
    one, other = _fold(one), _fold(other)
    if _is_initial(one) or _is_initial(other):
        return one[:1] == other[:1]
    return one == other


def _fold(part: str) -> str:
    return part.casefold().replace("ё", "е")


def _is_initial(part: str) -> bool:
    return part.endswith(".") or len(part) == 1


def _has_first(name: PersonName) -> bool:
    return bool(name.first)


def _person(number: int, group: list[Sighting[PersonName]]) -> Person:
    best = max(group, key=lambda sighting: (_fullness(sighting.value), -sighting.start)).value
    return Person(f"per{number}", best.name, best.first, best.patronymic, best.last, printed(group))
