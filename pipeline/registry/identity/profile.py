"""What one article, or a keeper's list, says of one entity that matters for telling who or what it is.

Profiles are values: entities with equal profiles are one, so many articles share a profile. That is why a name that
may be anybody's (a surname alone, «правительство») carries what stands around it, and a full name does not.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.registry.kinds import EntityKind

_VERSION = "1"
_BYTES = 10


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """An organization or territory in which a person holds posts, as the article names it; keys of the positions."""

    name: str
    region: str | None = None
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity as one article knows it. `names`: the display name first, then the others, sorted; nominative.

    `detail` is the kind of organization, cluster, place or event. `bodies`, sorted, are where a person holds posts.
    `companions` are keys of the other entities of the article, sorted, and `setting` the country or region where it
    plays: both only for names that tell too little by themselves.
    """

    kind: EntityKind
    names: tuple[str, ...]
    detail: str | None = None
    legal_form: str | None = None
    region: str | None = None
    inn: str | None = None
    ogrn: str | None = None
    first: str | None = None
    patronymic: str | None = None
    last: str | None = None
    year: int | None = None
    bodies: tuple[Body, ...] = ()
    companions: tuple[str, ...] = ()
    setting: str | None = None

    @property
    def name(self) -> str:
        """The display name."""
        return self.names[0]


def to_json(profile: Profile) -> str:
    """Write a profile as JSON in one line, without what it does not know.

    >>> to_json(Profile(EntityKind.PLACE, ("Химки",), region="Московская область"))
    '{"kind": "place", "names": ["Химки"], "region": "Московская область"}'
    """
    known = {name: value for name, value in asdict(profile).items() if value is not None and value != ()}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def from_json(line: str) -> Profile:
    """Read a profile back."""
    fields: dict[str, Any] = json.loads(line)
    bodies = tuple(Body(**body | {"positions": tuple(body["positions"])}) for body in fields.pop("bodies", ()))
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Profile(**fields | lists | {"kind": EntityKind(fields["kind"]), "bodies": bodies})


def profile_id(profile: Profile) -> str:
    """Hash a profile: equal profiles have equal ids, in every registry."""
    digest = hashlib.blake2b(f"{_VERSION}\n{to_json(profile)}".encode("utf-8", "surrogatepass"), digest_size=_BYTES)
    return digest.hexdigest()
