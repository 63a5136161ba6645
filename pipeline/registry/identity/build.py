"""Profiles of the entities of one record.

What a person's posts are comes from the officials; what stands around a name is put into the profile only where the
name alone may be anybody's.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors import PlaceKind
from pipeline.record import Event, Official, Organization, Person, Place, Record
from pipeline.registry.identity.bodies import read
from pipeline.registry.identity.persons import is_told, who
from pipeline.registry.identity.posts import position_key
from pipeline.registry.identity.profile import Body, Profile
from pipeline.registry.identity.titles import name_key, title
from pipeline.registry.kinds import EntityKind

_MOST_COMPANIONS = 6
_STATE = "Россия"
_MOSTLY = 0.75
_YEAR = slice(0, 4)


def profiles_of(record: Record) -> dict[str, Profile]:
    """Give the profiles of a record's organizations, clusters, persons, places and events by their local ids."""
    profiles: dict[str, Profile] = {}
    profiles |= {o.id: _organization(o, record) for o in record.organizations}
    profiles |= {c.id: _plain(EntityKind.CLUSTER, c.name, c.aliases, c.kind, c.region) for c in record.clusters}
    profiles |= {p.id: _person(p, record) for p in record.persons}
    profiles |= {p.id: _plain(EntityKind.PLACE, p.name, (), p.kind, p.region) for p in record.places}
    profiles |= {e.id: _event(e) for e in record.events}
    return profiles


def _names(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return (name, *sorted(set(aliases) - {name}))


def _plain(kind: EntityKind, name: str, aliases: tuple[str, ...], detail: str, region: str | None) -> Profile:
    return Profile(kind, _names(name, aliases), detail=str(detail), region=region)


def _event(event: Event) -> Profile:
    held = event.start[_YEAR] if event.start else None
    printed = next(iter(title(event.name).numbers), None)
    year = next((int(y) for y in (held, printed) if y and y.isdecimal() and len(y) == 4), None)  # noqa: PLR2004 - YYYY
    return Profile(EntityKind.EVENT, (event.name,), detail=event.kind, year=year)


def _organization(organization: Organization, record: Record) -> Profile:
    profile = Profile(
        EntityKind.ORGANIZATION,
        _names(organization.name, organization.aliases),
        detail=organization.kind.value,
        legal_form=organization.legal_form,
        region=organization.region,
        inn=organization.identifiers.get("inn"),
        ogrn=organization.identifiers.get("ogrn"),
    )
    body = read(profile)
    if not body.vague or body.territory or profile.inn:
        return profile
    setting = _setting(record) if body.shared else _main_region(record) or _setting(record)
    return _with(profile, () if setting else _companions(record, organization.id), setting)


def _with(profile: Profile, companions: tuple[str, ...], setting: str | None) -> Profile:
    return replace(profile, companions=companions, setting=setting)


def _person(person: Person, record: Record) -> Profile:
    posts = [o for o in record.officials if o.person_id == person.id and o.organization]
    regions = {o.id: o.region for o in record.organizations}
    bodies = filter(is_told, _bodies(posts, regions))
    profile = replace(_named(person), bodies=tuple(sorted(bodies, key=lambda body: (body.name, body.region or ""))))
    if who(profile).is_full or profile.bodies:
        return profile
    return _with(profile, _companions(record, person.id), _setting(record))


def _named(person: Person) -> Profile:
    return Profile(
        EntityKind.PERSON, (person.name,), first=person.first, patronymic=person.patronymic, last=person.last
    )


def _bodies(posts: list[Official], regions: dict[str, str | None]) -> Iterator[Body]:
    held: dict[tuple[str, str | None], set[str]] = {}
    for post in posts:
        if post.organization:
            region = regions.get(post.organization_id or "")
            held.setdefault((post.organization, region), set()).add(position_key(post.position))
    for (name, region), positions in held.items():
        yield Body(name, region, tuple(sorted(positions)))


def _companions(record: Record, own_id: str) -> tuple[str, ...]:
    """Give keys of the persons under full names and the organizations of their own names that the article has most."""
    counted = Counter[str]()
    for o in record.organizations:
        if o.id != own_id and o.kind != "media" and not title(o.name).shared:
            counted[name_key(o.name, o.region)] += len(o.mentions)
    for p in record.persons:
        key = who(_named(p)).key
        if p.id != own_id and key:
            counted[key] += len(p.mentions)
    ranked = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(sorted(ranked[:_MOST_COMPANIONS]))


def _setting(record: Record) -> str | None:
    """Give the country in which an article plays, None where it may be several or a region of Russia."""
    country = _most(record, _country)
    regional = any(place.region and place.kind is PlaceKind.REGION for place in record.places)
    return None if country == _STATE and regional else country


def _main_region(record: Record) -> str | None:
    """Give the region of Russia in which an article plays, None where it may be several."""
    return _most(record, lambda place: place.region or "") if _most(record, _country) == _STATE else None


def _most(record: Record, where: Callable[[Place], str]) -> str | None:
    """Give what most mentions of places lie in."""
    counted = Counter[str]()
    for place in record.places:
        counted[where(place)] += len(place.mentions)
    where_most, most = next(iter(counted.most_common(1)), ("", 0))
    return where_most if where_most and most >= _MOSTLY * counted.total() else None


def _country(place: Place) -> str:
    return _STATE if place.region else place.name if place.kind is PlaceKind.COUNTRY else ""
