"""How far a cluster has come, by the words of the clause around its name."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractors._inflected import fold
from extractors._lexicon import table
from extractors._model import ClusterStatus

_PRINTED = "="
_BREAKS = {";"}


class _Cue(NamedTuple):
    status: ClusterStatus
    words: frozenset[str]
    against: frozenset[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(ClusterStatus(row["status"]), _words(row["cue"]), _words(row["against"]))
        for row in table("cluster_status")
    )


def _words(cell: str) -> frozenset[str]:
    return frozenset(fold(word) for word in cell.split())


def status_of(doc: Doc, start: int, stop: int) -> ClusterStatus:
    """Read the status off the clause that holds tokens `start` to `stop`; `existing` where no word tells."""
    said = _said(token for token in _clause(doc, start) if not start <= token.i < stop)
    found = (cue.status for cue in _cues() if cue.words <= said and said.isdisjoint(cue.against))
    return next(found, ClusterStatus.EXISTING)


def _said(tokens: Iterable[Token]) -> set[str]:
    said = set()
    for token in tokens:
        said |= {fold(token.lemma_), _PRINTED + fold(token.text)}
    return said


def _clause(doc: Doc, position: int) -> Span:
    """The sentence, cut at semicolons and full stops within quotes."""
    sent = doc[position].sent
    left = max((t.i + 1 for t in doc[sent.start : position] if t.text in _BREAKS), default=sent.start)
    right = min((t.i for t in doc[position : sent.end] if t.text in _BREAKS), default=sent.end)
    return doc[left:right]
