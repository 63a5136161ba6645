"""Clauses: the stretch of a sentence that one verb governs, cut at the marks between clauses.

A semicolon, a colon, the quotation mark that ends quoted speech and «, а» always cut; a comma or a dash cuts only where
the stretch already has a verb of its own.
"""

from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.link._features import feature, is_finite

_SOFT = frozenset({",", "—", "–", "-", "(", ")"})
_SOURCES = frozenset(
    f"по {noun} "
    for noun in ("данным", "словам", "мнению", "оценке", "оценкам", "информации", "сведениям", "подсчётам")
) | {"как ожидается ", "как сообщили ", "как отметил ", "как уточнили "}
_ASIDE = 12  # tokens of an aside
_HARD = frozenset({";", ":"})
_ADVERSATIVES = frozenset({"а", "но", "однако", "зато"})


def clause(sentence: Span, start: int, stop: int) -> list[Token]:
    """Give the tokens of the clause around a stretch `[start, stop)` of characters."""
    tokens = _without_asides([token for token in sentence if not token.is_space], start, stop)
    first = next((i for i, t in enumerate(tokens) if t.idx + len(t) > start), 0)
    last = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].idx < stop), len(tokens) - 1)
    last = max(first, last)
    while first > 0 and not _cuts(tokens, first - 1, tokens[first : last + 1]):
        first -= 1
    while last + 1 < len(tokens) and not _cuts(tokens, last + 1, tokens[first : last + 1]):
        last += 1
    return tokens[first : last + 1]


def _without_asides(tokens: list[Token], start: int, stop: int) -> list[Token]:
    """Leave out «(НТКБ)» and «, по данным ведомства,»: they interrupt a clause, they do not end it."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        end = _aside_end(tokens, index)
        if end is not None and not (tokens[index].idx < stop and start < tokens[end].idx):
            index = end + 1
            continue
        kept.append(tokens[index])
        index += 1
    return kept


def _aside_end(tokens: list[Token], index: int) -> int | None:
    """The last token of an aside that begins at an index; None when none does, or it runs to the sentence's end."""
    if tokens[index].text == "(":
        return next((i for i in range(index + 1, len(tokens)) if tokens[i].text == ")"), None)
    if tokens[index].text == "," and "".join(t.lower_ + " " for t in tokens[index + 1 : index + 3]) in _SOURCES:
        end = next((i for i in range(index + 1, len(tokens)) if tokens[i].text == ","), None)
        return end if end is not None and end - index <= _ASIDE else None
    return None


def part(sentence: Span, position: int) -> Span:
    """Give the independent part of a sentence around an offset: cut at semicolons and at «, а», «, но» only."""
    start, stop = sentence.start, sentence.end
    for token in sentence:
        if token.text == ";" or (token.text == "," and _adversative(token)):
            if token.idx < position:
                start = token.i + 1
            else:
                stop = token.i
                break
    return sentence.doc[start:stop]


def is_verb(token: Token) -> bool:
    """Tell whether a token can govern a clause: a finite verb, an infinitive, a participle, «быть»."""
    auxiliary = token.pos_ == "AUX" and token.lemma_ == "быть"
    return token.pos_ == "VERB" or auxiliary or token.lower_ == "вырос"  # taken for a noun by the tagger


def _cuts(tokens: list[Token], index: int, inside: list[Token]) -> bool:
    """Tell whether the mark at an index ends the clause that has the tokens inside."""
    token = tokens[index]
    if token.text in _HARD or _ends_speech(token):
        return True
    if token.text == "," and _adversative(token):
        return any(is_verb(t) for t in inside)
    if token.text == "," and _before_converb(token, inside):
        return False
    if token.lower_ == "и":
        return _parts_predicates(tokens, index)
    return token.text in _SOFT and any(is_verb(t) for t in inside)


def _parts_predicates(tokens: list[Token], index: int) -> bool:
    """«Насчитывает 64 компании и просит землю»: an «и» with a predicate on either side, up to the next marks."""
    ahead = takewhile(lambda t: t.text not in _SOFT | _HARD, reversed(tokens[:index]))
    behind = takewhile(lambda t: t.text not in _SOFT | _HARD, tokens[index + 1 :])
    return any(_is_predicate(t) for t in ahead) and any(_is_predicate(t) for t in behind)


def _is_predicate(token: Token) -> bool:
    return is_verb(token) and (is_finite(token) or feature(token, "Variant") == "Short")


def _before_converb(comma: Token, inside: list[Token]) -> bool:
    """«Намерен заменить посты, потратив 5 млн»: a converb belongs to the clause of its verb."""
    following = comma.doc[comma.i + 1 : comma.i + 2]
    if len(following) == 0 or feature(following[0], "VerbForm") != "Conv":
        return False
    own = next((t for t in inside if is_verb(t)), None)
    begins = own is not None and own.i == comma.i + 1
    return begins or inside[-1].i < comma.i


def _ends_speech(token: Token) -> bool:
    """«…», — сказал он."""
    if token.text not in {"»", "”"}:
        return False
    following = token.doc[token.i + 1 : token.i + 2].text
    return following in {",", "?", "!"} and "—" in token.doc[token.i : token.i + 4].text


def _adversative(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 3]
    return bool(len(following)) and following[0].lower_ in _ADVERSATIVES and following.text.lower() != "а также"
