"""Posts told by verbs: «назначен министром», «занял пост директора», «возглавляет фонд».

The verbs and the tenure they tell stand in `lexicon/post_verbs.tsv`. Knows nothing of apposition, which is the
business of `extractors._posts.holders`.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractors._lexicon import table
from extractors._model import Span, TenureStatus
from extractors._names_at import names_from
from extractors._posts.heads import post_words
from extractors._posts.holders import Holding, case_of_name, nearest
from extractors._posts.phrases import Post

_FARTHEST = 14
_NEAR = 6
_POSSESSIVES = frozenset({"его", "её", "ее", "их"})
_DUTY_CASES = {"duty_done": {"nomn", None}, "duty_given": {"accs", "gent", "datv", None}}


@cache
def verbs() -> dict[tuple[str, str], TenureStatus]:
    return {(row["verb"], row["role"]): TenureStatus(row["status"]) for row in table("post_verbs")}


def is_verb(token: Token, role: str) -> bool:
    """Tell whether a token is a verb of a role that states a fact."""
    return (token.lemma_, role) in verbs() and is_actual(token)


def by_verbs(doc: Doc, posts: list[Post]) -> Iterator[Holding]:
    """Tie to a name the posts that a verb gives or takes; `posts` are those that no name stands beside."""
    for named in posts:
        post = _where_one_goes(doc, named)
        holding = _as_duty(doc, post) or _as_seat(doc, post) or _as_instrumental(doc, post)
        if holding is not None:
            yield holding


def _where_one_goes(doc: Doc, post: Post) -> Post:
    """Give a post without a body that of «перейдёт в фонд советником» or «…, где займёт пост директора»."""
    if post.scope is not None:
        return post
    at, first = post.start - 1, doc[post.start].sent.start
    while at > first and doc[at].text != "," and post.start - at < _NEAR and doc[at].lower_ != "где":
        at -= 1
    stop = at - 1 if doc[at].lower_ == "где" else post.start
    body = next((s for s in names_from(doc, "organizations", first + 1, stop) if _reaches(s, stop)), None)
    if body is None or (stop == post.start and doc[body.start - 1].lower_ not in {"в", "во", "на"}):
        return post
    scope = Span(body.start_char, body.end_char)
    return post._replace(scope=scope, scopes=(scope,))


def _reaches(body: DocSpan, stop: int) -> bool:
    """Tell that a name ends here, or before the «и ЖКХ» that it was cut at."""
    rest = [token.text for token in body.doc[body.end : stop]] if body.end <= stop else [""]
    return not rest or (len(rest) == len("и ") and rest[0] == "и" and rest[1].isupper())


def _as_instrumental(doc: Doc, post: Post) -> Holding | None:
    """Read «назначен министром», «министром стала», «работал директором»."""
    if post.case != "ablt" and not (post.case is None and _has_verb_before(doc, post)):
        return None
    for role in ("holder", "worked", "leaver"):
        verb = _verb(doc, post, role)
        person = holder_of(doc, verb, post) if verb is not None else None
        if verb is not None and person is not None:
            return Holding(post, person, "post_by_verb", _status(verb, role, post))
    return None


def _has_verb_before(doc: Doc, post: Post) -> bool:
    return post.start > 0 and any((doc[post.start - 1].lemma_, role) in verbs() for role in ("holder", "worked"))


def _as_duty(doc: Doc, post: Post) -> Holding | None:
    """Read «обязанности директора исполняет …», «полномочия мэра возложены на …»: the holder acts."""
    if post.start == 0 or post.case not in {"gent", None} or doc[post.start - 1].lemma_ not in post_words("duty"):
        return None
    near = [token for token in doc[post.head].sent if abs(token.i - post.head) <= _FARTHEST]
    role = next((role for role in _DUTY_CASES for token in near if _does_duty(token, role)), None)
    after = names_from(doc, "persons", post.stop, post.stop + _FARTHEST + 1)
    within = [span for span in after if role and span.sent.start == doc[post.head].sent.start]
    person = next((span for span in within if case_of_name(span) in _DUTY_CASES[role or ""]), None)
    return None if person is None else Holding(post, person, "duties_of_post", TenureStatus.ACTING)


def _does_duty(token: Token, role: str) -> bool:
    """Tell «исполняет», «исполнять будет», «возложены»; not «исполняющий»."""
    if token.lemma_ not in post_words(role) or ("Part" in token.morph.get("VerbForm", []) and role == "duty_done"):
        return False
    will = "Inf" in token.morph.get("VerbForm", []) and any(
        t.lemma_ in {"быть", "стать"} and "Fin" in t.morph.get("VerbForm", []) for t in token.sent
    )
    return will or "Inf" not in token.morph.get("VerbForm", [])


def _as_seat(doc: Doc, post: Post) -> Holding | None:
    """Read «занял пост директора», «с должности министра уволен»."""
    seat = next((i for i in (post.start - 1, post.start - 2) if i >= 0 and _is_seat(doc[i])), None)
    if seat is None or post.case not in {"gent", None}:
        return None
    if doc[post.start - 1].lower_ in _POSSESSIVES and seat > doc[seat].sent.start and doc[seat - 1].text == ",":
        return None  # «…, место его заместителя свободно»
    verb = _verb(doc, post, "seat")
    person = holder_of(doc, verb, post) if verb is not None else None
    if verb is None or person is None:
        return None
    return Holding(post, person, "seat_of_post", _status(verb, "seat", post))


def _is_seat(token: Token) -> bool:
    return token.lemma_ in post_words("place_of_post")


def _status(verb: Token, role: str, post: Post) -> TenureStatus:
    """Tell the tenure: what the post's own words say first, then the verb; a past «работал» is over."""
    if post.status is not TenureStatus.CURRENT:
        return post.status
    status = verbs()[verb.lemma_, role]
    is_past = "Past" in verb.morph.get("Tense", [])
    return TenureStatus.FORMER if status is TenureStatus.CURRENT and is_past else status


def _verb(doc: Doc, post: Post, role: str) -> Token | None:
    """Give the nearest verb of a role in the sentence of a post; none that is denied or only possible."""
    head = doc[post.head]
    near = [
        token
        for token in head.sent
        if (token.lemma_, role) in verbs()
        and not post.start <= token.i < post.stop
        and abs(token.i - head.i) <= _FARTHEST
        and is_actual(token)
    ]
    return min(near, key=lambda token: abs(token.i - head.i), default=None)


def is_actual(verb: Token) -> bool:
    """Tell a verb that states a fact from one that is denied or only possible."""
    if "Inf" in verb.morph.get("VerbForm", []) or verb.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    return verb.i == 0 or verb.nbor(-1).lower_ not in {"не", "бы", "мог", "может"}


def holder_of(doc: Doc, verb: Token, post: Post) -> DocSpan | None:
    """Give the name nearest to the verb in its sentence: its object where one is appointed, its subject otherwise."""
    near = [
        span
        for span in names_from(doc, "persons", verb.sent.start, verb.sent.end)
        if not post.start <= span.start < post.stop
    ]
    active = "Act" in verb.morph.get("Voice", [])
    wanted = {"accs", "gent", None} if active and (verb.lemma_, "transitive") in verbs() else {"nomn", None}
    return nearest(verb, [span for span in near if case_of_name(span) in wanted])
