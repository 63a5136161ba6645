"""Names told by quotes: «ООО „Заря“», «холдинг „Юг“», «газета „Заря“»; and what a quoted name is when it is not one."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from extractors._model import OrganizationKind
from extractors._names._organization_scene import Scene
from extractors._names._organization_words import (
    feature,
    heads,
    is_abbreviation,
    is_latin,
    is_title,
    legal_forms,
    words,
)

_CLUSTER = "кластер"
_TRADING = {OrganizationKind.COMPANY, OrganizationKind.BANK, OrganizationKind.MEDIA}
_JOINING = {",", "и", "или"}
_GROUPS = {"альянс", "группа", "концерн", "холдинг", "корпорация", "объединение", "предприятие", "автоальянс"}
_DASHES = {"—", "–", "-"}
_FAMILY_FORMS = {"ИП", "КФХ"}


def with_legal_form(scene: Scene) -> Iterator[Span]:
    """Give «ООО „Заря“», «ПАО Заря», «ИП Иванов И. И.»."""
    doc = scene.doc
    for token in doc[:-1]:
        if token.text not in legal_forms():
            continue
        stop = _after_form(scene, token.i + 1)
        if stop is not None:
            yield Span(doc, token.i, stop, label="legal_form")


def _after_form(scene: Scene, i: int) -> int | None:
    doc = scene.doc
    if i in scene.quotations:
        return scene.quotations[i]
    if doc[i - 1].text in _FAMILY_FORMS:
        return _entrepreneur(scene, i)
    if doc[i].text in legal_forms():
        return _after_form(scene, i + 1) if i + 1 < len(doc) else None
    if i in scene.tagged:
        return scene.tagged[i]
    stop = i
    while stop < len(doc) and _names(doc[stop]) and not _is_taken(scene, stop):
        stop += 1
    return stop if stop > i else None


def _names(token: Token) -> bool:
    return token.text[0].isalpha() and len(token.text) > 1 and _is_name_word(token)


def _is_name_word(token: Token) -> bool:
    return (is_latin(token) or is_title(token)) and token.text not in legal_forms()


def _entrepreneur(scene: Scene, i: int) -> int | None:
    """Give the end of «Сомов А. Б.» or of a person's name found before."""
    doc = scene.doc
    stop = scene.persons.get(i, i + 1 if is_title(doc[i]) else i)
    while i < stop < len(doc) and ((len(doc[stop].text) == 1 and doc[stop].text.isupper()) or doc[stop].text == "."):
        stop += 1
    return stop if stop > i else None


def _is_taken(scene: Scene, i: int) -> bool:
    return i in scene.places or i in scene.persons or scene.doc[i].is_punct


def after_generic(scene: Scene) -> Iterator[Span]:
    """Give the quoted names after a head that stands outside the name: газета «Заря», сети «Юг», «Север» и «Восток»."""
    doc = scene.doc
    for start, stop in scene.quotations.items():
        head = heads().get(doc[start - 1].lemma_) if start else None
        if head is None or head.takes_quoted:
            continue
        yield _inside(scene, start, stop)
        while stop + 1 < len(doc) and doc[stop].text in _JOINING and stop + 1 in scene.quotations:
            start, stop = stop + 1, scene.quotations[stop + 1]  # noqa: PLW2901 - the list goes on
            yield _inside(scene, start, stop)


def latin_after_generic(scene: Scene) -> Iterator[Span]:
    """Give the names in Latin letters right behind a word for a company, a bank or media: «компания ABBYY»."""
    doc = scene.doc
    for token in doc[:-1]:
        head = heads().get(token.lemma_)
        if head is None or head.kind not in _TRADING or head.needs != "name":
            continue
        stop = token.i + 1
        while stop < len(doc) and is_latin(doc[stop]):
            stop += 1
        if stop > token.i + 1 and doc[token.i + 1].text[:1].isupper() and len(doc[token.i + 1]) > 1:
            yield Span(doc, token.i + 1, stop, label="latin_after_generic")


def dashed(scene: Scene) -> Iterator[Span]:
    """Give the two names in Latin letters that a spaced dash makes one behind a word for a group: «альянс A — B»."""
    doc = scene.doc
    for token in doc[:-3]:
        dash = next((i for i in range(token.i + 1, token.i + 5) if i < len(doc) and doc[i].text in _DASHES), None)
        if token.lemma_ not in _GROUPS or dash is None or dash + 1 >= len(doc):
            continue
        stop = dash + 1
        while stop < len(doc) and is_latin(doc[stop]):
            stop += 1
        if stop > dash + 1 and token.i + 1 < dash and all(is_latin(t) for t in doc[token.i + 1 : dash]):
            yield Span(doc, token.i + 1, stop, label="latin_after_generic")


def listed(scene: Scene, found: Iterable[Span]) -> Iterator[Span]:
    """Give the quoted names that a comma or «и» joins to one that a rule found."""
    doc = scene.doc
    for span in found:
        if span.label_ == "ner":
            continue
        stop = scene.quotations.get(span.start - 1, 0)
        while stop and stop + 1 < len(doc) and doc[stop].text in _JOINING and stop + 1 in scene.quotations:
            yield Span(doc, stop + 2, scene.quotations[stop + 1] - 1, label="listed")
            stop = scene.quotations[stop + 1]
        start = span.start - 1 if span.start - 1 in scene.quotations else 0
        while start > 1 and doc[start - 1].text in _JOINING and start - 1 in scene.openings:
            yield Span(doc, scene.openings[start - 1] + 1, start - 2, label="listed")
            start = scene.openings[start - 1]


def _inside(scene: Scene, start: int, stop: int) -> Span:
    return Span(scene.doc, start + 1, stop - 1, label="quoted_after_generic")


def barred(scene: Scene) -> list[tuple[int, int]]:
    """Give the quoted names of clusters, events, works and goods, the further ones of a list too."""
    doc = scene.doc
    found: list[tuple[int, int]] = []
    for start, stop in sorted(scene.quotations.items()):
        listed = bool(found) and start >= 1 and doc[start - 1].text in _JOINING and found[-1][1] == start - 1
        owner = feature(doc[start + 1], "Case") == "Gen" and doc[start - 1].lemma_ != _CLUSTER
        if listed or (_names_a_thing(scene, start) and not owner):
            found.append((start, stop))
    return found


def _names_a_thing(scene: Scene, start: int) -> bool:
    doc = scene.doc
    i = start - 1
    while i >= 0 and i >= start - 4 and not doc[i].is_punct and "\n" not in doc[i].text:
        if doc[i].lemma_ in words("not_organizations"):
            return True
        if doc[i].lemma_ in heads() or is_abbreviation(doc[i]) or doc[i].pos_ not in {"NOUN", "ADJ"}:
            return False
        i -= 1
    return False
