"""Who holds which post: the ways in which Russian news put a post and a name together.

Each rule is a function that gives `Holding`s; `holdings` lets the closest tie win, so that a post stands with one name
unless it is plural. Knows posts (`extractors._posts.phrases`) and spans of persons; reads no names.
"""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractors._model import TenureStatus
from extractors._morphology import parses
from extractors._names_at import names_from
from extractors._persons.name import nominative_name
from extractors._posts.asides import before_aside
from extractors._posts.heads import case_of, post_words, same_case
from extractors._posts.phrases import Post, inner_post

_LONGEST_BRIDGE = 10
_LONGEST_NAME = 30
_LONGEST_ASIDE = 14
_DASHES = frozenset("—–-")
_ENDS = frozenset('.,;:)»"”!?…—–')
_TWO = 2
_LIST = frozenset({",", "и", "а", "также"})


class Holding(NamedTuple):
    """A post, the span of its holder's name, the rule that tied them, and the tenure."""

    post: Post
    person: Span
    rule: str
    status: TenureStatus


def holdings(doc: Doc, posts: list[Post]) -> Iterator[Holding]:
    """Tie posts to names that stand beside them."""
    yield from _of_inner_posts(doc, posts)
    beside = {post.head: person for post in posts if (person := name_after(doc, post)) is not None}
    for number, post in enumerate(posts):
        if post.head in beside:
            if post.plural:
                yield from _of_plural(doc, post, beside[post.head])
            else:
                yield Holding(post, beside[post.head], "post_before_name", post.status)
        elif (person := _shared(doc, posts, number, beside)) is not None:
            yield Holding(post, person, "posts_in_a_row", post.status)
        elif (holding := _name_before(doc, post, beside, posts[:number])) is not None:
            beside[post.head] = holding.person
            yield holding


def _of_inner_posts(doc: Doc, posts: list[Post]) -> Iterator[Holding]:
    """Read «советником губернатора области Олега Быстрова», who is the governor."""
    for post in posts:
        person = next(iter(names_from(doc, "persons", post.stop, post.stop + 1)), None)
        inner = inner_post(doc, post) if person is not None and _is_of_person(doc, post, person) else None
        if person is not None and inner is not None and inner.stop == post.stop:
            yield Holding(inner, person, "inner_post", inner.status)


def name_after(doc: Doc, post: Post) -> Span | None:
    """Give the name that follows a post, over ranks, ages and brackets."""
    at, limit = post.stop, min(len(doc), post.stop + _LONGEST_ASIDE)
    starts: dict[int, Span] = {span.start: span for span in names_from(doc, "persons", at, limit)}
    while at < limit:
        if at in starts:
            return None if _is_of_person(doc, post, starts[at]) else starts[at]
        step = _bridge(doc, at)
        if not step or (doc[at].is_sent_start and at > post.stop):
            return None
        at += step
    return None


def _is_of_person(doc: Doc, post: Post, person: Span) -> bool:
    """Tell «помощник Быстрова», whose name says whose the post is, from «помощник Быстров»."""
    if post.case not in {"nomn", "ablt"} or case_of_name(person) != "gent":
        return False
    return nominative_name(doc, person.start_char, person.end_char) != person.text


def _bridge(doc: Doc, at: int) -> int:
    """Give how many tokens from here may stand between a post and the name; 0 where none."""
    token = doc[at]
    if token.text == "(":
        return next((i + 1 - at for i in range(at, min(len(doc), at + _LONGEST_BRIDGE)) if doc[i].text == ")"), 0)
    if token.lemma_ in post_words("rank"):
        return 1 + _more_of_rank(doc, at + 1)
    if token.text == ",":
        return _aside(doc, at)
    if token.lower_ in {"в", "во", "на", "от"}:
        return next((1 + len(span) for span in _named_places(doc, at + 1)), 0)
    return int(token.text in {"»", '"'} or "летн" in token.lower_ or _is_unmarked_place(token))


def _named_places(doc: Doc, at: int) -> list[Span]:
    return [span for key in ("organizations", "places") for span in names_from(doc, key, at, at + 1)]


def _is_unmarked_place(token: Token) -> bool:
    """Tell a place that the dictionary knows and the tagger missed."""
    parse = parses(token.lower_)[0]
    return "Geox" in parse.tag and "gent" in parse.tag and token.text[0].isupper()


def _starts_name(doc: Doc, at: int) -> bool:
    return bool(names_from(doc, "persons", at, at + 1))


def _aside(doc: Doc, at: int) -> int:
    """Pass «, отвечающий за связь,», «, заслуженный работник культуры» and the comma before «республиканец»."""
    if at + 1 < len(doc) and doc[at + 1].lemma_ in post_words("honour"):
        return next((n for n in range(2, _LONGEST_BRIDGE) if _starts_name(doc, at + n)), 0)
    if at + 1 < len(doc) and doc[at + 1].lemma_ in post_words("rank"):
        return 1
    if at + 1 < len(doc) and (doc[at + 1].lemma_ == "один" or "Part" in doc[at + 1].morph.get("VerbForm", [])):
        rest = range(at + 2, min(len(doc), at + _LONGEST_ASIDE))
        return next((i + 1 - at for i in rest if doc[i].text == ","), 0)
    return 0


def _more_of_rank(doc: Doc, at: int) -> int:
    count = 0
    while at + count < len(doc) and doc[at + count].lemma_ in post_words("rank_more"):
        count += 1
    return count


def _shared(doc: Doc, posts: list[Post], number: int, beside: dict[int, Span]) -> Span | None:
    """Give the holder that a post shares with the next: «вице-президент союза, директор фонда Анна Быстрова»."""
    post = posts[number]
    for follower in posts[number + 1 :]:
        if follower.plural != post.plural or not _are_in_a_row(doc, post, follower):
            return None
        if follower.head in beside:
            return beside[follower.head] if beside[follower.head].start >= follower.head else None
        post = follower
    return None


def _are_in_a_row(doc: Doc, one: Post, two: Post) -> bool:
    at = one.stop
    while at < two.start and doc[at].text == "(":
        at += _bridge(doc, at) or 1
    between = doc[at : two.start]
    alone = [token.lower_ for token in between] != ["и"] or two.case != "nomn" or not _is_plural_sentence(two, doc)
    return (
        alone
        and same_case(one.case, two.case)
        and 0 < len(between) <= _LONGEST_BRIDGE
        and all(token.lower_ in post_words("same_person") for token in between)
    )


def _is_plural_sentence(post: Post, doc: Doc) -> bool:
    """Tell «заявили премьер и спикер Быстров», two people, from one person in two posts."""
    verbs = [
        token for token in doc[post.head].sent if token.pos_ == "VERB" and "Fin" in token.morph.get("VerbForm", [])
    ]
    closest = min(verbs, key=lambda token: abs(token.i - post.head), default=None)
    return closest is not None and "Plur" in closest.morph.get("Number", [])


def _name_before(doc: Doc, post: Post, beside: dict[int, Span], before: list[Post]) -> Holding | None:
    """Give the name that a post explains after a comma, a dash or a bracket: «Анна Быстрова, директор фонда,»."""
    sign, status = before_aside(doc, post)
    person = next((span for span in names_from(doc, "persons", sign - _LONGEST_NAME, sign) if span.end == sign), None)
    if person is None and sign != post.start - 1:
        person = next((beside[p.head] for p in before if p.stop == sign and p.head in beside), None)
    if person is None or post.plural or doc[sign].text not in {",", "(", *_DASHES} or doc[post.start].is_sent_start:
        return None
    ended = post.stop >= len(doc) or doc[post.stop].text in _ENDS or doc[post.stop].is_sent_start or _is_and(doc, post)
    agrees = same_case(post.case, case_of_name(person)) or (post.case == "nomn" and doc[sign].text == "(")
    agrees = agrees or (post.case == "nomn" and sign != post.start - 1)
    return Holding(post, person, "name_before_post", status or post.status) if ended and agrees else None


def _is_and(doc: Doc, post: Post) -> bool:
    return doc[post.stop].is_space or doc[post.stop].lower_ == "и"


def case_of_name(person: Span) -> str | None:
    """Give the case of a name as the tagger sees it in its first declined word."""
    return next((case for token in person if (case := case_of(token)) is not None), None)


def _of_plural(doc: Doc, post: Post, first: Span) -> Iterator[Holding]:
    """Give the holders of a plural post, each his own scope where there are as many: «мэры Орла и Тулы А. и Б.»."""
    names = [first, *_more_names(doc, first)]
    shared = post.scope if len(post.scopes) < _TWO else None
    scopes = post.scopes if len(post.scopes) == len(names) else [shared] * len(names)
    for scope, person in zip(scopes, names, strict=True):
        yield Holding(post._replace(scope=scope), person, "plural_post", post.status)


def _more_names(doc: Doc, first: Span) -> Iterator[Span]:
    at = first.end
    while at + 1 < len(doc) and doc[at].lower_ in _LIST and (following := names_from(doc, "persons", at + 1, at + 2)):
        yield following[0]
        at = following[0].end


def nearest(token: Token, persons: list[Span]) -> Span | None:
    """Give the name closest to a token."""
    return min(persons, key=lambda span: min(abs(span.start - token.i), abs(span.end - 1 - token.i)), default=None)
