"""What one mention of a text tells about the others: a name once known is known everywhere in the text."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from extractors._morphology import parses
from extractors._names._organization_scene import Scene
from extractors._names._organization_words import feature, is_abbreviation, is_latin, legal_forms, stem, words

_TELLING = {"legal_form", "head_quoted", "quoted_after_generic"}

_CLUSTER = "кластер"
_CLUSTER_REACH = 6
_INDEX_LETTERS = 2

Key = tuple[frozenset[str], ...]


class _Names:
    """Names of a text that are recognised in every case; a word agrees with another that shares a dictionary form."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._keys: dict[str, list[Key]] = {}

    def add(self, start: int, stop: int) -> None:
        """Store the name that stands on tokens `start` to `stop`."""
        self._keys.setdefault(self._first(start), []).append(self._key(start, stop))

    def has(self, start: int, stop: int) -> bool:
        """Tell whether those tokens spell a stored name."""
        known = self._keys.get(self._first(start), [])
        return bool(known) and any(_same(key, self._key(start, stop)) for key in known)

    def _first(self, start: int) -> str:
        return str(self._doc[start].lower_[:_INDEX_LETTERS])

    def _key(self, start: int, stop: int) -> Key:
        return tuple(
            frozenset(parse.normal_form for parse in parses(t.lower_)) | {stem(t)} for t in self._doc[start:stop]
        )


def _same(one: Key, other: Key) -> bool:
    return len(one) == len(other) and all(a & b for a, b in zip(one, other, strict=True))


def closed(scene: Scene, barred: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the stretches that repeat the name of a thing: «Юг», once a cluster's name, and its abbreviation."""
    doc = scene.doc
    names = _Names(doc)
    for start, stop in barred:
        if feature(doc[start + 1], "Case") != "Gen":
            names.add(start + 1, stop - 1)
    same = [(a, b) for a, b in scene.quotations.items() if names.has(a + 1, b - 1)]
    abbreviations = {
        stem(doc[i]) for token in doc if token.lemma_ == _CLUSTER and (i := _clusters_own(token)) is not None
    }
    return same + [(token.i, token.i + 1) for token in doc if abbreviations and stem(token) in abbreviations]


def _clusters_own(token: Token) -> int | None:
    """Give the bracketed abbreviation behind a cluster's name: «медицинском кластере (ММК)»."""
    doc = token.doc
    reach = range(token.i + 1, min(len(doc), token.i + _CLUSTER_REACH))
    return next((own for i in reach if (own := _bracketed(doc, i)) is not None), None)


def repeated(scene: Scene, found: Iterable[Span]) -> Iterator[Span]:
    """Give the quoted names that elsewhere have a legal form and the abbreviations that elsewhere stand in brackets."""
    spans = list(found)
    yield from _quoted(scene, spans)
    yield from _abbreviated(scene, spans)


def _quoted(scene: Scene, spans: Iterable[Span]) -> Iterator[Span]:
    doc = scene.doc
    names = _told_names(scene, spans)
    yield from (Span(doc, a, b, label="repeated") for a, b in scene.tagged.items() if names.has(a, b))
    for start, stop in scene.quotations.items():
        if names.has(start + 1, stop - 1):
            yield Span(doc, start + 1, stop - 1, label="repeated")


def _told_names(scene: Scene, spans: Iterable[Span]) -> _Names:
    """Collect the quoted names of the spans whose rule leaves no doubt."""
    names = _Names(scene.doc)
    for span in spans:
        if span.label_ in _TELLING:
            for i in range(span.start - 1, span.end):
                if i in scene.quotations and scene.quotations[i] - 1 <= span.end:
                    names.add(i + 1, scene.quotations[i] - 1)
    return names


def _abbreviated(scene: Scene, spans: Iterable[Span]) -> Iterator[Span]:
    doc = scene.doc
    names = {stem(doc[i]) for span in spans if (i := _bracketed(doc, span.end)) is not None}
    names |= {stem(doc[i + 1]) for span in spans for i in range(span.start, span.end) if _bracketed(doc, i) is not None}
    if names:
        for token in doc:
            if stem(token) in names and (is_abbreviation(token) or is_latin(token)):
                yield Span(doc, token.i, token.i + 1, label="own_abbreviation")


def _bracketed(doc: Doc, i: int) -> int | None:
    """Give the token of «(РФРП)» that starts at a token."""
    if i + 2 >= len(doc) or doc[i].text != "(" or doc[i + 2].text not in {")", ",", ";"}:
        return None
    word = doc[i + 1]
    named = word.text.isupper() and len(word.text) > 1 and (is_abbreviation(word) or is_latin(word))
    return (
        i + 1 if named and word.text not in legal_forms() and word.text not in words("not_organization_names") else None
    )
