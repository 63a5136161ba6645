"""Profiles of a contribution's entities into the database. Comparing them is the resolving's work."""

from collections.abc import Iterable

from sqlalchemy import Connection

from pipeline.registry import schema
from pipeline.registry.database import insert_ignoring
from pipeline.registry.identity import profile_id, to_json
from pipeline.registry.loading.draft import EntityDraft


def add_profiles(connection: Connection, drafts: Iterable[EntityDraft]) -> dict[str, str]:
    """Write the profiles that are not there yet, to be compared; give the ids of all by the drafts' ids."""
    profiles = {draft.id: (profile_id(draft.profile), draft.profile) for draft in drafts if draft.profile}
    rows = [
        {"id": one, "kind": profile.kind.value, "features": to_json(profile), "compared": False}
        for one, profile in sorted(dict(profiles.values()).items())
    ]
    insert_ignoring(connection, schema.profile, rows)
    return {draft: one for draft, (one, _) in profiles.items()}
