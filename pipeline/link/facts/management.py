"""manages: who runs, coordinates or owns a cluster or a body."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._enumeration import row_after
from pipeline.link._features import feature, is_finite
from pipeline.link.scene import Draft, Hit, Scene, after, before

_BODY_WORDS = frozenset({"организация", "компания", "структура"})
_DASHES = frozenset({"—", "–"})


class _Rule(NamedTuple):
    """A manager, what it manages, and the deciding word."""

    manager: str
    managed: list[str]
    word: Token
    rule: str


def find(scene: Scene) -> Iterator[Draft]:
    """Try each way of saying it on each sentence."""
    for sentence in scene.sentences():
        told: set[tuple[str, str]] = set()
        for found in (found for way in _WAYS for found in way(scene, sentence)):
            status = scene.status(sentence, found.word.idx, found.word.idx + len(found.word))
            for managed in found.managed:
                if managed != found.manager and (found.manager, managed) not in told:
                    told.add((found.manager, managed))
                    roles = {"subject": found.manager, "object": managed}
                    yield Draft(FactKind.MANAGES, roles, status, sentence, found.rule)


def _managing(scene: Scene, sentence: Span) -> Iterator[_Rule]:
    """«Кластером управляет X», «управлять объединением будет X»."""
    for verb in [t for t in find_cue(sentence, "manage") if t.pos_ == "VERB" and feature(t, "VerbForm") != "Part"]:
        infinitive = feature(verb, "VerbForm") == "Inf"  # «управлять, как ожидается, будет X»
        words = (
            [t for t in sentence if t.i >= verb.i] if infinitive else clause(sentence, verb.idx, verb.idx + len(verb))
        )
        inside = [h for h in scene.bodies(sentence) if words[0].idx <= h.start <= words[-1].idx]
        clusters = [h for h in inside if h.id.startswith("clu")]
        managed = min(clusters, key=lambda hit: abs(hit.start - verb.idx), default=None)
        managed = managed or _pronoun(scene, sentence, words)
        manager = _nearest_manager(scene, inside, verb)
        if managed and manager:
            yield _Rule(manager.id, [managed.id], verb, "manages_cluster")


def _pronoun(scene: Scene, sentence: Span, words: list[Token]) -> Hit | None:
    meant = next((t for t in words if t.lower_ == "им" or t.lemma_ in {"который", "объединение"}), None)
    return scene.antecedent_cluster(meant.idx, sentence) if meant else None


def _nearest_manager(scene: Scene, bodies: list[Hit], verb: Token) -> Hit | None:
    managers = [h for h in bodies if h.id.startswith("org") and not scene.inside_post(h)]
    return after(managers, verb.idx) or before(managers, verb.idx)


def _managing_body(scene: Scene, sentence: Span) -> Iterator[_Rule]:
    """«Управляющая компания кластера — X», «X станет специализированной организацией кластеров: A и B»."""
    for cue_word in [t for t in sentence if _qualifies_body(t)]:
        noun = cue_word if cue_word.lemma_ in {"оператор", "координатор"} else cue_word.nbor(1)
        managed = _managed_by(scene, sentence, cue_word, noun)
        manager = _manager_beside(scene, sentence, cue_word, noun)
        if managed and manager:
            yield _Rule(manager.id, managed, cue_word, "managing_body_of_cluster")


def _managed_by(scene: Scene, sentence: Span, cue_word: Token, noun: Token) -> list[str]:
    """The clusters behind the words, or the one before that «его» means."""
    clusters = [h for h in scene.bodies(sentence) if h.id.startswith("clu")]
    named = [h for h in scene.hits("clusters", sentence) if h.start > noun.idx]
    behind = row_after(scene, named or clusters, noun.idx + len(noun))
    colon = next((t for t in sentence if t.text == ":" and t.i > noun.i), None)
    listed = row_after(scene, named, colon.idx + 1) if colon is not None and not behind else []
    if behind or listed:
        return [hit.id for hit in (behind or listed)]
    if cue_word.i > 0 and cue_word.nbor(-1).lower_ == "его":
        found = scene.antecedent_cluster(cue_word.idx, sentence)
        return [found.id] if found else []
    return []


def _manager_beside(scene: Scene, sentence: Span, cue_word: Token, noun: Token) -> Hit | None:
    """The organization behind a dash, a comma or «стала», else the one before the words."""
    managers = [h for h in scene.bodies(sentence) if h.id.startswith("org") and not scene.inside_post(h)]
    managers = [h for h in managers if not h.start <= noun.idx < h.stop]
    behind = after(managers, noun.idx)
    if behind is not None:
        gap = scene.spans_between(noun.idx + len(noun), behind.start)
        if any(t.text in {*_DASHES, ","} or t.lemma_ in cue("linking") or t.lemma_ == "назначить" for t in gap):
            return behind
    return before(managers, cue_word.idx)


def _qualifies_body(token: Token) -> bool:
    following = token.nbor(1).lemma_ if token.i + 1 < len(token.doc) else ""
    adjective = token.lemma_ in cue("managing_body") or token.lower_.startswith("управляющ")
    return token.lemma_ in {"оператор", "координатор"} or (adjective and following in _BODY_WORDS)


def _owning(scene: Scene, sentence: Span) -> Iterator[_Rule]:
    """«Предприятием владеет X», «X владеет заводом Y»."""
    for verb in [t for t in sentence if t.lemma_ == "владеть" and is_finite(t)]:
        words = clause(sentence, verb.idx, verb.idx + len(verb))
        inside = [h for h in scene.bodies(sentence) if words[0].idx <= h.start <= words[-1].idx]
        ahead, behind = before(inside, verb.idx), after(inside, verb.idx)
        if ahead and behind and _case(scene, ahead) == "Ins":
            yield _Rule(behind.id, [ahead.id], verb, "owns_body")
        elif ahead and behind and not scene.inside_post(ahead):
            yield _Rule(ahead.id, [behind.id], verb, "owns_body")


def _case(scene: Scene, hit: Hit) -> str:
    head = next((t for t in scene.spans_between(hit.start, hit.stop) if t.pos_ == "NOUN"), None)
    return feature(head, "Case") if head is not None else ""


_WAYS: tuple[Callable[[Scene, Span], Iterator[_Rule]], ...] = (_managing, _managing_body, _owning)
