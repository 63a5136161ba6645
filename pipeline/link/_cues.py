"""The linker's cue words (`cues.tsv`) and how the words around a fact put it: done, planned, denied, possible."""

from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.fact import FactStatus
from pipeline.link._tables import table


@cache
def cue(name: str) -> frozenset[str]:
    """Give the lemmas of a cue; raises KeyError for a name the table has not."""
    return _cues()[name]


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {row["cue"]: frozenset(row["lemmas"].split()) for row in table("cues")}


def find(tokens: Span | Doc, name: str) -> list[Token]:
    """Find the tokens whose lemma belongs to a cue."""
    return [token for token in tokens if token.lemma_ in cue(name)]


def status(sentence: Span, start: int, stop: int) -> FactStatus:
    """Read from the clause around `[start, stop)` (characters) how its fact is put."""
    clause = _clause(sentence, start, stop)
    lemmas = {token.lemma_ for token in clause}
    if lemmas & cue("denial") or any(_negated(token) for token in clause):
        return FactStatus.DENIED
    if lemmas & cue("possibility"):
        return FactStatus.HYPOTHETICAL
    if lemmas & cue("intent") or any(_is_future(token) for token in clause):
        return FactStatus.PLANNED
    return FactStatus.ACTUAL


def _clause(sentence: Span, start: int, stop: int) -> list[Token]:
    """The tokens from the clause mark before a stretch to the one after it; a clause needs a verb of its own."""
    tokens = list(sentence)
    first = next((i for i, t in enumerate(tokens) if t.idx + len(t) > start), 0)
    last = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].idx < stop), len(tokens) - 1)
    while first > 0 and not (_is_mark(tokens[first - 1]) and any(_is_verb(t) for t in tokens[first : last + 1])):
        first -= 1
    while last + 1 < len(tokens) and not (_is_mark(tokens[last + 1]) and any(_is_verb(t) for t in tokens[first:last])):
        last += 1
    return tokens[first : last + 1]


def _is_mark(token: Token) -> bool:
    return token.text in {",", ";", "—", "–", ":"}


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.lemma_ == "быть")


def _is_future(token: Token) -> bool:
    return token.morph.get("Tense", []) == ["Fut"] or (token.lemma_ == "быть" and token.lower_.startswith("буд"))


def _negated(token: Token) -> bool:
    return _is_verb(token) and token.i > 0 and token.nbor(-1).lower_ == "не"
