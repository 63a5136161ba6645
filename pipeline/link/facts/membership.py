"""participates_in: who belongs to a cluster, and who takes part in an event."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.fact import FactKind
from pipeline.link._clauses import clause
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._enumeration import row_after, row_before
from pipeline.link._features import feature, is_finite
from pipeline.link.scene import Draft, Hit, Scene, after, before

_PRONOUNS = frozenset({"него", "нём", "нем"})
_INTO = frozenset({"в", "во"})
_DASHES = frozenset({"—", "–", ":"})


class _Joining(NamedTuple):
    """Members found around a deciding word, and what they belong to."""

    members: list[Hit]
    whole: str
    word: Token
    rule: str
    support: str | None = None  # who only supports them


def find(scene: Scene) -> Iterator[Draft]:
    """Try each way of saying it on each sentence; who joins the same whole by two ways is told once."""
    for sentence in scene.sentences():
        told: set[tuple[str, str]] = set()
        for joining in (joining for way in _WAYS for joining in way(scene, sentence)):
            word = joining.word
            status = scene.status(sentence, word.idx, word.idx + len(word))
            for member in joining.members:
                if member.id != joining.whole and (member.id, joining.whole) not in told:
                    told.add((member.id, joining.whole))
                    roles = {"subject": member.id, "object": joining.whole}
                    roles |= {"support": joining.support} if joining.support else {}
                    date = scene.date_in(sentence, word.idx)
                    yield Draft(FactKind.PARTICIPATES_IN, roles, status, sentence, joining.rule, date)


def _members(scene: Scene, sentence: Span) -> list[Hit]:
    """Organizations that may be members: not those that only stand in somebody's post."""
    named = [hit for hit in scene.bodies(sentence) if hit.id.startswith("org")]
    return [hit for hit in named if not scene.inside_post(hit)]


def _entering(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«X входит в кластер», «в него вошли X, Y и Z»."""
    for verb in [t for t in find_cue(sentence, "enter") + find_cue(sentence, "admit") if t.pos_ == "VERB"]:
        cluster = _entered_cluster(scene, sentence, verb)
        if cluster is None or find_cue(clause(sentence, verb.idx, verb.idx + len(verb)), "registry"):
            continue
        names = _members(scene, sentence)
        first = verb.idx > cluster.start
        direct = [] if first else row_before(scene, names, verb.idx)
        members = direct or row_after(scene, names, max(verb.idx + len(verb), cluster.stop if not first else 0))
        if not first and not direct and verb.lemma_ not in cue("admit"):
            members = []
        yield _Joining([*members, *_instances(scene, sentence, names)], cluster.id, verb, "enters_cluster")


def _entered_cluster(scene: Scene, sentence: Span, verb: Token) -> Hit | None:
    """The cluster behind «в» beside the verb, named or meant: «в кластер», «в него»."""
    near = [h for h in scene.bodies(sentence) if h.id.startswith("clu") and _behind(scene, h)]
    near = [h for h in near if abs(_distance(scene, h, verb)) <= 8]  # noqa: PLR2004 - «планируют войти 14 фабрик»
    if near:
        return min(near, key=lambda hit: abs(hit.start - verb.idx))
    for token in sentence:
        if token.lower_ in _PRONOUNS and token.i > 0 and token.nbor(-1).lower_ in _INTO and abs(token.i - verb.i) <= 2:  # noqa: PLR2004
            found = scene.antecedent_cluster(token.idx, sentence)
            return Hit(token.idx, token.idx + len(token), found.id) if found else None
    return None


def _behind(scene: Scene, hit: Hit) -> bool:
    token = scene.spans_between(hit.start, hit.stop)[0]
    while token.i > 0 and token.nbor(-1).pos_ == "ADJ":
        token = token.nbor(-1)
    return token.i > 0 and token.nbor(-1).lower_ in _INTO


def _distance(scene: Scene, hit: Hit, verb: Token) -> int:
    span = scene.spans_between(hit.start, hit.stop)
    return span.start - verb.i if span.start > verb.i else verb.i - span.end


def _instances(scene: Scene, sentence: Span, names: list[Hit]) -> list[Hit]:
    """«…, среди которых X и Y», «в том числе X»."""
    for token in sentence:
        following = sentence.doc[token.i : token.i + 3].text.lower()
        if following.startswith("среди которых") or following == "в том числе":
            stop = token.i + (2 if following.startswith("среди") else 3)
            return row_after(scene, names, sentence.doc[stop - 1].idx + len(sentence.doc[stop - 1]))
    return []


def _listed(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«Резиденты кластера — X и Y», «X — резидент кластера»."""
    for noun in find_cue(sentence, "member"):
        cluster = _owner(scene, sentence, noun)
        dash = next((t for t in sentence if t.text in _DASHES and t.i > noun.i), None)
        earlier = next((t for t in sentence if t.text in _DASHES and 0 < noun.i - t.i <= 2), None)  # noqa: PLR2004
        names = _members(scene, sentence)
        if cluster is None or feature(noun, "Case") != "Nom":
            continue
        if dash is not None and dash.idx - max(noun.idx, cluster.stop) <= 3:  # noqa: PLR2004
            yield _Joining(row_after(scene, names, dash.idx + 1), cluster.id, noun, "member_list")
        elif earlier is not None:
            yield _Joining(row_before(scene, names, earlier.idx), cluster.id, noun, "named_member")


def _becoming(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«X стал резидентом кластера», «резидентами кластера станут X и Y»."""
    for noun in [t for t in find_cue(sentence, "member") if feature(t, "Case") == "Ins"]:
        cluster = _owner(scene, sentence, noun)
        words = clause(sentence, noun.idx, noun.idx + len(noun))
        verb = next((t for t in words if t.lemma_ in cue("linking") and t.text not in _DASHES), None)
        if cluster is None or verb is None:
            continue
        names = _members(scene, sentence)
        row = row_before(scene, names, verb.idx) or row_after(scene, names, max(verb.idx + len(verb), cluster.stop))
        yield _Joining(row, cluster.id, verb, "becomes_member")


def _owner(scene: Scene, sentence: Span, noun: Token) -> Hit | None:
    """The cluster right behind a noun: «резидент кластера «Вега»»."""
    stop = noun.idx + len(noun) + 1
    hits = [h for h in scene.bodies(sentence) if h.id.startswith("clu") and stop <= h.start]
    first = after(hits, stop)
    gap = scene.text[stop : first.start] if first else ""
    return first if first and len(gap.split()) <= 2 and not set(gap) & set(",.;:—") else None  # noqa: PLR2004


def _anchored(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«Якорем станет X», «якорный участник — X», «якорная организация — X»."""
    for noun in find_cue(sentence, "anchor"):
        link = next((t for t in sentence.doc[noun.i + 1 : noun.i + 6] if _links(t)), None)
        cluster = before([h for h in scene.bodies(sentence) if h.id.startswith("clu")], noun.idx)
        cluster = _owner(scene, sentence, noun) or cluster or scene.antecedent_cluster(noun.idx, sentence)
        if link is not None and cluster is not None:
            row = row_after(scene, _members(scene, sentence), link.idx + len(link), 4)
            yield _Joining(row, cluster.id, noun, "anchor_of_cluster")


def _links(token: Token) -> bool:
    return token.text in _DASHES or token.lemma_ in cue("linking")


def _founded(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«Кластер учредили X, Y и Z», «X вместе с Y учредил кластер»."""
    for verb in find_cue(sentence, "found"):
        clusters = [h for h in scene.bodies(sentence) if h.id.startswith("clu")]
        cluster = (
            before(clusters, verb.idx) or after(clusters, verb.idx) or scene.antecedent_cluster(verb.idx, sentence)
        )
        if cluster is None or feature(verb, "VerbForm") != "Fin":
            continue
        names = [hit for hit in scene.bodies(sentence) if hit.id.startswith("org")]
        row = row_after(scene, names, verb.idx + len(verb)) or _together(scene, names, verb)
        yield _Joining(row, cluster.id, verb, "founders_of_cluster")


def _together(scene: Scene, names: list[Hit], verb: Token) -> list[Hit]:
    """«X, которое вместе с Y учредило»: both."""
    ahead = [hit for hit in names if hit.stop <= verb.idx]
    between = scene.text[ahead[-2].stop : verb.idx] if len(ahead) > 1 else ""
    return ahead[-2:] if "вместе с" in between else ahead[-1:]


def _forming(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«X вместе с другими образует кластер»."""
    for verb in [t for t in sentence if t.lemma_ in {"образовать", "образовывать", "составить", "составлять"}]:
        cluster = after(scene.hits("clusters", sentence), verb.idx)
        if cluster is not None and is_finite(verb):
            last = before(_members(scene, sentence), verb.idx)
            yield _Joining([last] if last else [], cluster.id, verb, "forms_cluster")


def _attending(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«В форуме участвуют X и Y», «среди участников — X», at the event of this sentence or the one before."""
    event = _event(scene, sentence)
    if event is None:
        return
    names = _members(scene, sentence)
    for verb in [t for t in find_cue(sentence, "take_part") if is_finite(t)]:
        row = row_before(scene, names, verb.idx) or row_after(scene, names, verb.idx + len(verb))
        yield _Joining([*row, *_instances(scene, sentence, names)], event.id, verb, "takes_part_in_event")
    if names and not find_cue(sentence, "enter"):
        for noun in [t for t in find_cue(sentence, "participant") if t.i > 0 and t.nbor(-1).lower_ == "среди"]:
            yield _Joining(row_after(scene, names, noun.idx + len(noun) + 3), event.id, noun, "among_participants")


def _exhibiting(scene: Scene, sentence: Span) -> Iterator[_Joining]:
    """«Экспозицию организовали X и Y при поддержке Z»: the organizers, not who supports."""
    event = _event(scene, sentence)
    verbs = [t for t in find_cue(sentence, "organize") if is_finite(t)]
    if event is None or not verbs or not find_cue(sentence, "exhibit"):
        return
    names = _members(scene, sentence)
    row = row_after(scene, names, verbs[0].idx + len(verbs[0])) or row_before(scene, names, verbs[0].idx)
    supporting = next(
        (t for t in sentence if t.lemma_ in {"поддержка", "содействие"} and t.nbor(-1).lower_ == "при"), None
    )
    support = after(names, supporting.idx) if supporting is not None else None
    yield _Joining(row, event.id, verbs[0], "organizes_exposition", support.id if support else None)


def _event(scene: Scene, sentence: Span) -> Hit | None:
    """The event of a sentence, else of the two sentences before it."""
    looked: Span | None = sentence
    for _ in range(3):
        hits = scene.hits("events", looked) if looked is not None else []
        if hits:
            return hits[0]
        looked = scene.sentence_before(looked) if looked is not None else None
    return None


_WAYS: tuple[Callable[[Scene, Span], Iterator[_Joining]], ...] = (
    _entering,
    _listed,
    _becoming,
    _anchored,
    _founded,
    _forming,
    _exhibiting,
    _attending,
)
