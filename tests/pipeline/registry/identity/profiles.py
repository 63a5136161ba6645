"""Profiles for the tests, short to write."""

from pipeline.registry.identity import Body, Profile
from pipeline.registry.kinds import EntityKind


def organization(name, *aliases, **known):
    return Profile(EntityKind.ORGANIZATION, (name, *aliases), **known)


def person(name, *bodies, **known):
    first, *middle, last = name.split() if " " in name else (None, name)
    known = {"first": first, "patronymic": middle[0] if middle else None, "last": last} | known
    held = tuple(Body(b, None, ()) if isinstance(b, str) else Body(b[0], None, b[1:]) for b in bodies)
    return Profile(EntityKind.PERSON, (name,), bodies=held, **known)


def cluster(name, **known):
    return Profile(EntityKind.CLUSTER, (name,), **known)


def event(name, **known):
    return Profile(EntityKind.EVENT, (name,), **known)


def place(name, **known):
    return Profile(EntityKind.PLACE, (name,), **known)
