"""The end of «имени Н. Э. Баумана», «им. Горького», «№ 5» in a name."""

from spacy.tokens import Token

from extractors._names._organization_needs import NAMED_AFTER
from extractors._names._organization_scene import Scene
from extractors._names._organization_words import feature, words

_LONGEST = 20


def named_after(scene: Scene, i: int) -> int | None:
    """Give the end of «имени Н. Э. Баумана», «им. Горького», «№ 5»."""
    doc = scene.doc
    if doc[i].text == "№":
        number = next((token for token in doc[i + 1 : i + 3] if token.text[0].isdigit()), None)
        return None if number is None else number.i + 1
    if doc[i].text not in NAMED_AFTER:
        return None
    stop = i + 1
    for token in doc[i + 1 : i + 1 + _LONGEST]:
        surname_before = len(doc[stop - 1].text) > 1 and stop > i + 1
        if token.text[:1].isupper() and not (surname_before and feature(token, "Case") == "Nom"):
            stop = token.i + 1
        elif not _passes(token, initial=not surname_before):
            break
    return stop if stop > i + 1 else None


def _passes(token: Token, *, initial: bool) -> bool:
    """Tell whether a token may stand inside «имени дважды героя А. Б. Иванова»."""
    blank = token.text.isspace() and "\n" not in token.text
    return blank or token.lower_ in words("honorifics") or (token.text == "." and initial)
