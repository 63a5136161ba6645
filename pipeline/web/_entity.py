"""The pages of an entity: its card, everything that was ever said of it, and the splitting of what was merged."""

from typing import Any

from pipeline.registry.view import EntityView
from pipeline.web._card import card


def card_values(entity: EntityView, members: list[Any], as_of: str | None) -> dict[str, Any]:
    """Give what the template shows of an entity; `members` are some of the articles' entities that make it up."""
    return {"entity": entity, "card": card(entity), "members": members, "as_of": as_of}
