"""Posts of those who lead: «возглавляет фонд …», «институтом временно руководит …», «а союз — Анна Быстрова».

The post is told by the verb alone, the body stands beside it. The verbs stand in `lexicon/post_verbs.tsv`.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractors import _model as model
from extractors._model import TenureStatus
from extractors._names_at import names_from
from extractors._posts.antecedents import object_of
from extractors._posts.complement import references
from extractors._posts.heads import case_of
from extractors._posts.holders import Holding, case_of_name
from extractors._posts.phrases import Post
from extractors._posts.verbs import holder_of, is_actual, verbs

_LEADER = {"leads": "глава", "heads": "руководитель"}
_OBJECT_CASES = {"leads": {"accs", "nomn", None}, "heads": {"ablt", None}}
_FOR_NOW = frozenset({"временно"})
_DASHES = frozenset("—–-")
_FARTHEST_NAME = 10


def leaders(doc: Doc) -> Iterator[Holding]:
    """Read «возглавляет фонд Анна Быстрова», «Анна Быстрова, руководящая фондом»."""
    for verb in doc:
        role = next((role for role in _LEADER if (verb.lemma_, role) in verbs()), None)
        if role is None or verb.pos_ != "VERB" or not is_actual(verb):
            continue
        body = _body(doc, verb, role)
        if body is None:
            continue
        post = _leadership(verb, role, body)
        person = holder_of(doc, verb, post)
        if person is not None:
            yield Holding(post, person, "leads_body", post.status)
            yield from _elided(doc, verb, post, person)


def _elided(doc: Doc, verb: Token, post: Post, person: Span) -> Iterator[Holding]:
    """Read «…, а союз — бывший мэр Олег Быстров» after «фонд возглавила Анна Быстрова»."""
    for body in names_from(doc, "organizations", max(verb.i, person.end), verb.sent.end):
        if body.end >= verb.sent.end or doc[body.end].text not in _DASHES:
            continue
        names = names_from(doc, "persons", body.end + 1, min(verb.sent.end, body.end + _FARTHEST_NAME))
        if names and case_of_name(names[0]) in {"nomn", None}:
            scope = model.Span(body.start_char, body.end_char)
            other = post._replace(scope=scope, scopes=(scope,), start=body.start, stop=body.end, head=body.start)
            yield Holding(other, names[0], "leads_body", post.status)


def _body(doc: Doc, verb: Token, role: str) -> model.Span | None:
    """Give the body that a verb governs: right after it, or right before it where the name follows."""
    if (meant := object_of(doc, verb)) is not None:
        return meant
    first, last = verb.sent.start, verb.sent.end
    spans = [span for key in ("organizations", "places") for span in names_from(doc, key, first, last)]
    spans += [s for s in _bare_bodies(doc, verb) if not any(s.start < o.end and o.start < s.end for o in spans)]
    near = [span for span in spans if 0 <= span.start - verb.i - 1 <= 1 or 0 <= verb.i - span.end <= 1]
    fitting = [span for span in near if case_of(span[0]) in _OBJECT_CASES[role]]
    best = min(fitting, key=lambda span: (span.start < verb.i, abs(span.start - verb.i), -len(span)), default=None)
    return None if best is None else model.Span(best.start_char, best.end_char)


def _bare_bodies(doc: Doc, verb: Token) -> Iterator[Span]:
    """Give the common nouns beside a verb that stand for a body: «предприятие возглавил», «руководит заводом»."""
    for at in (verb.i - 2, verb.i - 1, verb.i + 1):
        if not verb.sent.start <= at < verb.sent.end:
            continue
        token = doc[at]
        if token.pos_ in {"NOUN", "PROPN"} and references().get(token.lemma_) == "body" and _is_object(token, verb):
            yield doc[at : at + 1]


def _is_object(noun: Token, verb: Token) -> bool:
    """Tell the verb's object by its case; before «возглавил» the nominative looks like the accusative."""
    case = case_of(noun)
    between = noun.i + 1 in {verb.i, verb.i - 1} or noun.i == verb.i + 1
    return between and case in {"accs", "ablt", "nomn"}


def _leadership(verb: Token, role: str, scope: model.Span) -> Post:
    status = verbs()[verb.lemma_, role]
    if status is TenureStatus.CURRENT and "Past" in verb.morph.get("Tense", []):
        status = TenureStatus.FORMER
    if any(t.lower_ in _FOR_NOW for t in (*verb.doc[max(0, verb.i - 1) : verb.i], *verb.doc[verb.i + 1 : verb.i + 2])):
        status = TenureStatus.ACTING
    printed = model.Span(verb.idx, verb.idx + len(verb))
    body = verb.doc.char_span(scope.start, scope.stop, alignment_mode="expand")
    start, stop = verb.i, verb.i + 1
    if body is not None and verb.sent.start == body.sent.start:
        start, stop = min(start, body.start), max(stop, body.end)
    return Post(start, stop, verb.i, _LEADER[role], printed, scope, (scope,), status, None, plural=False, kind="body")
