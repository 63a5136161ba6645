"""The columns of the registry's tables, in the order in which a person reads them; `tables` says what they hold."""

import re

from pipeline.registry.kinds import EntityKind

_ABOUT = ("conflicts", "standing", "review", "articles", "first_seen", "last_seen")
_SAID = ("modality", *_ABOUT)

TABLE_OF = {kind: re.sub("ys$", "ies", f"{kind.value}s") for kind in EntityKind}

COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": (
        "id", "name", "kind", "legal_form", "region", "inn", "ogrn", "aliases", "parent", "parent_id", "external_id",
        *_ABOUT,
    ),
    "clusters": (
        "id", "name", "kind", "status", "industry", "region", "scope", "inn", "ogrn", "aliases", "external_id", *_ABOUT,
    ),
    "persons": ("id", "name", "last", "first", "patronymic", "inn", "aliases", "external_id", *_ABOUT),
    "posts": ("id", "name", "body", "body_id", "unresolved", *_ABOUT),
    "places": ("id", "name", "kind", "region", *_ABOUT),
    "events": ("id", "name", "kind", "place", "from", "to", *_ABOUT),
    "occupancies": (
        "id", "person", "post", "body", "status", "from", "to", "date", "terms", "person_id", "post_id", "body_id",
        *_SAID,
    ),
    "terms": (
        "occupancy_id", "number", "person", "post", "body", "from", "from_known", "to", "to_known", "acting",
        "first_seen", "last_seen", "person_id", "post_id", "body_id",
    ),
    "memberships": (
        "id", "subject", "object", "support", "date", "place", "source", "subject_id", "object_id", "support_id",
        *_SAID,
    ),
    "managements": ("id", "subject", "object", "date", "place", "source", "subject_id", "object_id", *_SAID),
    "inclusions": ("id", "subject", "registry", "date", "place", "source", "subject_id", "registry_id", *_SAID),
    "locations": ("id", "subject", "place", "date", "source", "subject_id", "place_id", *_SAID),
    "parts": ("id", "subject", "object", "date", "place", "source", "subject_id", "object_id", *_SAID),
    "foundings": ("id", "subject", "base", "date", "place", "source", "subject_id", "base_id", *_SAID),
    "agreements": (
        "id", "agreement", "subject", "object", "event", "date", "place", "source", "subject_id", "object_id",
        "event_id", "place_id", *_SAID,
    ),
    "holdings": ("id", "event", "place", "date", "source", "event_id", "place_id", *_SAID),
    "amounts": (
        "id", "subject", "measure", "min", "max", "currency", "approximate", "per_unit", "text", "date", "place",
        "source", "unresolved", "subject_id", *_SAID,
    ),
    "quantities": (
        "id", "subject", "measure", "min", "max", "unit", "text", "date", "place", "source", "subject_id", *_SAID,
    ),
    "values": (
        "entity_id", "kind", "name", "property", "label", "value", "value_id", "rank", "standing", "review", "modality",
        "statements", "articles", "first_seen", "last_seen",
    ),
    "conflicts": (
        "number", "kind", "name", "property", "value", "modality", "standing", "statements", "importance", "since",
        "entity_id", "value_id",
    ),
    "statements": (
        "entity_id", "kind", "property", "value", "value_id", "original", "quote", "modality", "status", "confidence",
        "rule", "version", "published_at", "site", "title", "url", "article", "revision", "first_seen", "last_seen",
        "loaded_at", "source", "weight", "own_id", "claim",
        "start", "stop", "quote_start", "quote_stop",
    ),
    "articles": (
        "article", "origin", "title", "site", "site_name", "url", "published_at", "modified_at", "fetched_at",
        "first_seen", "last_seen", "revisions", "loaded_at", "revision", "file", "text",
    ),
    "sources": ("site", "origin", "source", "weight", "rule", "articles", "who", "at", "why"),
    "judgements": ("left_id", "left_name", "right_id", "right_name", "verdict", "who", "at", "why"),
    "decisions": ("claim", "entity_id", "property", "value", "verdict", "instead", "who", "at", "why", "act", "undoes"),
}  # fmt: skip

INTEGERS = frozenset(
    {"articles", "statements", "rank", "revisions", "terms", "number", "start", "stop", "quote_start", "quote_stop"}
)
SHARES = frozenset({"standing", "confidence", "weight", "importance"})
AMOUNTS = frozenset({"min", "max"})
TIMES = frozenset(
    {
        "from",
        "to",
        "date",
        "published_at",
        "modified_at",
        "fetched_at",
        "first_seen",
        "last_seen",
        "loaded_at",
        "at",
        "since",
    }
)
BOOLEANS = frozenset({"acting", "approximate"})
