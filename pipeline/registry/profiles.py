"""Profiles of a contribution's entities into the database. Comparing them is the resolving's work."""

from collections.abc import Iterable

from sqlalchemy import Connection

from pipeline.registry import schema
from pipeline.registry.database import insert_ignoring
from pipeline.registry.identity import Profile, profile_id, to_json


def add_profiles(connection: Connection, profiles: Iterable[Profile]) -> None:
    """Write the profiles that are not there yet, to be compared."""
    by_id = {profile_id(profile): profile for profile in profiles}
    rows = [
        {"id": one, "kind": profile.kind.value, "features": to_json(profile), "compared": False}
        for one, profile in sorted(by_id.items())
    ]
    insert_ignoring(connection, schema.profile, rows)
