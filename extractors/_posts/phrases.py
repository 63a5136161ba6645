"""Names of posts in a text: modifiers, head word, what it is over and in which body or territory.

«первого заместителя министра культуры области» gives the position «первый заместитель министра культуры», the scope
«области». Owns where such a phrase begins and ends; who holds the post is the business of `extractors.officials`.
"""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors._model import Span, TenureStatus
from extractors._posts.antecedents import owner
from extractors._posts.complement import Complement, complement
from extractors._posts.heads import Head, case_of, head_of, is_plural, nominative_adjective, post_words
from extractors._regions import place_by_adjective

_ACTING = frozenset({"врио", "вриo", "ио"})
_SHORT = 3
_FORMER = "экс-"
_MANAGING = "управляющий"


class Post(NamedTuple):
    """A post's name: token offsets of the phrase and its head, and what it says; `scopes` has all of a plural post."""

    start: int
    stop: int
    head: int
    position: str
    position_span: Span
    scope: Span | None
    scopes: tuple[Span, ...]
    status: TenureStatus
    case: str | None
    plural: bool
    kind: str


def posts(doc: Doc) -> list[Post]:
    """Find the names of posts, in the order of the text; one inside another's complement is not found again."""
    found: list[Post] = []
    persons = {token.i for span in doc.spans["persons"] for token in span}
    inside = {token.i for span in doc.spans["organizations"] for token in span[1:]}
    for token in doc:
        if token.i in persons or token.i in inside or (found and token.i < found[-1].stop):
            continue
        head = head_of(token)
        if head is not None and not _is_verbal(token, head) and not _is_sought(doc, token):
            found.append(_post(doc, token, head))
    return found


def inner_post(doc: Doc, post: Post) -> Post | None:
    """Give the last post within another's complement: «губернатора области» of «советник губернатора области»."""
    heads = [(token, head) for token in doc[post.head + 1 : post.stop] if (head := head_of(token)) is not None]
    genitive = [(token, head) for token, head in heads if case_of(token, head) == "gent" and not is_plural(token)]
    return _post(doc, *genitive[-1]) if genitive else None


def _is_sought(doc: Doc, token: Token) -> bool:
    """Tell «кандидат в президенты», «кандидат на пост мэра», who holds no such post."""
    before = [word.lemma_ for word in doc[max(token.sent.start, token.i - _SHORT) : token.i]]
    seeks = before and any(word.removeprefix(_FORMER) in post_words("seeking") for word in before[:-1])
    return bool(seeks) and (before[-1] == "в" or before[-2:-1] == ["на"] or before[-1] == "на")


def _is_verbal(token: Token, head: Head) -> bool:
    """Tell a participle in its verbal use («управляющий рисками инвестор») from a post."""
    return token.pos_ == "VERB" and head.nominative not in {"управляющий", "командующий", "заведующий"}


def _post(doc: Doc, token: Token, head: Head) -> Post:
    left = _Left(token, head)
    right = complement(doc, token, plural=is_plural(token) and not head.fixed)
    words = [*left.modifiers, head.nominative, *right.words]
    scope = right.scope or left.scope or owner(doc, left.first)
    position_span = Span(doc[left.start].idx, _end(doc, right, token))
    kind = "body" if head.kind == "bound" and right.has_unit else head.kind
    return Post(
        left.first,
        right.stop,
        token.i,
        " ".join(words),
        position_span,
        scope,
        right.scopes,
        left.status(head),
        left.case,
        is_plural(token) and not head.fixed,
        kind,
    )


def _end(doc: Doc, right: Complement, token: Token) -> int:
    last = doc[right.last_word] if right.words else token
    return last.idx + len(last)


class _Left:
    """What stands before the head: `start` is the position's first token, `first` that of the whole phrase."""

    def __init__(self, token: Token, head: Head) -> None:
        self.start = self.first = token.i
        self.modifiers: list[str] = []
        self.scope: Span | None = None
        self.case = case_of(token, head)
        self._status: TenureStatus | None = None
        self._in_power = head.kind == "power"
        doc = token.doc
        plural = is_plural(token)
        while self.first > 0 and not doc[self.first].is_sent_start and self._take(doc[self.first - 1], plural=plural):
            pass

    def _take(self, token: Token, *, plural: bool) -> bool:
        """Take one more token into the phrase; False where it ends."""
        lemma = _MANAGING if token.lower_.startswith(_MANAGING[:-2]) else token.lemma_.removeprefix(_FORMER)
        if token.lemma_.startswith(_FORMER):
            self._status = TenureStatus.FORMER
        tenure = next((kind for kind in ("former", "current", "future") if lemma in post_words(kind)), None)
        if tenure or (token.text == "-" and self.first - 1 > 0 and token.nbor(-1).lower_ == "экс"):
            self._status = TenureStatus.FORMER if tenure in {"former", None} else self._status
        elif (acting := _acting(token)) is not None:
            self._status, self.first, self.case = TenureStatus.ACTING, acting, case_of(token.doc[acting])
            return True
        elif lemma in post_words("modifier") and self.start == self.first and not self._is_territorial(token):
            self.modifiers.insert(0, nominative_adjective(token, plural=plural).removeprefix(_FORMER))
            self.start = token.i
        elif _is_adjective(token) and (lemma in post_words("territorial") or place_by_adjective(token.text)):
            self.scope = self.scope or Span(token.idx, token.idx + len(token))
        else:
            return False
        self.first = token.i
        return True

    def _is_territorial(self, token: Token) -> bool:
        """Tell «областной министр» from «региональный директор»: the former says whose post it is."""
        return (bool(self.modifiers) or self._in_power) and token.lemma_ in post_words("territorial")

    def status(self, head: Head) -> TenureStatus:
        """Tell the tenure by the words before the head."""
        return TenureStatus.FORMER if head.former else self._status or TenureStatus.CURRENT


def _is_adjective(token: Token) -> bool:
    return token.pos_ in {"ADJ", "PROPN", "DET"}


def _acting(token: Token) -> int | None:
    """Give the first token of «и. о.», «врио», «временно исполняющий обязанности» that ends here."""
    doc, i = token.doc, token.i
    if token.lower_ in _ACTING or token.lower_ == "и.о":
        return i
    if token.text == ".":
        start = i
        while (
            start > 0 and i - start < 2 * _SHORT and (doc[start].text == "." or doc[start].lower_ in {"и", "о", "вр"})
        ):
            start -= 1
        return start + 1 if "".join(t.lower_ for t in doc[start + 1 : i + 1]).endswith("и.о.") else None
    if token.lemma_ in post_words("duty") and i > 0 and doc[i - 1].lower_.startswith("исполняющ"):
        return i - 2 if i > 1 and doc[i - 2].lower_ == "временно" else i - 1
    return None
