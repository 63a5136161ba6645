"""in_registry: a cluster or organization entered in a register, or not."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors import nominative
from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Scene


def find(scene: Scene) -> Iterator[Draft]:
    """State every cluster of a sentence that speaks of entering a register; without clusters, its organizations."""
    for sentence in scene.sentences():
        registers, verbs = find_cue(sentence, "registry"), find_cue(sentence, "registry_entry")
        if not registers or not verbs:
            continue
        phrase = register_phrase(scene, registers[0])
        name = nominative(scene.doc, phrase[0], phrase[1])
        subjects = scene.hits("clusters", sentence)
        for hit in subjects:
            if phrase[0] <= hit.start < phrase[1]:
                continue
            status = scene.status(sentence, verbs[0].idx, verbs[0].idx + len(verbs[0]))
            roles = {"subject": hit.id, "registry": name}
            yield Draft(FactKind.IN_REGISTRY, roles, status, sentence, "entered_in_register", _date(scene, sentence))


def _date(scene: Scene, sentence: Span) -> str | None:
    return scene.date_in(sentence, find_cue(sentence, "registry_entry")[0].idx)


def register_phrase(scene: Scene, head: Token) -> tuple[int, int]:
    """Give the offsets of «реестр промышленных кластеров Минпромторга России»: the noun and its genitives."""
    sentence = head.sent
    bodies = scene.hits("organizations", sentence)
    stop = head.idx + len(head)
    for token in sentence.doc[head.i + 1 : sentence.end]:
        body = next((hit for hit in bodies if hit.start <= token.idx < hit.stop), None)
        if body is None and "Gen" not in token.morph.get("Case", []):
            break
        stop = max(stop, body.stop if body else token.idx + len(token))
    return head.idx, stop
