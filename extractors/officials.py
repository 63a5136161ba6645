"""Officials: a post and the person who holds it, with the body or territory where it is held.

Posts are found in `extractors._posts`, tied to names in `_post_holders` and `_post_verbs`; here they become mentions.
Which body a «директор фонда» means is the linker's business.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention, Post, Span
from extractors._post_changes import replaced, status_after
from extractors._post_holders import Holding, holdings
from extractors._post_verbs import by_verbs, leaders
from extractors._posts import posts
from extractors._text import text_of

_NEEDS_BODY = "bound"
_OWNER = "owner"


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each post with each of its holders."""
    found = posts(doc)
    beside = list(holdings(doc, found))
    taken = {holding.post.head for holding in beside}
    by_verb = by_verbs(doc, [post for post in found if post.head not in taken])
    told = [*beside, *by_verb, *leaders(doc)]
    for holding in (*told, *replaced(doc, told)):
        if _counts(holding):
            yield _mention(doc, holding)


def _counts(holding: Holding) -> bool:
    """Tell a post in a body or in power from a trade («юрист») and from ownership."""
    post = holding.post
    return post.kind != _OWNER and (post.kind != _NEEDS_BODY or post.scope is not None)


def _mention(doc: Doc, holding: Holding) -> Mention:
    post, person = holding.post, holding.person
    start = min(doc[post.start].idx, person.start_char)
    stop = max(doc[post.stop - 1].idx + len(doc[post.stop - 1]), person.end_char)
    value = Post(
        post.position,
        Span(person.start_char, person.end_char),
        post.position_span,
        post.scope,
        status_after(doc, holding),
    )
    rule = holding.rule
    return Mention(Kind.OFFICIAL, start, stop, text_of(doc)[start:stop], value, rule, confidence(Kind.OFFICIAL, rule))
