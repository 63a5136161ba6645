"""agreement_signed: an agreement, who signs it, where, and who tells of it."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Hit, Scene


def find(scene: Scene) -> Iterator[Draft]:
    """State each sentence where an agreement is signed."""
    sentences = list(scene.sentences())
    for number, sentence in enumerate(sentences):
        papers, signing = find_cue(sentence, "agreement"), find_cue(sentence, "sign")
        if not papers or not signing:
            continue
        following = next((s for s in sentences[number + 1 :] if s.text.strip()), None)
        roles = {"agreement": papers[0].lemma_, **_parties(scene, sentence), **_source(scene, following)}
        start = signing[0].idx
        yield Draft(
            FactKind.AGREEMENT_SIGNED,
            {**roles, **_event(scene, sentence)},
            scene.status(sentence, start, start + len(signing[0])),
            sentence,
            "agreement_signed",
            scene.date_in(sentence, start),
            scene.place_in(sentence, start),
        )


def _parties(scene: Scene, sentence: Span) -> dict[str, str]:
    """The bodies of the sentence, in order: `subject`, `object`."""
    tellers = {hit.id for token in find_cue(sentence, "telling") for hit in _next_to(scene, sentence, token)}
    ids = dict.fromkeys(hit.id for hit in scene.bodies(sentence) if hit.id not in tellers)
    return dict(zip(("subject", "object"), ids, strict=False))


def _next_to(scene: Scene, sentence: Span, token: Token) -> list[Hit]:
    return [hit for hit in scene.bodies(sentence) if hit.start >= token.idx][:1]


def _event(scene: Scene, sentence: Span) -> dict[str, str]:
    hits = scene.hits("events", sentence)
    return {"event": hits[0].id} if hits else {}


def _source(scene: Scene, following: Span | None) -> dict[str, str]:
    """«Об этом сообщает …» right after names the source."""
    if following is None or not following.text.startswith("Об этом"):
        return {}
    hits = scene.hits("organizations", following)
    return {"source": hits[0].id} if hits else {}
