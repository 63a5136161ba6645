"""The value of a found cluster: name, kind, scope, industry, region, status, other names."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from extractors._clusters.found import Found
from extractors._clusters.phrase import Phrase
from extractors._clusters.status import status_of
from extractors._clusters.words import (
    is_corporation,
    is_half,
    is_town_adjective,
    lemma_in,
    prefix,
    says_more,
    singular,
    town_region,
)
from extractors._inflected import fold
from extractors._lexicon import table
from extractors._model import ClusterKind, ClusterName
from extractors._nominative import nominative
from extractors._regions import place_by_adjective, place_named, region_at, region_of
from extractors._text import text_of

_SENTENCE_CASE = {"кластер"}
_INDUSTRIAL = "tells of industrial clusters"


def value_of(doc: Doc, found: Found) -> ClusterName:
    """Read everything that the text says of a cluster where it names it."""
    name = found.name or _printed_name(doc, found)
    return ClusterName(
        name=name,
        kind=_kind(doc, found),
        status=status_of(doc, found.start, found.stop),
        scope=_scope(found.phrase),
        industry=_industry(doc, found),
        region=_region(doc, found),
        aliases=tuple(alias for alias in _aliases(doc, found) if fold(alias) != fold(name)),
    )


def _printed_name(doc: Doc, found: Found) -> str:
    """Put the words up to the head into the nominative; what it governs, and a quoted name, stay as printed."""
    first, phrase = doc[found.start], found.phrase
    whole = next(i for i in range(found.start, found.stop) if not is_half(doc[i]))
    name = doc[found.start : whole].text_with_ws + nominative(doc, doc[whole].idx, _end(doc, phrase.head + 1))
    rest = doc[phrase.head + 1 : found.stop].text
    if phrase.quote and phrase.place is None and phrase.quote.start > phrase.core_stop:  # «под рабочим названием»
        rest = " ".join(doc[i:j].text for i, j in ((phrase.head + 1, phrase.core_stop), phrase.quote) if i < j)
    if phrase.quote and phrase.complement and _is_back_reference(doc, phrase.complement):
        rest = doc[phrase.quote.start : phrase.quote.stop].text
    name = f"{name} {rest}" if rest else name
    plain = first.is_sent_start and fold(first.text) in _SENTENCE_CASE
    return name[:1].lower() + name[1:] if plain else name


def _is_back_reference(doc: Doc, complement: tuple[int, int]) -> bool:
    start, stop = complement
    return stop - start == 1 and lemma_in(doc[start], "back_reference")


def _end(doc: Doc, stop: int) -> int:
    return doc[stop - 1].idx + len(doc[stop - 1])


def _words(found: Found) -> Iterator[str]:
    """The words that tell the kind: the item's own first, then those of the shared phrase."""
    doc, phrase = found.phrase.doc, found.phrase
    if not found.start <= phrase.head < found.stop:
        yield from (fold(token.text) for token in doc[found.start : found.quote.start if found.quote else found.stop])
    head = prefix(doc[phrase.head])
    if head:
        yield fold(head)
    positions = [*phrase.modifiers, *(range(*phrase.complement) if phrase.complement else ())]
    yield from (fold(doc[i].text) for i in positions)


@cache
def _kinds() -> tuple[tuple[str, ClusterKind], ...]:
    return tuple((fold(row["stem"]), ClusterKind(row["kind"])) for row in table("cluster_kinds"))


def _kind(doc: Doc, found: Found) -> ClusterKind:
    if found.rule == "of_corporation":
        return ClusterKind.CORPORATE
    words = list(_words(found))
    of_kind = {kind for word in words for kind in [_kind_of(word)] if kind}
    for kind in (ClusterKind.TOURIST, ClusterKind.MEDICAL, ClusterKind.CULTURAL):
        if kind in of_kind:
            return kind
    if any(word.startswith("инновационн") for word in words):
        return ClusterKind.INNOVATION
    for kind in (ClusterKind.INDUSTRIAL, ClusterKind.OTHER, ClusterKind.INNOVATION):
        if kind in of_kind:
            return kind
    named = _kind_of(fold(found.quote.inside(doc))) if found.quote else None
    return named or (ClusterKind.INDUSTRIAL if _tells_of_industry(doc) else ClusterKind.OTHER)


def _tells_of_industry(doc: Doc) -> bool:
    """Tell whether the text speaks of industrial clusters, so that a bare name among them is one."""
    told = doc.user_data.get(_INDUSTRIAL)
    if not isinstance(told, bool):
        pairs = ((doc[i - 1], doc[i]) for i in range(1, len(doc)))
        told = any(prefix(head) is not None and word.lemma_ == "промышленный" for word, head in pairs)
        doc.user_data[_INDUSTRIAL] = told
    return told


def _kind_of(word: str) -> ClusterKind | None:
    """The kind that the first word beginning a table's stem gives, the longest stem first."""
    fits = [(len(stem), kind) for stem, kind in _kinds() if _begins(word, stem)]
    return max(fits)[1] if fits else None


def _begins(word: str, stem: str) -> bool:
    return any(piece == stem if len(stem) < len("тур") else piece.startswith(stem) for piece in word.split("-"))


def _scope(phrase: Phrase) -> str | None:
    return next((singular(phrase.doc[i]).lower() for i in phrase.modifiers if lemma_in(phrase.doc[i], "scope")), None)


def _industry(doc: Doc, found: Found) -> str | None:
    """The telling adjectives and the complement: «мебельный», «производители упаковки и напитков»."""
    phrase = found.phrase
    own = found.start <= phrase.head < found.stop
    adjectives = [doc[i] for i in phrase.modifiers if found.start <= i < found.stop and _tells_industry(doc[i])]
    parts = [singular(token).lower() for token in adjectives]
    field = _field(doc, found)
    if field is not None:
        parts.append(_nominative_list(doc, *field))
    if not parts and own and says_more(doc[phrase.head]):
        parts.append(prefix(doc[phrase.head]) or "")
    return " ".join(parts) or None


def _nominative_list(doc: Doc, start: int, stop: int) -> str:
    """Put a genitive into the nominative, each part of a list by itself: «биотехнологии и экологическая безопасность».

    What a first noun governs («производителей упаковки и напитков») is no list of fields.
    """
    joints = [token.i for token in doc[start:stop] if token.text in {",", "и"}]
    first = doc[start : joints[0] if joints else stop]
    whole = first[-1].pos_ == "NOUN" and sum(token.pos_ == "NOUN" for token in first) == 1
    edges = [start, *(i + 1 for i in joints)] if whole else [start]
    pieces = []
    for left, right in zip(edges, [*edges[1:], None], strict=True):
        last = stop if right is None else right - 1
        joint = "" if right is None else text_of(doc)[_end(doc, last) : doc[right].idx]
        pieces.append(nominative(doc, doc[left].idx, _end(doc, last)) + joint)
    return "".join(pieces)


def _field(doc: Doc, found: Found) -> tuple[int, int] | None:
    """The genitive that names the field: the complement of the head, or what stands before the name of a list item."""
    phrase = found.phrase
    if found.start <= phrase.head < found.stop:
        if phrase.complement is None or _is_back_reference(doc, phrase.complement):
            return None
        start, stop = phrase.complement
        return (start + 2, stop) if doc[start].text in {"в", "во"} else (start, stop)
    if found.rule != "list_item" or found.quote is None or found.start == found.quote.start:
        return None
    return (found.start, found.quote.start)


def _tells_industry(token: Token) -> bool:
    of_place = place_by_adjective(token.text) is not None or is_town_adjective(token)
    of_place = of_place or (token.is_title and not token.is_sent_start and token.lemma_.endswith(("ский", "ской")))
    return not (of_place or lemma_in(token, "scope") or lemma_in(token, "generic") or lemma_in(token, "opinion"))


def _region(doc: Doc, found: Found) -> str | None:
    """The region printed in the name, behind it, or in brackets behind it."""
    for token in doc[found.start : found.stop]:
        if token.i in found.phrase.modifiers:
            place = place_by_adjective(token.text)
            region = (place.region if place else None) or town_region(token)
            if region is not None:
                return region
    near = {found.stop, found.stop + 1, found.phrase.stop, found.phrase.core_stop, found.phrase.core_stop + 1}
    near |= _bracketed(doc, found.stop) | set(range(found.start, found.stop))
    for span in doc.spans["places"]:
        if span.start in near and not _inside_quote(found, span.start):
            place = place_named(span.text)
            region = (place.region if place else None) or region_of(span.text) or region_at(span.text)
            if region is not None:
                return region
    return None


def _bracketed(doc: Doc, start: int) -> set[int]:
    """The tokens of brackets that open at a position: «(г. Долгопрудный, г. Химки)»."""
    if start >= len(doc) or doc[start].text != "(":
        return set()
    stop = next((token.i for token in doc[start : doc[start].sent.end] if token.text == ")"), start)
    return set(range(start, stop))


def _inside_quote(found: Found, position: int) -> bool:
    return found.quote is not None and found.quote.start <= position < found.quote.stop


def _aliases(doc: Doc, found: Found) -> Iterator[str]:
    """The quoted name alone, and the plain «кластер» with it; a corporation's quotes are not the cluster's."""
    if found.quote is not None and not is_corporation(doc[found.quote.start + 1]):
        yield found.quote.inside(doc)
        yield f"кластер {doc[found.quote.start : found.quote.stop].text}"
