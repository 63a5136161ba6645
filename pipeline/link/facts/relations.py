"""located_in, part_of, participates_in, manages: how bodies, clusters, places and events stand to one another."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._cues import find as find_cue
from pipeline.link.scene import Draft, Hit, Scene, after, before


def find(scene: Scene) -> Iterator[Draft]:
    """Try each relation on each sentence."""
    for sentence in scene.sentences():
        for relation in (_located, _part_of, _in_cluster, _at_event, _manages):
            yield from relation(scene, sentence)


def _located(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«Кластер … расположен на севере Подмосковья»."""
    for verb in find_cue(sentence, "located"):
        subject = before(scene.bodies(sentence), verb.idx)
        place = after(scene.hits("places", sentence), verb.idx)
        if subject and place:
            roles = {"subject": subject.id, "place": place.id}
            yield _draft(scene, FactKind.LOCATED_IN, roles, verb, "located_in")


def _part_of(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«X входит в состав (структуру) Y»."""
    for noun in find_cue(sentence, "part_of"):
        verbs = [verb for verb in find_cue(sentence, "enter") if 0 < noun.i - verb.i <= 4]  # noqa: PLR2004
        subject = before(scene.bodies(sentence), verbs[-1].idx) if verbs else None
        whole = after(scene.bodies(sentence), noun.idx)
        if subject and whole and subject.id != whole.id and whole.id.startswith("org"):
            roles = {"subject": subject.id, "object": whole.id}
            yield _draft(scene, FactKind.PART_OF, roles, verbs[-1], "part_of")


def _in_cluster(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«В кластер вошли X и Y», «резиденты кластера — X, Y», «якорный участник — X»."""
    cues = find_cue(sentence, "participant") + find_cue(sentence, "anchor") + find_cue(sentence, "enter")
    bodies = scene.bodies(sentence)
    cluster = next((hit for hit in bodies if hit.id.startswith("clu")), None)
    if not cues or cluster is None or find_cue(sentence, "registry"):
        return
    members = {hit.id: hit for hit in scene.hits("organizations", sentence) if not _is_aside(scene, hit)}
    for hit in members.values():
        roles = {"subject": hit.id, "object": cluster.id}
        yield _draft(scene, FactKind.PARTICIPATES_IN, roles, cues[0], "in_cluster")


def _is_aside(scene: Scene, hit: Hit) -> bool:
    """A body that only stands behind a post («директор фонда») or as a source is no participant."""
    posts = [m for official in scene.officials for m in official.mentions]
    return any(m.start <= hit.start and hit.stop <= m.stop for m in posts)


def _at_event(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«В форуме участвовали X и Y»."""
    events, cues = scene.hits("events", sentence), find_cue(sentence, "take_part")
    if not events or not cues:
        return
    for hit in scene.bodies(sentence):
        if not _is_aside(scene, hit):
            roles = {"subject": hit.id, "object": events[0].id}
            yield _draft(scene, FactKind.PARTICIPATES_IN, roles, cues[0], "at_event")


def _manages(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«Кластером управляет X», «X — управляющая компания кластера»."""
    cues = find_cue(sentence, "manage") + [t for t in find_cue(sentence, "managing_body") if _qualifies_body(t)]
    clusters = {hit.id: hit for hit in scene.bodies(sentence) if hit.id.startswith("clu")}
    managers = [hit for hit in scene.hits("organizations", sentence) if not _is_aside(scene, hit)]
    if not cues or not clusters or not managers:
        return
    manager = min(managers, key=lambda hit: abs(hit.start - cues[0].idx))
    for cluster in clusters.values():
        roles = {"subject": manager.id, "object": cluster.id}
        yield _draft(scene, FactKind.MANAGES, roles, cues[0], "manages_cluster")


def _qualifies_body(token: Token) -> bool:
    following = token.nbor(1).lemma_ if token.i + 1 < len(token.doc) else ""
    return token.lemma_ == "оператор" or following in {"организация", "компания", "структура"}


def _draft(scene: Scene, kind: FactKind, roles: dict[str, str], cue: Token, rule: str) -> Draft:
    status = scene.status(cue.sent, cue.idx, cue.idx + len(cue))
    return Draft(kind, roles, status, cue.sent, rule)
