"""A text, analysed: tokens, sentences, morphology, lemmas and named-entity spans in one spaCy Doc.

The only importer of natasha and razdel. Models are loaded at first use, once a process; nothing is downloaded.
`doc.text == text` always: white space that a token's trailing blank cannot hold becomes a token of its own.
"""

import re
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

import natasha
import razdel
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors._morphology import lemma
from extractors._names import find_names
from extractors._text import text_of

_SPAN_KEYS = {"PER": "persons", "ORG": "organizations", "LOC": "places"}
_LONGEST_SENTENCE = 400  # tokens; the longest of the development data, an enumeration, has a half of it
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


class _Piece(NamedTuple):
    """A token before it enters the Doc; `first` marks the first of a sentence."""

    start: int
    stop: int
    text: str
    first: bool


class _Models(NamedTuple):
    nlp: Language
    ner: Any
    morph: Any


@cache
def _models() -> _Models:
    embedding = natasha.NewsEmbedding()
    return _Models(
        spacy.blank("ru"),
        natasha.NewsNERTagger(embedding),
        natasha.NewsMorphTagger(embedding),
    )


def analyse(text: str, published: date | None = None) -> Doc:
    """Analyse a text; `published`, when known, is kept as `doc.user_data["published"]` for reading relative dates.

    A bare date will do for `published`: relative dates are counted in days.

    `doc.spans` holds the named entities under `persons`, `organizations` and `places`; a span's label is its rule.
    """
    sentences = [part for span in _sentences(text) for part in _parts(_sentence(text, span.start, span.stop))]
    doc = _build(text, sentences)
    doc.user_data["published"] = published
    find_names(doc, _entities(doc))
    return doc


def published_at(doc: Doc) -> datetime | None:
    """Give the publication time the text was analysed with; midnight where only the day was known."""
    value = doc.user_data.get("published")
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    return value if isinstance(value, datetime) else None


def _sentences(text: str) -> list[Any]:
    """Sentences never cross a line end: a title has no full stop."""
    return [
        _Piece(line.start() + sent.start, line.start() + sent.stop, sent.text, first=True)
        for line in _LINE.finditer(text)
        for sent in razdel.sentenize(line.group())
    ]


def _sentence(text: str, start: int, stop: int) -> list[_Piece]:
    tokens = razdel.tokenize(text[start:stop])
    return [_Piece(start + t.start, start + t.stop, t.text, first=i == 0) for i, t in enumerate(tokens)]


def _parts(sentence: list[_Piece]) -> list[list[_Piece]]:
    """Cut what no writer meant for one sentence: rules look around within a sentence, often more than once."""
    cuts = range(0, len(sentence), _LONGEST_SENTENCE)
    return [[sentence[cut]._replace(first=True), *sentence[cut + 1 : cut + _LONGEST_SENTENCE]] for cut in cuts]


def _build(text: str, sentences: list[list[_Piece]]) -> Doc:
    """Put the tokens, the blanks between them, and what the tagger says of them into a Doc."""
    models = _models()
    columns = _Columns()
    position = 0
    tagged_sentences = models.morph.map([[piece.text for piece in sentence] for sentence in sentences])
    for sentence, tagged_sentence in zip(sentences, tagged_sentences, strict=True):
        for piece, tagged in zip(sentence, tagged_sentence.tokens, strict=True):
            columns.gap(text[position : piece.start])
            columns.token(piece, tagged)
            position = piece.stop
    columns.gap(text[position:])
    doc = Doc(models.nlp.vocab, **columns.arguments())
    if text_of(doc) != text:
        raise AssertionError("the tokens do not add up to the text")
    return doc


class _Columns:
    """The columns of a Doc under construction."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.pos: list[str] = []
        self.morphs: list[str] = []
        self.lemmas: list[str] = []
        self.starts: list[bool] = []

    def gap(self, blank: str) -> None:
        """Store the white space before the next token: one blank on the last token, the rest as a token."""
        if blank.startswith(" ") and self.words and not self.spaces[-1] and not self.words[-1].isspace():
            self.spaces[-1] = True
            blank = blank[1:]
        if blank:
            self._append(blank, "SPACE", "", blank, first=False)

    def token(self, piece: _Piece, tagged: Any) -> None:
        feats = "|".join(f"{k}={v}" for k, v in sorted(tagged.feats.items()))
        self._append(piece.text, tagged.pos, feats, lemma(piece.text, tagged.pos, feats), first=piece.first)

    def _append(self, word: str, pos: str, feats: str, base: str, *, first: bool) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.pos.append(pos)
        self.morphs.append(feats)
        self.lemmas.append(base)
        self.starts.append(first or len(self.words) == 1)

    def arguments(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "spaces": self.spaces,
            "pos": self.pos,
            "morphs": self.morphs,
            "lemmas": self.lemmas,
            "sent_starts": self.starts,
        }


def _entities(doc: Doc) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {key: [] for key in _SPAN_KEYS.values()}
    text = text_of(doc)
    if not text.strip():
        return found
    for span in _models().ner(text).spans:
        entity = doc.char_span(span.start, span.stop, label="ner", alignment_mode="expand")
        if entity is not None:
            found[_SPAN_KEYS[span.type]].append(entity)
    return found
