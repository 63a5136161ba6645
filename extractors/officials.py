"""Officials: a post and the person who holds it, with the body or territory where it is held.

Posts are found and tied to names in `extractors._posts`; here they become mentions.
Which body a «директор фонда» means is the linker's business.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention, Post, Span
from extractors._posts.changes import replaced, status_after
from extractors._posts.heads import post_words
from extractors._posts.holders import Holding, holdings
from extractors._posts.leaders import leaders
from extractors._posts.phrases import Post as TextPost
from extractors._posts.phrases import posts
from extractors._posts.succession import successions
from extractors._posts.verbs import by_verbs
from extractors._text import text_of

_NEEDS_BODY = "bound"
_OWNER = "owner"
_SPEAKER = "спикер"


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each post with each of its holders."""
    found = posts(doc)
    beside = list(holdings(doc, found))
    taken = {holding.post.head for holding in beside}
    by_verb = by_verbs(doc, [post for post in found if post.head not in taken])
    told = [holding for holding in (*beside, *by_verb, *leaders(doc)) if _counts(doc, holding)]
    for holding in (*told, *replaced(doc, told), *successions(doc, told)):
        yield _mention(doc, holding)


def _counts(doc: Doc, holding: Holding) -> bool:
    """Tell a post in a body or in power from a trade («юрист») and from ownership."""
    post = holding.post
    if post.kind == _OWNER or _only_speaks(doc, post):
        return False
    return post.kind != _NEEDS_BODY or _has_body(doc, post)


def _has_body(doc: Doc, post: TextPost) -> bool:
    """Tell «профессор университета» from «самарский профессор», who is of a place only."""
    if post.scope is None:
        return False
    scope = doc.char_span(post.scope.start, post.scope.stop, alignment_mode="expand")
    return scope is None or len(scope) > 1 or scope[0].pos_ != "ADJ"


def _only_speaks(doc: Doc, post: TextPost) -> bool:
    """Tell the «спикер» of a forum from that of a parliament."""
    if post.scope is None or not post.position.startswith(_SPEAKER):
        return False
    scope = doc.char_span(post.scope.start, post.scope.stop, alignment_mode="expand")
    return scope is not None and any(token.lemma_ in post_words("event") for token in scope[:2])


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
