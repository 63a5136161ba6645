"""Who holds a number of things: the container, the maker or the visited one that the words around the number name."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.link._amount_nouns import actor_told
from pipeline.link._clauses import clause, is_verb
from pipeline.link._counts import Count
from pipeline.link._cues import cue, find
from pipeline.link._features import feature, is_finite
from pipeline.link._grammar import case_of, preposition_of
from pipeline.link._plain_words import plain_words
from pipeline.link._registers import register_name
from pipeline.link.scene import Hit, Scene, before

_WITHIN = frozenset({"в", "во", "на"})


class Holder(NamedTuple):
    """A local id or plain words, and the rule that found it."""

    subject: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the ways look at: the number, what it counts and its clause, with the bodies and places of the clause."""

    scene: Scene
    sentence: Span
    count: Count
    counted: Token
    words: list[Token]
    bodies: list[Hit]
    grounds: list[Hit]

    @property
    def start(self) -> int:
        """The offset of the number."""
        return self.scene.doc[self.count.start].idx


def holder_of(scene: Scene, sentence: Span, count: Count, counted: tuple[Token, str]) -> Holder | None:
    """Find the holder of a number of things of a class, by the first way that knows it."""
    token, kind = counted
    start = scene.doc[count.start].idx
    words = clause(sentence, start, token.idx + len(token))
    bodies = [h for h in scene.bodies(sentence) if not scene.inside_post(h) and not h.start <= token.idx < h.stop]
    sight = _Sight(scene, sentence, count, token, words, bodies, scene.grounds(sentence))
    return next((holder for way in _WAYS[kind] if (holder := way(sight)) is not None), None)


def size_holder(scene: Scene, sentence: Span, count: Count, nouns: frozenset[str]) -> tuple[Token, Holder] | None:
    """«Число резидентов «Звезды» достигнет 40»: the counted noun stands before the number, its holder behind it."""
    words = clause(sentence, scene.doc[count.start].idx, scene.doc[count.stop - 1].idx + 1)
    for head in find(words, "registry"):
        if feature(head, "Case") == "Nom" and any(t.lemma_ in cue("holding") for t in words if t.i > head.i):
            return _registered_noun(head), Holder(register_name(scene, head), "size_of_register")
    for head in find(words, "size"):
        counted = next((t for t in words if head.i < t.i <= head.i + 3 and t.lemma_ in nouns), None)
        if counted is None or counted.i > count.start:
            continue
        holders = [*scene.bodies(sentence), *scene.grounds(sentence)]
        after = [
            hit for hit in sorted(holders) if counted.idx + len(counted) <= hit.start <= scene.doc[count.start].idx
        ]
        if after:
            return counted, Holder(after[0].id, "size_told")
    return None


def _registered_noun(head: Token) -> Token:
    """What a register counts: «реестр кластеров» → «кластеров»; itself where it does not say."""
    behind = [t for t in head.doc[head.i + 1 : head.i + 4] if t.pos_ == "NOUN"]
    return behind[0] if behind else head


def _owned(sight: _Sight) -> Holder | None:
    """«63 участника кластера»: the holder stands right behind what is counted."""
    stop = sight.counted.idx + len(sight.counted) + len(sight.counted.whitespace_)
    direct = [hit for hit in sight.bodies if _at(sight.scene, hit, stop) and case_of(sight.scene, hit) in {"Gen", ""}]
    return Holder(direct[0].id, "members_of") if direct else None


def _labelled(sight: _Sight) -> Holder | None:
    """«Кластер «Вега»: 84 организации»."""
    marks = [t for t in sight.sentence if t.text in {":", "—"} and t.i == sight.count.start - 1]
    named = before([hit for hit in sight.bodies if hit.id.startswith("clu")], marks[0].idx) if marks else None
    if named is None:
        return None
    since = [t for t in sight.sentence if named.stop <= t.idx < marks[0].idx]
    return None if any(is_verb(t) or t.text == ";" for t in since) else Holder(named.id, "labelled")


def _of_members(sight: _Sight) -> Holder | None:
    """«Резидентами «Звезды» стали 46 компаний»."""
    for noun in find(sight.words, "participant"):
        stop = noun.idx + len(noun) + len(noun.whitespace_)
        direct = [hit for hit in sight.bodies if _at(sight.scene, hit, stop)]
        if direct and noun.i < sight.count.start:
            return Holder(direct[0].id, "members_of")
    return None


def _registered(sight: _Sight) -> Holder | None:
    """«В реестре осталось 54 кластера»."""
    if sight.counted.lemma_ != "кластер":
        return None
    heads = [t for t in find(sight.words, "registry") if t.i > 0 and t.nbor(-1).lower_ in _WITHIN]
    return Holder(register_name(sight.scene, heads[0]), "held_by_register") if heads else None


def _within(sight: _Sight) -> Holder | None:
    """«В кластере 27 предприятий», «в области заготовили …»: what «в» or «на» stands before; bodies before places."""
    for hits in (sight.bodies, sight.grounds):
        inside = [hit for hit in hits if _in_clause(sight, hit) and preposition_of(sight.scene, hit) in _WITHIN]
        if inside:
            return Holder(min(inside, key=lambda hit: abs(hit.start - sight.start)).id, "held_within")
    return None


def _pronoun(sight: _Sight) -> Holder | None:
    """«В нём 22 организации», «его 58 участников», «который объединяет 14 хозяйств»: the cluster named last."""
    for token in sight.words:
        if token.i >= sight.count.start and token.lemma_ != "который":
            continue
        within = token.i > 0 and token.nbor(-1).lower_ in _WITHIN and token.lower_ in {"нём", "нем", "него"}
        owner = token.lower_ == "его" and token.i in {sight.count.start - 1, sight.counted.i - 1}
        relative = token.lemma_ == "который" and any(t.lemma_ in cue("holding") for t in sight.words)
        if within or owner or relative:
            found = sight.scene.antecedent_cluster(token.idx, sight.sentence)
            return Holder(found.id, "held_by_antecedent") if found else None
    return None


def _members_do(sight: _Sight) -> Holder | None:
    """«Его участники заготовили 9,6 млн кубометров»: the cluster named last."""
    for noun in find(sight.words, "participant"):
        owned = noun.i > 0 and noun.nbor(-1).lower_ in {"его", "её", "ее"} and noun.i < sight.count.start
        if owned and feature(noun, "Case") == "Nom":
            found = sight.scene.antecedent_cluster(noun.idx, sight.sentence)
            return Holder(found.id, "members_of_antecedent") if found else None
    return None


def _measured(sight: _Sight) -> Holder | None:
    """«Мощность завода — 250 тысяч кубометров», «корпус площадью 13 тыс. кв. м»."""
    for noun in [t for t in find(sight.words, "measure") if t.i < sight.count.start]:
        if noun.i == sight.count.start - 1 and feature(noun, "Case") == "Ins":
            return _thing(sight, noun.i - 1, "measure_of_thing")
        if noun.i + 1 < sight.count.start and feature(noun.nbor(1), "Case") == "Gen" and feature(noun, "Case") == "Nom":
            return _thing(sight, noun.i + 1, "measure_of_thing")
    return None


def _thing(sight: _Sight, index: int, rule: str) -> Holder | None:
    """The body at a token, else its noun with the adjectives before it as plain words."""
    noun = sight.scene.doc[index]
    body = next((hit for hit in sight.bodies if hit.start <= noun.idx < hit.stop), None)
    if body is not None:
        return Holder(body.id, rule)
    if noun.lemma_ not in cue("facility"):
        return None
    phrase = [noun, *takewhile(lambda t: t.pos_ == "ADJ", reversed(sight.scene.doc[sight.sentence.start : noun.i]))]
    return Holder(plain_words(sight.scene, phrase[-1].idx, noun.idx + len(noun)), rule)


def _counting(sight: _Sight) -> Holder | None:
    """«Кластер насчитывает 64 компании», «вырос до 92 участников»."""
    verbs = find(sight.words, "holding") + [t for t in sight.words if t.lower_.startswith("вырос")]
    return _nominative_before(sight, "holder_counts") if verbs else None


def _doing(sight: _Sight) -> Holder | None:
    """«Фонд выдал девять займов»: the subject of the clause's verb, before the number."""
    verbs = [t for t in sight.words if is_verb(t) and is_finite(t) and t.i < sight.count.start]
    if feature(sight.counted, "Case") in {"Ins", "Dat", "Loc"}:
        return None
    return _nominative_before(sight, "maker_counts") if verbs and _governs(sight, verbs[-1]) else None


def _plain_actor(sight: _Sight) -> Holder | None:
    """«Делегация заключила 18 соглашений»: a maker that is no entity, as plain words."""
    words = [t for t in sight.words if t.i < sight.count.start]
    verbs = [t for t in words if is_verb(t) and is_finite(t)]
    if not verbs or not _governs(sight, verbs[-1]) or feature(sight.counted, "Case") in {"Ins", "Dat", "Loc"}:
        return None
    actor = actor_told(sight.scene, sight.sentence, words)
    return Holder(actor, "maker_in_plain_words") if actor else None


def _governs(sight: _Sight, verb: Token) -> bool:
    """Nothing between verb and number that could have the number for itself: «контракт на 10 вагонов»."""
    between = [t for t in sight.words if verb.i < t.i < sight.count.start]
    if between and between[-1].lower_ in {"на", "по", "для", "за"}:
        return False
    free = [t for t in between if t.pos_ == "NOUN" and not any(b.pos_ == "ADP" for b in between if 0 < t.i - b.i <= 2)]  # noqa: PLR2004
    return all(feature(t, "Case") in {"Dat", "Loc"} for t in free)


def _nominative_before(sight: _Sight, rule: str) -> Holder | None:
    holders = [hit for hit in (*sight.bodies, *sight.grounds) if _in_clause(sight, hit) and hit.stop <= sight.start]
    subjects = [
        hit for hit in holders if case_of(sight.scene, hit) in {"Nom", ""} and not preposition_of(sight.scene, hit)
    ]
    return Holder(max(subjects).id, rule) if subjects else None


def _visited(sight: _Sight) -> Holder | None:
    """«Бурятию посетили 1,24 млн туристов»."""
    if not find(sight.words, "visiting"):
        return None
    seen = [hit for hit in (*sight.bodies, *sight.grounds) if _in_clause(sight, hit) and hit.stop <= sight.start]
    return Holder(seen[-1].id, "visited") if seen else None


def _at_event(sight: _Sight) -> Holder | None:
    """«На форуме ожидается 300 участников»: the event of the sentence or the one before it."""
    if not find(sight.words, "gathering"):
        return None
    earlier = sight.scene.sentence_before(sight.sentence)
    here = sight.scene.hits("events", sight.sentence)
    found = here or (sight.scene.hits("events", earlier) if earlier else [])
    return Holder(found[0].id, "gathered_at_event") if found else None


def _capacity(sight: _Sight) -> Holder | None:
    """«Гостиница на 180 мест»: the noun before «на»."""
    at = sight.count.start - 1
    if at <= sight.sentence.start or sight.scene.doc[at].lower_ != "на" or sight.counted.lemma_ not in cue("capacity"):
        return None
    return _thing(sight, at - 1, "capacity_of_facility")


def _at(scene: Scene, hit: Hit, offset: int) -> bool:
    """Tell whether a hit begins at an offset, a quotation mark left out of it or not."""
    return hit.start == offset or (hit.start == offset + 1 and scene.doc.text[offset] == "«")


def _in_clause(sight: _Sight, hit: Hit) -> bool:
    return sight.words[0].idx <= hit.start <= sight.words[-1].idx


_Way = Callable[[_Sight], Holder | None]
_MEMBERS: tuple[_Way, ...] = (_registered, _owned, _of_members, _labelled, _at_event, _pronoun, _within, _counting)
_WAYS: dict[str, tuple[_Way, ...]] = {
    "member": _MEMBERS,
    "visitor": (_at_event, _visited, _counting, _within),
    "person": (_visited,),
    "output": (_capacity, _members_do, _doing, _plain_actor),
    "unit": (_measured, _capacity, _members_do, _doing, _plain_actor, _within),
}
