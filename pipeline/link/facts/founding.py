"""created_on_base_of: a body created on the base of another."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link._features import feature
from pipeline.link._plain_words import plain_words
from pipeline.link.scene import Draft, Scene, after


def find(scene: Scene) -> Iterator[Draft]:
    """State «создать X на базе Y» where Y is named or referred to."""
    for sentence in scene.sentences():
        bases, verbs = find_cue(sentence, "base"), find_cue(sentence, "create")
        for base in bases:
            target = after(scene.bodies(sentence), base.idx + len(base))
            if not verbs or base.i == 0 or base.nbor(-1).lower_ != "на" or target is None:
                continue
            created = _created(scene, sentence, base)
            roles = {"base": target.id, **({"subject": created} if created else {})}
            start, stop = verbs[0].idx, verbs[0].idx + len(verbs[0])
            status = scene.status(sentence, start, stop)
            yield Draft(FactKind.CREATED_ON_BASE_OF, roles, status, sentence, "created_on_base_of")


def _created(scene: Scene, sentence: Span, base: Token) -> str | None:
    """What is created: a named body before «на базе», else the noun phrase that opens the clause."""
    named = [hit for hit in scene.bodies(sentence) if hit.stop <= base.idx]
    if named:
        return named[-1].id
    nouns = [t for t in sentence if t.i < base.i and t.pos_ == "NOUN" and feature(t, "Case") in {"Nom", "Acc"}]
    if not nouns:
        return None
    first = nouns[0]
    while first.i > sentence.start and first.nbor(-1).pos_ == "ADJ":
        first = first.nbor(-1)
    return plain_words(scene, first.idx, nouns[0].idx + len(nouns[0]))
