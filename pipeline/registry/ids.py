"""Stable ids: the same content has the same id in every registry."""

import base64
import hashlib

from pipeline.registry.kinds import ID_PREFIX, EntityKind

_BYTES = 10  # 80 bits: a collision in 10**9 ids has a chance of 4 in 10**7


def digest(*parts: str | None) -> str:
    """Hash a sequence of texts to 16 letters and digits; None and "" differ, and so do ("a", "b") and ("ab",).

    >>> digest("a", "b"), digest("ab")
    ('7lg546v7d2wfwmas', '2gvru757lkkvf4wq')
    """
    framed = "".join("-" if part is None else f"{len(part)}:{part}" for part in parts)
    made = hashlib.sha256(framed.encode("utf-8", "surrogatepass")).digest()[:_BYTES]
    return base64.b32encode(made).decode("ascii").lower()


def entity_id(kind: EntityKind, *parts: str | None) -> str:
    """Name an entity: `org-` and the hash of what tells it from others of its article."""
    return f"{ID_PREFIX[kind]}-{digest(*parts)}"
