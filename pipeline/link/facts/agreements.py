"""agreement_signed: an agreement, who signs it, where and when, and who tells of it."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.fact import FactKind, FactStatus
from pipeline.link._clauses import clause, part
from pipeline.link._cues import cue
from pipeline.link._cues import find as find_cue
from pipeline.link._enumeration import row_after, row_before
from pipeline.link._features import feature, is_finite
from pipeline.link._grammar import preposition_of
from pipeline.link.scene import Draft, Hit, Scene, before

_WITH = frozenset({"", "с", "со", "между"})
_REFERRING = frozenset({"документ", "он"})


def find(scene: Scene) -> Iterator[Draft]:
    """State each sentence where an agreement is signed, or where two bodies come to terms."""
    for sentence in scene.sentences():
        signed = list(_signed(scene, sentence))
        yield from signed or _agreed(scene, sentence)


def _signed(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«Соглашение подписали X и Y», «документ подписан»; several signers give a fact for each pair with the first."""
    paper = _paper(scene, sentence)
    verb = _signing(sentence, paper) if paper else None
    if paper is None or verb is None:
        return
    parties = _parties(scene, sentence, verb)
    certain = verb.lemma_ not in cue("conclude") or parties
    if certain:
        yield from _drafts(scene, sentence, verb, {"agreement": paper}, parties)


def _paper(scene: Scene, sentence: Span) -> str | None:
    """The word for the agreement; «документ» and «его» stand for that of the sentence before."""
    named = _named_paper(sentence)
    if named is not None:
        return named
    earlier = scene.sentence_before(sentence)
    referring = [t for t in sentence if t.lemma_ in _REFERRING and feature(t, "Case") in {"Acc", "Nom"}]
    near = [t for t in referring if any(abs(t.i - v.i) <= 4 for v in find_cue(sentence, "sign"))]  # noqa: PLR2004
    return _named_paper(earlier) if near and earlier is not None else None


def _named_paper(sentence: Span) -> str | None:
    papers = find_cue(sentence, "agreement")
    roadmap = [t for t in sentence if t.lemma_ == "карта" and t.i > sentence.start and t.nbor(-1).lemma_ == "дорожный"]
    return papers[0].lemma_ if papers else "дорожная карта" if roadmap else None


def _signing(sentence: Span, paper: str) -> Token | None:
    """The signing verb nearest to the paper; «заключить», «подписание» count only beside it."""
    verbs = [t for t in find_cue(sentence, "sign") if t.lemma_ != "подписание"]
    words = [t for t in sentence if t.lemma_ == paper]
    close = [v for v in verbs if not words or min(abs(v.i - w.i) for w in words) <= 16]  # noqa: PLR2004
    return close[0] if close else None


def _agreed(scene: Scene, sentence: Span) -> Iterator[Draft]:
    """«X и Y договорились о …», «X договорился с Y о …»."""
    for verb in [t for t in find_cue(sentence, "agree") if is_finite(t)]:
        parties = _parties(scene, sentence, verb)
        if len(parties) > 1:
            yield from _drafts(scene, sentence, verb, {"agreement": "договорённость"}, parties)


def _drafts(scene: Scene, sentence: Span, verb: Token, roles: dict[str, str], parties: list[str]) -> Iterator[Draft]:
    named = {**roles, **_event(scene, sentence), **_source(scene, sentence)}
    status = scene.status(sentence, verb.idx, verb.idx + len(verb))
    if feature(verb, "VerbForm") == "Inf" and status is FactStatus.ACTUAL:
        status = FactStatus.PLANNED
    rule = "agreement_reached" if verb.lemma_ in cue("agree") else "agreement_signed"
    date, place = scene.date_in(sentence, verb.idx), scene.place_in(sentence, verb.idx)
    pairs = [{"subject": parties[0], "object": other} for other in parties[1:]]
    for pair in pairs or [{"subject": party} for party in parties[:1]] or [{}]:
        yield Draft(FactKind.AGREEMENT_SIGNED, {**named, **pair}, status, sentence, rule, date, place)


def _parties(scene: Scene, sentence: Span, verb: Token) -> list[str]:
    """Who signs: the row beside the verb, who stands behind «с», «который» for one named before, signers' bodies."""
    words = clause(sentence, verb.idx, verb.idx + len(verb))
    low, high = words[0].idx, words[-1].idx + len(words[-1])
    tellers = _tellers(sentence)
    named = [h for h in scene.bodies(sentence) if _may_sign(scene, h) and h.start < tellers]
    beside = [h for h in row_after(scene, named, verb.idx + len(verb)) if not preposition_of(scene, h)]
    inside = [h for h in named if low <= h.start < high and (preposition_of(scene, h) or _is_subject(scene, h))]
    relative = next((t for t in words if t.lemma_ == "который" and t.i < verb.i), None)
    meant = before(named, relative.idx) if relative is not None else None
    row = row_before(scene, inside, verb.idx)
    signers = [(h.start, h.id) for h in [*beside, *row, *inside, *([meant] if meant else [])]]
    return list(dict.fromkeys(party for _, party in sorted([*signers, *_officials(scene, sentence, verb, tellers)])))


def _officials(scene: Scene, sentence: Span, verb: Token, stop: int) -> list[tuple[int, str]]:
    """The bodies and territories of the officials of the verb's part of the sentence, but not of who tells of it."""
    stretch = part(sentence, verb.idx)
    others = [t.idx for t in stretch if is_finite(t) and t.i != verb.i]
    found = [
        (m.start, official.organization_id or official.place_id)
        for official in scene.officials
        for m in official.mentions
        if stretch.start_char <= m.start < min(stretch.end_char, stop) and _is_nominative(scene, m.start, m.stop)
    ]
    return [
        (start, body)
        for start, body in found
        if body is not None and not any(min(start, verb.idx) < other < max(start, verb.idx) for other in others)
    ]


def _is_nominative(scene: Scene, start: int, stop: int) -> bool:
    head = next((t for t in scene.spans_between(start, stop) if t.pos_ in {"NOUN", "PROPN"}), None)
    return head is None or feature(head, "Case") in {"Nom", ""}


def _may_sign(scene: Scene, hit: Hit) -> bool:
    """A party: no cluster, nobody's employer, nor a body behind another preposition («в банке», «о фонде»)."""
    return not hit.id.startswith("clu") and not scene.inside_post(hit) and preposition_of(scene, hit) in _WITH


def _is_subject(scene: Scene, hit: Hit) -> bool:
    """No complement of another noun: «президент банка»."""
    tokens = scene.spans_between(hit.start, hit.stop)
    head = next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"}), tokens[0])
    behind_noun = tokens.start > 0 and scene.doc[tokens.start - 1].pos_ == "NOUN"
    return not (feature(head, "Case") == "Gen" and behind_noun)


def _tellers(sentence: Span) -> int:
    """Where it begins to say who tells of it: «…, сообщили в компании»; the end of the sentence when nothing does."""
    told = [t for t in find_cue(sentence, "telling") if t.i > sentence.start and t.nbor(-1).text in {",", "—"}]
    return told[0].idx if told else sentence.end_char


def _event(scene: Scene, sentence: Span) -> dict[str, str]:
    hits = scene.hits("events", sentence)
    return {"event": hits[0].id} if hits else {}


def _source(scene: Scene, sentence: Span) -> dict[str, str]:
    """«Об этом сообщает …» right after names the source."""
    following = next((s for s in scene.sentences() if s.start >= sentence.end and s.text.strip()), None)
    if following is None or not following.text.startswith("Об этом"):
        return {}
    hits = scene.hits("organizations", following)
    return {"source": hits[0].id} if hits else {}
