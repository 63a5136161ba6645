"""One cluster as a stretch of text, before its value is read."""

from dataclasses import dataclass

from extractors._clusters.phrase import Phrase
from extractors._quotes import Quote


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start` to `stop` name a cluster by `rule`.

    `name` is its nominative name where it cannot be read off the tokens (the head stands elsewhere), `quote` its quoted
    name; `phrase` the phrase that its head belongs to.
    """

    start: int
    stop: int
    rule: str
    phrase: Phrase
    quote: Quote | None = None
    name: str | None = None
