"""An organization's profile, read: the names that are its own, taken apart, and whose body it is."""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.titles import Title, speaks_for, title
from pipeline.registry.identity.vocabulary import is_unique

_READ = 1 << 17
_SPECIFIC = 3  # words


@dataclass(frozen=True, slots=True)
class OrganizationRead:
    """`titles`: the display name's first, then those of other names to be believed. `territory`: whose body it is."""

    titles: tuple[Title, ...]
    territory: frozenset[str]

    @property
    def shared(self) -> bool:
        """Tell whether other places have such a body too."""
        return self.titles[0].shared

    @property
    def unique(self) -> bool:
        """Tell a federal or international body of which there is one."""
        return is_unique(self.titles[0].own)

    @property
    def telling(self) -> bool:
        """Tell whether hardly two bodies have this name."""
        return self.titles[0].telling

    @property
    def specific(self) -> bool:
        """Tell a name of several words."""
        return len(self.titles[0].own) + len(self.titles[0].head) >= _SPECIFIC

    @property
    def vague(self) -> bool:
        """Tell a name that may be anybody's: a body that many places have, or one common word."""
        first = self.titles[0]
        return first.shared or (len(first.own) == 1 and not (first.telling or first.short))


@lru_cache(maxsize=_READ)
def read(profile: Profile) -> OrganizationRead:
    """Read a profile; a name that says another territory than the display name is not its own."""
    first = title(profile.name)
    others = [title(name) for name in profile.names[1:] if speaks_for(name, profile.name)]
    territory = frozenset({profile.region}) if profile.region else first.territory
    fitting = [t for t in others if not (t.territory and territory and t.territory.isdisjoint(territory))]
    said = territory or frozenset().union(*(t.territory for t in fitting))
    return OrganizationRead(tuple(dict.fromkeys((first, *fitting))), said)
