"""event_held: an event with its place and days."""

from collections.abc import Iterator

from spacy.tokens import Span

from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Scene
from pipeline.record import Event


def find(scene: Scene) -> Iterator[Draft]:
    """State each event on the first sentence that says it is held."""
    for event in scene.events:
        sentence = _held_in(scene, event)
        if sentence is None:
            continue
        verb = find_cue(sentence, "held")[0]
        yield Draft(
            FactKind.EVENT_HELD,
            {"event": event.id},
            scene.status(sentence, verb.idx, verb.idx + len(verb)),
            sentence,
            "event_held",
            scene.date_in(sentence, verb.idx),
            scene.place_in(sentence, verb.idx),
        )


def _held_in(scene: Scene, event: Event) -> Span | None:
    for mention in event.mentions:
        span = scene.doc.char_span(mention.start, mention.stop, alignment_mode="expand")
        if span is not None and find_cue(span.sent, "held"):
            return span.sent
    return None
