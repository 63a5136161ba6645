"""Names known beforehand: «ФСБ», «Минфин», «ООН»; and «Кремль» where it speaks or decides."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractors._lexicon import table
from extractors._model import OrganizationKind
from extractors._names._organization_scene import Scene, remit_stop, territory_stop
from extractors._names._organization_words import is_abbreviation, stem, words

_PLACE_PREPOSITIONS = {"в", "на", "из", "у", "около", "возле", "за", "под", "над", "вокруг", "до", "напротив", "к"}
_PARTS_OF_BUILDINGS = {"купол", "стена", "башня", "территория", "здание", "лужайка", "куранты", "ворота", "зал"}
_SENTENCE_REACH = 7
_OF_THE_STATE = {OrganizationKind.GOVERNMENT, OrganizationKind.COURT_LAW_ENFORCEMENT}


class Known(NamedTuple):
    """A well-known name in the nominative, its words as keys, its kind, and whether the words alone suffice."""

    name: str
    key: tuple[str, ...]
    kind: OrganizationKind
    alone: str


@cache
def known_by_first_word() -> Mapping[str, tuple[Known, ...]]:
    """Give the known names by the key of their first word, longest names first."""
    found: dict[str, list[Known]] = {}
    for row in table("known_organizations"):
        key = tuple(row["name"].lower().split())
        known = Known(row["name"], key, OrganizationKind(row["kind"]), row["alone"])
        found.setdefault(key[0], []).append(known)
    return {first: tuple(sorted(names, key=lambda known: -len(known.key))) for first, names in found.items()}


def known_at(token: Token) -> tuple[Known, int] | None:
    """Give the known name that starts at a token and the token after its last."""
    doc = token.doc
    for known in known_by_first_word().get(stem(token), ()) + known_by_first_word().get(token.lower_, ()):
        stop = token.i + len(known.key)
        if stop <= len(doc) and all(
            part in {stem(t), t.lower_} for part, t in zip(known.key, doc[token.i : stop], strict=True)
        ):
            return known, stop
    return None


def known_names(scene: Scene) -> Iterator[Span]:
    """Give the known names that need no further sign."""
    for token in scene.doc:
        if not token.text[:1].isupper() and not token.text[:1].isdigit():
            continue
        found = known_at(token)
        if found is not None and found[0].alone == "yes":
            stop = _whose_stop(scene, found[0], found[1])
            yield Span(scene.doc, token.i, stop, label="known_name")


def _whose_stop(scene: Scene, known: Known, stop: int) -> int:
    """Add «… России», «… РФ по Пензенской области» to a body of the state."""
    if known.kind not in _OF_THE_STATE:
        return stop
    stop = territory_stop(scene, stop) or stop
    return remit_stop(scene, stop) or stop


def is_state_abbreviation(token: Token) -> bool:
    """Tell whether a word is the abbreviation of a body of the state: «МВД», «ФСБ»."""
    found = known_at(token) if is_abbreviation(token) else None
    return found is not None and found[1] == token.i + 1 and found[0].kind in _OF_THE_STATE


def metonyms(scene: Scene) -> Iterator[Span]:
    """Give «Кремль» where it acts or speaks; «в Кремле прошла церемония» is a place."""
    for token in scene.doc:
        if token.text[:1].isupper():
            found = known_at(token)
            if found is not None and found[0].alone == "acts" and _acts(token):
                yield Span(scene.doc, token.i, found[1], label="metonym")


def _acts(token: Token) -> bool:
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    if before is None or (before.lower_ not in _PLACE_PREPOSITIONS and before.lemma_ not in _PARTS_OF_BUILDINGS):
        return True
    near = doc[max(0, token.i - 3) : token.i + _SENTENCE_REACH]
    return any(word.lemma_ in words("speech_verbs") for word in near if word.sent.start == token.sent.start)
