"""How a post changes hands or ends: «сменил на этом посту», «подал в отставку».

Works on holdings already found; finds no posts of its own.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractors._model import TenureStatus
from extractors._names_at import names_from
from extractors._posts.heads import post_words, same_case
from extractors._posts.holders import Holding, case_of_name
from extractors._posts.phrases import Post
from extractors._posts.verbs import is_verb

_FARTHEST_NAME = 6
_SENTENCES_BACK = 2


def replaced(doc: Doc, told: list[Holding]) -> Iterator[Holding]:
    """Read «сменил на этом посту Олега Быстрова»: a former holder of the post told last."""
    for verb in doc:
        if not is_verb(verb, "replaces"):
            continue
        person = _replaced_person(doc, verb)
        post = _post_meant(doc, verb, told)
        if person is not None and post is not None:
            yield Holding(post._replace(start=verb.i, stop=verb.i + 1), person, "replaced", TenureStatus.FORMER)


def _replaced_person(doc: Doc, verb: Token) -> Span | None:
    near = names_from(doc, "persons", verb.i + 1, verb.i + 1 + _FARTHEST_NAME)
    return next((span for span in near if same_case(case_of_name(span), "accs")), None)


def _post_meant(doc: Doc, verb: Token, told: list[Holding]) -> Post | None:
    """Give the post named last before «этот пост», in the sentence or the two before it."""
    seats = [token for token in verb.sent if token.lemma_ in post_words("place_of_post")]
    if not any(token.i and token.nbor(-1).lemma_ in {"этот", "тот"} for token in seats):
        return None
    first = verb.sent.start
    for _ in range(_SENTENCES_BACK):
        first = doc[first - 1].sent.start if first else first
    before = [holding.post for holding in told if first <= holding.post.head < verb.i]
    return max(before, key=lambda post: post.head, default=None)


def status_after(doc: Doc, holding: Holding) -> TenureStatus:
    """Tell that the holder leaves: «министр Быстров уволен», «уволен министр Быстров», «… подал в отставку»."""
    after = max(holding.person.end, holding.post.stop)
    before = min(holding.person.start, holding.post.start) - 1
    for at in (before, after):
        if 0 <= at < len(doc) and (_is_end(doc, at, before) or is_verb(doc[at], "puts_out") or _resigns(doc, at)):
            return TenureStatus.DISMISSED
    return holding.status


def _is_end(doc: Doc, at: int, before: int) -> bool:
    """Tell «отставка министра Быстрова»."""
    return at == before and doc[at].lemma_ in post_words("leaving")


def _resigns(doc: Doc, at: int) -> bool:
    if not is_verb(doc[at], "resigns"):
        return False
    return any(token.lemma_ in post_words("end_of_post") for token in doc[at + 1 : at + 4])
