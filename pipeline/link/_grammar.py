"""The grammar of a name in its sentence: its case, and the preposition that governs it."""

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.link._features import feature
from pipeline.link.scene import Hit, Scene


def case_of(scene: Scene, hit: Hit) -> str:
    """Give the case of the head of a name; empty for one that does not decline («МФТИ», a bare name in quotes)."""
    tokens: Iterable[Token] = scene.spans_between(hit.start, hit.stop)
    head = next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"}), None)
    if head is None or scene.doc.text[hit.start] == "«" or head.text.isupper():
        return ""
    case = feature(head, "Case")
    return "Nom" if case == "Acc" and feature(head, "Gender") != "Fem" else case  # the two look the same


def preposition_of(scene: Scene, hit: Hit) -> str:
    """Give the preposition right before a name and its adjectives, lower case; empty when there is none."""
    first = scene.spans_between(hit.start, hit.stop)
    token = scene.doc[first.start - 1] if first.start > 0 else None
    while token is not None and token.pos_ == "ADJ" and token.i > 0:
        token = token.nbor(-1)
    return token.lower_ if token is not None and token.pos_ == "ADP" else ""
