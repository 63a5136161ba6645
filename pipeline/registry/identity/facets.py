"""What an entity has one of, by a profile: such values exclude each other even in profiles that were never compared."""

from pipeline.registry.identity.bodies import read
from pipeline.registry.identity.components import Facets
from pipeline.registry.identity.persons import who
from pipeline.registry.identity.profile import Profile
from pipeline.registry.kinds import EntityKind


def facets(profile: Profile) -> Facets:
    """Give a profile's facets: registry numbers, the patronymic in full, a body's territory, an event's year."""
    found = {"inn": profile.inn, "ogrn": profile.ogrn, "year": str(profile.year) if profile.year else None}
    if profile.kind is EntityKind.PERSON:
        patronymic = who(profile).patronymic
        found["patronymic"] = patronymic.heard if patronymic.is_whole else None
    if profile.kind is EntityKind.ORGANIZATION:
        body = read(profile)
        whose = body.shared or body.unique or not body.telling
        found["territory"] = next(iter(body.territory)) if whose and len(body.territory) == 1 else None
    return {name: value for name, value in found.items() if value}
