"""One organization for all the names an article gives it: the full name, its abbreviation, «фонд края»."""

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors import OrganizationName, genitive, region_of
from pipeline.link._organization_keys import acronyms, includes, key, quoted
from pipeline.link._sighting import Sighting, grouped, printed
from pipeline.link._territory import Territory
from pipeline.record import Organization


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of an organization, its back reference resolved, and the region it says."""

    name: str
    region: str | None
    key: tuple[str, ...]


def organizations(doc: Doc, found: list[Sighting[OrganizationName]], territory: Territory) -> tuple[Organization, ...]:
    """Group the mentions of organizations; a short name joins the one long name it can stand for."""
    named = [_named(doc, sighting, territory) for sighting in found]
    owners = _owners(named, found)
    groups = grouped(list(zip(named, found, strict=True)), (owners[name.key] for name in named))
    return tuple(_organization(number, group) for number, group in enumerate(groups, 1))


def _named(doc: Doc, sighting: Sighting[OrganizationName], territory: Territory) -> _Named:
    """Write out whose body it is: «Фонд … края» → «Фонд … Краснодарского края»."""
    name, span = sighting.value.name, sighting.value.territory
    region = None
    if span is not None:
        words = doc.text[span.start : span.stop]
        token = doc.char_span(span.start, span.stop, alignment_mode="expand")
        reference = token[0].lemma_ if token is not None and len(token) == 1 else words
        region = region_of(words) or territory.resolve(reference, span.start)
        if region and not region_of(words) and name.endswith(words):
            name = name.removesuffix(words) + genitive(region)
    folded = key(name)
    return _Named(name, region, folded)


def _owners(named: list[_Named], found: list[Sighting[OrganizationName]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Map each name's key to the key of the organization it means."""
    keys = sorted({name.key for name in named}, key=lambda k: (-len(k), k))
    owners = {k: k for k in keys}
    shorts = _short_forms(named, found)
    for short in sorted(keys, key=len):
        candidates = {k for k in keys if k != short and (includes(k, short) or short in shorts.get(k, ()))}
        longest = [k for k in candidates if not any(includes(other, k) for other in candidates)]
        if len(longest) == 1:
            owners[short] = longest[0]
    return {k: _root(owners, k) for k in keys}


def _short_forms(
    named: list[_Named], found: list[Sighting[OrganizationName]]
) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Give, for each key, the keys it may be shortened to: aliases in brackets, its initials, its quoted part."""
    forms: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name, sighting in zip(named, found, strict=True):
        known = forms.setdefault(name.key, set())
        known.update(key(alias) for alias in sighting.value.aliases)
        known.update((acronym,) for acronym in acronyms(name.key) if len(acronym) > 1)
        if (inner := quoted(name.name)) and inner != name.key:
            known.add(inner)
    return forms


def _root(owners: dict[tuple[str, ...], tuple[str, ...]], start: tuple[str, ...]) -> tuple[str, ...]:
    seen = {start}
    while owners[start] not in seen:
        start = owners[start]
        seen.add(start)
    return start


def _organization(number: int, group: list[tuple[_Named, Sighting[OrganizationName]]]) -> Organization:
    best, head = max(group, key=lambda pair: (len(pair[0].key), _is_proper(pair[0].name), len(pair[0].name)))
    names = dict.fromkeys(name.name for name, _ in group)
    aliases = dict.fromkeys(alias for _, sighting in group for alias in sighting.value.aliases)
    others = [name for name in [*names, *aliases] if name != best.name]
    identifiers = {k: v for _, s in group for k, v in _numbers(s.value).items()}
    return Organization(
        id=f"org{number}",
        name=best.name,
        kind=head.value.kind,
        legal_form=next((s.value.legal_form for _, s in group if s.value.legal_form), None),
        aliases=tuple(dict.fromkeys(others)),
        parent=None,
        region=next((name.region for name, _ in group if name.region), None),
        identifiers=identifiers,
        mentions=printed(sighting for _, sighting in group),
    )


def _is_proper(name: str) -> bool:
    return name[:1].isupper()


def _numbers(value: OrganizationName) -> dict[str, str]:
    pairs = {"inn": value.identifiers.inn, "ogrn": value.identifiers.ogrn}
    return {name: number for name, number in pairs.items() if number}


def with_parents(found: tuple[Organization, ...]) -> tuple[Organization, ...]:
    """Set the parent of an organization whose every mention of the longest kind holds another organization's name.

    «департамент образования администрации края» holds «администрация края», its parent.
    """
    return tuple(replace(child, parent=_parent(child, found)) for child in found)


def _parent(child: Organization, found: tuple[Organization, ...]) -> str | None:
    for mention in child.mentions:
        for other in found:
            inner = [m for m in other.mentions if mention.start < m.start and m.stop <= mention.stop]
            if other.id != child.id and inner and inner[0].stop - inner[0].start < mention.stop - mention.start:
                return other.id
    return None
