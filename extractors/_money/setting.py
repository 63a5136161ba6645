"""The text around amounts: lemmas, parts of speech and sentences laid along the lexemes of the money grammar."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors._money.lexemes import Lexeme, lex
from extractors._morphology import lemma
from extractors._text import text_of


@dataclass(frozen=True, slots=True)
class Setting:
    """A text cut into lexemes, with the analysis of each.

    `sentences` gives the half-open lexeme range of its sentence, `paragraphs` the lexeme where its line begins.
    """

    text: str
    lexemes: Sequence[Lexeme]
    lemmas: Sequence[str]
    tokens: Sequence[Token | None]
    sentences: Sequence[tuple[int, int]]
    paragraphs: Sequence[int]


def lay_out(doc: Doc) -> Setting:
    """Lay a Doc's analysis along the lexemes of its text."""
    lexemes = lex(text_of(doc))
    tokens_at = {token.idx: token for token in doc}
    tokens = [tokens_at.get(lexeme.start) for lexeme in lexemes]
    lemmas = [_lemma(lexeme, token) for lexeme, token in zip(lexemes, tokens, strict=True)]
    return Setting(text_of(doc), lexemes, lemmas, tokens, _sentences(doc, lexemes), _paragraphs(lexemes))


def _lemma(lexeme: Lexeme, token: Token | None) -> str:
    if lexeme.kind != "word":
        return lexeme.text
    if token is not None and len(token) == len(lexeme.printed):
        return token.lemma_
    return lemma(lexeme.text)


def _sentences(doc: Doc, lexemes: Sequence[Lexeme]) -> list[tuple[int, int]]:
    starts = [sentence.start_char for sentence in doc.sents]
    numbers = [bisect_right(starts, lexeme.start) for lexeme in lexemes]
    bounds: dict[int, tuple[int, int]] = {}
    for i, number in enumerate(numbers):
        bounds[number] = (bounds.get(number, (i, i))[0], i + 1)
    return [bounds[number] for number in numbers]


def _paragraphs(lexemes: Sequence[Lexeme]) -> list[int]:
    found, start = [], 0
    for i, lexeme in enumerate(lexemes):
        start = i if lexeme.kind == "break" else start
        found.append(start)
    return found
