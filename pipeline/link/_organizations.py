"""One organization for all the names an article gives it: the full name, its abbreviation, «фонд края»."""

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors import (
    OrganizationName,
    PlaceKind,
    Span,
    country_of,
    genitive,
    place_by_adjective,
    region_by_adjective,
    region_of,
    text_of,
)
from pipeline.link._organization_keys import Identity, identity
from pipeline.link._sighting import Sighting, printed
from pipeline.link._territory import REFERRING, Territory
from pipeline.record import Organization


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention of an organization, its back reference written out."""

    name: str
    region: str | None
    identity: Identity
    sighting: Sighting[OrganizationName]


Group = list[_Named]


def organizations(doc: Doc, found: list[Sighting[OrganizationName]], territory: Territory) -> tuple[Organization, ...]:
    """Group the mentions of organizations; a short name joins the fuller one it can stand for."""
    groups: list[Group] = []
    for named in sorted((_named(doc, sighting, territory) for sighting in found), key=_bareness):
        fitting = [group for group in groups if _fits(named, group) and not _is_abroad(named, group, territory)]
        if fitting:
            _last_before(_by_letter(fitting, named), named).append(named)
        else:
            groups.append([named])
    for group in groups:
        group.sort(key=lambda named: named.sighting.start)
    groups.sort(key=lambda group: group[0].sighting.start)
    return tuple(_organization(number, group) for number, group in enumerate(groups, 1))


def _named(doc: Doc, sighting: Sighting[OrganizationName], territory: Territory) -> _Named:
    """Write out whose body it is: «Фонд … края» → «Фонд … Краснодарского края»."""
    value, span = sighting.value, sighting.value.territory
    name, words = value.name, ""
    region = _said_by_adjective(name, sighting, territory)
    if span is not None:
        words = text_of(doc)[span.start : span.stop]
        region = region_of(words) or territory.abbreviated(words)
        if region is None and (region := territory.resolve(_lemma(doc, span), span.start)) and name.endswith(words):
            name, words = name.removesuffix(words) + genitive(region), genitive(region)
        elif span.start >= sighting.mention.stop:
            words = genitive(region) if region else words
            name = f"{name} {words}"
    return _Named(name, region, identity(_without_referring(name, region), region, words, value.aliases), sighting)


def _without_referring(name: str, region: str | None) -> str:
    """Leave out «краевое», «столичное» : «столичное правительство» is «правительство Москвы»."""
    first, _, rest = name.partition(" ")
    refers = first.casefold()[:-2] in REFERRING
    return rest if region and rest and refers else name


def _said_by_adjective(name: str, sighting: Sighting[OrganizationName], territory: Territory) -> str | None:
    """«Краевое правительство», «пермское министерство»: the region that the first word says."""
    first = name.casefold().split()[0]
    return region_by_adjective(first) or territory.resolve_adjective(first, sighting.start)


def _lemma(doc: Doc, span: Span) -> str:
    token = doc.char_span(span.start, span.stop, alignment_mode="expand")
    return token[0].lemma_ if token is not None and len(token) == 1 else ""


def _bareness(named: _Named) -> tuple[int, bool, int]:
    """Full names go first, so that bare ones find them."""
    return -len(named.identity.words), named.identity.region is None, named.sighting.start


def _fits(named: _Named, group: Group) -> bool:
    """Tell whether a name can mean a group's organization: fit a member, and no other region than the group's."""
    region = next((member.identity.region for member in group if member.identity.region), None)
    if region and named.identity.region and region != named.identity.region:
        return False
    countries = {country for member in (named, *group) if (country := _country(member))}
    return len(countries) <= 1 and any(named.identity.can_mean(member.identity) for member in group)


def _is_abroad(named: _Named, group: Group, territory: Territory) -> bool:
    """«МИД» after «посетил Финляндию» is not the «МИД Италии» of the sentence before."""
    country = next((country for member in group if (country := _country(member))), None)
    if country is None or named.identity.region or _country(named):
        return False
    told = max((m.sighting.mention.stop for m in group if m.sighting.start < named.sighting.start), default=0)
    return territory.country_before(named.sighting.start, after=told) not in {None, country}


def _country(named: _Named) -> str | None:
    """The country that a name ends in or opens with: «МИД Италии», «итальянский МИД»."""
    span, mention = named.sighting.value.territory, named.sighting.mention
    words = mention.text[span.start - mention.start : span.stop - mention.start] if span else ""
    opening = place_by_adjective(named.name.split()[0])
    said = opening.name if opening and opening.kind is PlaceKind.COUNTRY else None
    return (country_of(words) if words else None) or said


def _by_letter(groups: list[Group], named: _Named) -> list[Group]:
    """Between a body of the state and a region's: «Минпромторг» is the former, «минпромторг» the latter."""
    if len(named.identity.own) > 1 or named.identity.region or not named.name.lower().startswith("мин"):
        return groups
    local = [group for group in groups if any(member.region for member in group)]
    of_state = [group for group in groups if group not in local]
    return (of_state if named.name[0].isupper() else local) or groups


def _last_before(groups: list[Group], named: _Named) -> Group:
    """Pick the group named last before a short name that fits several; else the first after it."""

    def rank(group: Group) -> tuple[bool, int]:
        gaps = [named.sighting.start - member.sighting.start for member in group]
        before = [gap for gap in gaps if gap >= 0]
        return not before, min(before, default=-max(gaps))

    return min(groups, key=rank)


def _organization(number: int, group: Group) -> Organization:
    best = max(group, key=_fullness)
    values = [named.sighting.value for named in group]
    names = dict.fromkeys([*(named.name for named in group), *(alias for v in values for alias in v.aliases)])
    return Organization(
        id=f"org{number}",
        name=best.name,
        kind=best.sighting.value.kind,
        legal_form=next((value.legal_form for value in values if value.legal_form), None),
        aliases=tuple(name for name in names if name != best.name),
        parent=None,
        region=next((named.region for named in group if named.region), None),
        identifiers={k: number for value in values for k, number in _numbers(value).items()},
        mentions=printed(named.sighting for named in group),
    )


def _fullness(named: _Named) -> tuple[int, bool, int, bool, bool, int]:
    """The name that says most; of equals, one printed in the nominative, so that nothing had to be inflected."""
    who, name = named.identity, named.name
    printed_so = name == named.sighting.mention.text
    return len(who.words), bool(who.region), len(name.split()), printed_so, name[:1].isupper(), -named.sighting.start


def _numbers(value: OrganizationName) -> dict[str, str]:
    pairs = {"inn": value.identifiers.inn, "ogrn": value.identifiers.ogrn}
    return {name: number for name, number in pairs.items() if number}


def with_parents(found: tuple[Organization, ...]) -> tuple[Organization, ...]:
    """Set the parent of an organization whose name holds another's.

    «департамент образования администрации края» holds «администрация края», its parent.
    """
    return tuple(replace(child, parent=_parent(child, found)) for child in found)


def _parent(child: Organization, found: tuple[Organization, ...]) -> str | None:
    for mention in child.mentions:
        for other in found:
            inner = [m for m in other.mentions if mention.start < m.start and m.stop <= mention.stop]
            if other.id != child.id and inner:
                return other.id
    return None
