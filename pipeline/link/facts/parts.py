"""part_of: what belongs to a larger body: a company to a group, a cluster to a union or to a larger cluster."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link._enumeration import row_after
from pipeline.link.scene import Draft, Scene, after, before


def find(scene: Scene) -> Iterator[Draft]:
    """Try each way of saying it on each sentence."""
    for sentence in scene.sentences():
        for way in (_structure, _admitted, _nested):
            yield from way(scene, sentence)


def _draft(scene: Scene, roles: dict[str, str], verb: Token, rule: str) -> Draft:
    status = scene.status(verb.sent, verb.idx, verb.idx + len(verb))
    return Draft(FactKind.PART_OF, roles, status, verb.sent, rule, scene.date_in(verb.sent, verb.idx))


def _structure(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«X входит в состав (структуру) Y»."""
    for noun in find_cue(sentence, "part_of"):
        verbs = [verb for verb in find_cue(sentence, "enter") if 0 < noun.i - verb.i <= 4]  # noqa: PLR2004
        subject = before(scene.bodies(sentence), verbs[-1].idx) if verbs else None
        whole = after(scene.bodies(sentence), noun.idx)
        if subject and whole and subject.id != whole.id and whole.id.startswith("org"):
            yield _draft(scene, {"subject": subject.id, "object": whole.id}, verbs[-1], "part_of_structure")


def _admitted(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«Съезд принял в союз новых членов: X, Y и Z»."""
    for verb in find_cue(sentence, "admit"):
        whole = after([h for h in scene.bodies(sentence) if h.id.startswith("org")], verb.idx)
        colon = next((t for t in sentence if t.text == ":" and t.i > verb.i), None)
        if whole is None or colon is None or whole.start > colon.idx or not _takes_into(scene, verb, whole.start):
            continue
        for hit in row_after(scene, scene.bodies(sentence), colon.idx + 1):
            yield _draft(scene, {"subject": hit.id, "object": whole.id}, verb, "admitted_to_body")


def _takes_into(scene: Scene, verb: Token, start: int) -> bool:
    return scene.text[verb.idx + len(verb) : start].strip() in {"в", "во", "в состав"}


def _nested(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«… кластер, в который «Вега» входит с 2021 года», «кластер «Вега» входит в союз»."""
    for verb in [t for t in find_cue(sentence, "enter") if t.lemma_ in {"входить", "войти", "вступить"}]:
        bodies = scene.bodies(sentence)
        part = before([h for h in bodies if h.id.startswith("clu")], verb.idx)
        relative = next((t for t in sentence if t.lemma_ == "который" and 0 < verb.i - t.i <= 6), None)  # noqa: PLR2004
        if relative is not None and relative.nbor(-1).lower_ == "в":
            whole = before(bodies, relative.idx)
        else:
            whole = next((h for h in bodies if _takes_into(scene, verb, h.start) and h.id.startswith("org")), None)
        if part and whole and part.id != whole.id and (whole.id.startswith("org") or relative):
            yield _draft(scene, {"subject": part.id, "object": whole.id}, verb, "belongs_to_body")
