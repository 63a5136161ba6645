"""Keys under which profiles are stored, so that only profiles that share one need be compared.

Every pair that `compare` calls anything but different shares a key. Keys come from the profile alone. A name that tells
little is kept under what stands around it, so that no block holds every «Иванов».
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from pipeline.naming import acronyms
from pipeline.registry.identity.bodies import read
from pipeline.registry.identity.others import own_name
from pipeline.registry.identity.persons import who
from pipeline.registry.identity.profile import Profile
from pipeline.registry.identity.spelling import LEAST_FOR_MISPRINT, plain, spelt
from pipeline.registry.identity.titles import Title, title
from pipeline.registry.identity.vocabulary import is_brand
from pipeline.registry.kinds import EntityKind

_LEAST_ABBREVIATION = 3


def block_keys(profile: Profile) -> frozenset[str]:
    """Give the keys of a profile, each opening with its kind."""
    return frozenset(f"{profile.kind.value}:{key}" for key in _BY_KIND[profile.kind](profile))


def _organization(profile: Profile) -> Iterator[str]:
    for name, number in (("inn", profile.inn), ("ogrn", profile.ogrn)):
        if number:
            yield f"{name}:{number}"
    body = read(profile)
    company = () if body.shared else profile.companions
    around = {*body.territory, *company, *filter(None, [profile.setting])}
    for one in body.titles:
        for key in _title(one):
            if not body.shared or (body.specific and not body.territory):
                yield key
            yield from (f"{key}@{place}" for place in around)


def _title(one: Title) -> Iterator[str]:
    yield f"s:{''.join(one.key.split())}"
    if len(one.own) == 1 and len(one.own[0]) >= _LEAST_ABBREVIATION:
        yield f"a:{spelt(one.own[0])}"
    for short in acronyms(one.own):
        if len(short) >= _LEAST_ABBREVIATION:
            yield f"a:{spelt(short)}"
    yield from _misprints(one)


def _misprints(one: Title) -> Iterator[str]:
    """Names that one edit of one word parts share all other words, and that word but for a letter."""
    words = sorted(one.own)
    for i, word in enumerate(words):
        if is_brand(word):
            rest = " ".join(words[:i] + words[i + 1 :])
            yield from (f"m:{rest}:{shorter}" for shorter in _without_a_letter(word))


def _without_a_letter(word: str) -> set[str]:
    """Give a word and what is left of it without each of its letters: words that one edit parts share one of these."""
    if len(word) < LEAST_FOR_MISPRINT:
        return set()
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _person(profile: Profile) -> Iterator[str]:
    one = who(profile)
    if one.is_full:
        yield f"l:{one.last.stem}"
        yield from (f"m:{one.first.stem}:{shorter}" for shorter in _without_a_letter(one.last.written))
    if one.first and one.last:
        yield f"i:{one.last.stem}:{one.first.heard[0]}"
    posts = (key for _, key in one.posts)
    around = {*one.bodies, *posts, *one.territories, *profile.companions, *filter(None, [profile.setting, one.key])}
    for word in {part.stem for part in (one.last, one.first) if part.is_whole}:
        yield from (f"b:{word}@{key}" for key in around)


def _place(profile: Profile) -> Iterator[str]:
    yield plain(profile.name)


def _event(profile: Profile) -> Iterator[str]:
    for one in map(title, profile.names):
        yield f"n:{one.key}"
        yield from (f"n:{spelt(short)}" for short in acronyms(one.own))


def _cluster(profile: Profile) -> Iterator[str]:
    return (f"n:{own_name(title(name).key)}" for name in profile.names)


_BY_KIND: MappingProxyType[EntityKind, Callable[[Profile], Iterator[str]]] = MappingProxyType(
    {
        EntityKind.ORGANIZATION: _organization,
        EntityKind.PERSON: _person,
        EntityKind.PLACE: _place,
        EntityKind.EVENT: _event,
        EntityKind.CLUSTER: _cluster,
    }
)
