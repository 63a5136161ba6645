"""What makes a phrase with a head noun a name and not a common noun; see `lexicon/organization_heads.tsv`."""

from collections.abc import Callable

from extractors._model import OrganizationKind
from extractors._names._organization_scene import Scene
from extractors._names._organization_words import (
    Head,
    is_place_adjective,
    is_title,
    opens_sentence,
    whose_adjectives,
    words,
)

NAMED_AFTER = frozenset({"имени", "им", "им."})
NOUNS = frozenset({"NOUN", "PROPN"})

_LOCAL = frozenset(
    {
        OrganizationKind.COURT_LAW_ENFORCEMENT,
        OrganizationKind.EDUCATION_SCIENCE,
        OrganizationKind.GOVERNMENT,
        OrganizationKind.FUND,
        OrganizationKind.ASSOCIATION,
    }
)
"""Kinds of bodies that a place adjective at the start of a sentence makes a name («Заречненский суд», not «… клуб»)."""

Cut = tuple[int, int, int]
"""A phrase as its first token, its head, and the token after its last."""


def is_name(scene: Scene, cut: Cut, head: Head, *, quoted: bool) -> bool:
    """Tell whether a phrase has what its head needs to be a name; `quoted` says that a proper name is part of it."""
    if quoted or head.needs == "bare":
        return True
    return any(_has(scene, cut, need, head) for need in head.needs.split(" | "))


def _has(scene: Scene, cut: Cut, need: str, head: Head) -> bool:
    test = NEEDS.get(need)
    if test is not None:
        return test(scene, cut) or (head.kind in _LOCAL and _opens_with_place(scene, cut))
    return any(token.lemma_ == need for token in scene.doc[cut[0] : cut[2]])


def _is_phrase(scene: Scene, cut: Cut) -> bool:
    return cut[2] > cut[1] + 1 or _says_whose(scene, cut)


def _says_whose(scene: Scene, cut: Cut) -> bool:
    start, core, _ = cut
    own = scene.doc[start:core]
    return any(
        token.lemma_ in whose_adjectives()
        or (is_place_adjective(token) and token.lemma_ not in words("organization_adjectives"))
        for token in own
    ) or _is_proper(scene, cut)


def _has_aim(scene: Scene, cut: Cut) -> bool:
    _, core, stop = cut
    noun = next((token for token in scene.doc[core + 1 : stop] if token.pos_ in NOUNS), None)
    return (noun is not None and noun.lemma_ in words("organization_aims")) or _is_proper(scene, cut)


def _is_body(scene: Scene, cut: Cut) -> bool:
    _, core, stop = cut
    return any(token.text[:1].isupper() for token in scene.doc[core + 1 : stop]) or _is_proper(scene, cut)


def _is_proper(scene: Scene, cut: Cut) -> bool:
    """Tell whether a capital letter, «имени» or a number makes a phrase a name."""
    start, core, stop = cut
    doc = scene.doc
    if stop - start == 1:
        return False
    if any(token.text in NAMED_AFTER or token.text == "№" for token in doc[core + 1 : stop]):
        return True
    return any(is_title(token) and not token.text.isupper() for token in doc[start : core + 1])


def _opens_with_place(scene: Scene, cut: Cut) -> bool:
    """Tell whether «Заречный …ский» opens both the name and the sentence."""
    start, core, _ = cut
    first = scene.doc[start]
    return start < core and opens_sentence(first) and first.text[:1].isupper() and is_place_adjective(first)


def _never(scene: Scene, cut: Cut) -> bool:  # noqa: ARG001 - one signature for all needs
    return False


NEEDS: dict[str, Callable[[Scene, Cut], bool]] = {
    "phrase": _is_phrase,
    "whose": _says_whose,
    "development": _has_aim,
    "body": _is_body,
    "name": _is_proper,
    "quoted": _never,
}
