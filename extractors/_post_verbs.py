"""Posts told by verbs: «назначен министром», «занял пост директора», «возглавляет фонд».

The verbs and the tenure they tell stand in `lexicon/post_verbs.tsv`. Knows nothing of apposition, which is the
business of `extractors._post_holders`.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractors import _model as model
from extractors._lexicon import table
from extractors._model import TenureStatus
from extractors._names_at import names_from
from extractors._post_antecedents import object_of
from extractors._post_heads import case_of, post_words
from extractors._post_holders import Holding, case_of_name, nearest
from extractors._posts import Post

_FARTHEST = 14
_LEADER = {"leads": "глава", "heads": "руководитель"}
_OBJECT_CASES = {"leads": {"accs", "nomn", None}, "heads": {"ablt", None}}


@cache
def _verbs() -> dict[tuple[str, str], TenureStatus]:
    return {(row["verb"], row["role"]): TenureStatus(row["status"]) for row in table("post_verbs")}


def is_verb(token: Token, role: str) -> bool:
    """Tell whether a token is a verb of a role that states a fact."""
    return (token.lemma_, role) in _verbs() and _is_actual(token)


def by_verbs(doc: Doc, posts: list[Post]) -> Iterator[Holding]:
    """Tie to a name the posts that a verb gives or takes; `posts` are those that no name stands beside."""
    for post in posts:
        holding = _as_seat(doc, post) or _as_instrumental(doc, post)
        if holding is not None:
            yield holding


def _as_instrumental(doc: Doc, post: Post) -> Holding | None:
    """Read «назначен министром», «министром стала», «работал директором»."""
    if post.case != "ablt" and not (post.case is None and _has_verb_before(doc, post)):
        return None
    for role in ("holder", "worked", "leaver"):
        verb = _verb(doc, post, role)
        person = _holder(doc, verb, post) if verb is not None else None
        if verb is not None and person is not None:
            return Holding(post, person, "post_by_verb", _status(verb, role, post))
    return None


def _has_verb_before(doc: Doc, post: Post) -> bool:
    return post.start > 0 and any((doc[post.start - 1].lemma_, role) in _verbs() for role in ("holder", "worked"))


def _as_seat(doc: Doc, post: Post) -> Holding | None:
    """Read «занял пост директора», «с должности министра уволен»."""
    seat = next((i for i in (post.start - 1, post.start - 2) if i >= 0 and _is_seat(doc[i])), None)
    if seat is None or post.case not in {"gent", None}:
        return None
    verb = _verb(doc, post, "seat")
    person = _holder(doc, verb, post) if verb is not None else None
    if verb is None or person is None:
        return None
    return Holding(post, person, "seat_of_post", _status(verb, "seat", post))


def _is_seat(token: Token) -> bool:
    return token.lemma_ in post_words("place_of_post")


def _status(verb: Token, role: str, post: Post) -> TenureStatus:
    """Tell the tenure: what the post's own words say first, then the verb; a past «работал» is over."""
    if post.status is not TenureStatus.CURRENT:
        return post.status
    status = _verbs()[verb.lemma_, role]
    is_past = "Past" in verb.morph.get("Tense", [])
    return TenureStatus.FORMER if status is TenureStatus.CURRENT and is_past else status


def _verb(doc: Doc, post: Post, role: str) -> Token | None:
    """Give the nearest verb of a role in the sentence of a post; none that is denied or only possible."""
    head = doc[post.head]
    verbs = [
        token
        for token in head.sent
        if (token.lemma_, role) in _verbs()
        and not post.start <= token.i < post.stop
        and abs(token.i - head.i) <= _FARTHEST
        and _is_actual(token)
    ]
    return min(verbs, key=lambda token: abs(token.i - head.i), default=None)


def _is_actual(verb: Token) -> bool:
    if "Inf" in verb.morph.get("VerbForm", []) or verb.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    return verb.i == 0 or verb.nbor(-1).lower_ not in {"не", "бы", "мог", "может"}


def _holder(doc: Doc, verb: Token, post: Post) -> Span | None:
    """Give the name nearest to the verb in its sentence: its object where one is appointed, its subject otherwise."""
    near = [
        span
        for span in names_from(doc, "persons", verb.sent.start, verb.sent.end)
        if not post.start <= span.start < post.stop
    ]
    active = "Act" in verb.morph.get("Voice", [])
    wanted = {"accs", "gent", None} if active and (verb.lemma_, "transitive") in _verbs() else {"nomn", None}
    return nearest(verb, [span for span in near if case_of_name(span) in wanted])


def leaders(doc: Doc) -> Iterator[Holding]:
    """Read «возглавляет фонд Анна Быстрова», «Анна Быстрова, руководящая фондом»."""
    for verb in doc:
        role = next((role for role in _LEADER if (verb.lemma_, role) in _verbs()), None)
        if role is None or verb.pos_ != "VERB" or not _is_actual(verb):
            continue
        body = _body(doc, verb, role)
        if body is None:
            continue
        post = _leadership(verb, role, body)
        person = _holder(doc, verb, post)
        if person is not None:
            yield Holding(post, person, "leads_body", post.status)


def _body(doc: Doc, verb: Token, role: str) -> model.Span | None:
    """Give the body that a verb governs: right after it, or right before it where the name follows."""
    if (meant := object_of(doc, verb)) is not None:
        return meant
    first, last = verb.sent.start, verb.sent.end
    spans = [span for key in ("organizations", "places") for span in names_from(doc, key, first, last)]
    near = [span for span in spans if 0 <= span.start - verb.i - 1 <= 1 or 0 <= verb.i - span.end <= 1]
    fitting = [span for span in near if case_of(span[0]) in _OBJECT_CASES[role]]
    best = min(fitting, key=lambda span: (span.start < verb.i, abs(span.start - verb.i), -len(span)), default=None)
    return None if best is None else model.Span(best.start_char, best.end_char)


def _leadership(verb: Token, role: str, scope: model.Span) -> Post:
    status = _verbs()[verb.lemma_, role]
    if status is TenureStatus.CURRENT and "Past" in verb.morph.get("Tense", []):
        status = TenureStatus.FORMER
    printed = model.Span(verb.idx, verb.idx + len(verb))
    body = verb.doc.char_span(scope.start, scope.stop, alignment_mode="expand")
    start, stop = verb.i, verb.i + 1
    if body is not None and verb.sent.start == body.sent.start:
        start, stop = min(start, body.start), max(stop, body.end)
    return Post(start, stop, verb.i, _LEADER[role], printed, scope, (scope,), status, None, plural=False, kind="body")
