"""Identity across documents: which of the entities that articles name are one.

A `Profile` is what one article says of an entity that tells who it is; `profiles_of(record)` makes them, equal ones
have one `profile_id`. Profiles that share a block key are compared; `compare` knows the two profiles only. `cluster`
joins what was compared, under what people judged. All pure: no database, no clock, no state of the registry.
"""

from pipeline.registry.identity.build import profiles_of
from pipeline.registry.identity.cluster import SURE, Clustering, Edge, Known, Verdict, cluster
from pipeline.registry.identity.compare import compare
from pipeline.registry.identity.comparison import Bond, Comparison, Outcome, resolved
from pipeline.registry.identity.components import Facets
from pipeline.registry.identity.facets import facets
from pipeline.registry.identity.keys import block_keys
from pipeline.registry.identity.posts import position_key
from pipeline.registry.identity.profile import Body, Profile, from_json, profile_id, to_json
from pipeline.registry.identity.titles import name_key

__all__ = [
    "SURE",
    "Body",
    "Bond",
    "Clustering",
    "Comparison",
    "Edge",
    "Facets",
    "Known",
    "Outcome",
    "Profile",
    "Verdict",
    "block_keys",
    "cluster",
    "compare",
    "facets",
    "from_json",
    "name_key",
    "position_key",
    "profile_id",
    "profiles_of",
    "resolved",
    "to_json",
]
