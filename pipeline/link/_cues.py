"""The linker's cue words (`cues.tsv`): by which words a fact is known."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.link._tables import table


@cache
def cue(name: str) -> frozenset[str]:
    """Give the lemmas of a cue; raises KeyError for a name the table has not."""
    return _cues()[name]


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {row["cue"]: frozenset(row["lemmas"].split()) for row in table("cues")}


def find(tokens: Iterable[Token], name: str) -> list[Token]:
    """Find the tokens whose lemma belongs to a cue; KeyError for a name the table has not."""
    lemmas = cue(name)
    if isinstance(tokens, Span):
        inside = _positions(tokens.doc).get(name, ())
        return [tokens.doc[i] for i in inside[bisect_left(inside, tokens.start) : bisect_left(inside, tokens.end)]]
    return [token for token in tokens if token.lemma_ in lemmas]


def _positions(doc: Doc) -> Mapping[str, Sequence[int]]:
    """Give the tokens of each cue in a text, kept with the Doc: the rules ask every sentence for dozens of cues."""
    found = doc.user_data.get("cues")
    if found is None:
        found = doc.user_data["cues"] = defaultdict(list)
        for token in doc:
            for name in _cues_by_lemma().get(token.lemma_, ()):
                found[name].append(token.i)
    return found


@cache
def _cues_by_lemma() -> dict[str, list[str]]:
    names = defaultdict(list)
    for name, lemmas in _cues().items():
        for lemma in lemmas:
            names[lemma].append(name)
    return dict(names)
