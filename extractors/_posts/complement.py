"""What follows the head of a post's name: what it is over, and the body or territory that it is held in.

Walks the noun phrase after the head word by word: genitives, further posts («заместитель председателя»), «по …», until
a name of a body, a place or a back reference says where, or a person's name or the clause ends it.
"""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractors._lexicon import table
from extractors._model import Span
from extractors._names_at import names_from
from extractors._posts.heads import case_of, head_of, is_plural, post_words
from extractors._regions import place_by_adjective

_OPENING = frozenset('«"“„')
_CLOSING = frozenset('»"”“')
_GOVERNS = {"по": frozenset({"datv"}), "с": frozenset({"ablt"})}
_JOINING = frozenset({"и", ",", "или", "-"})
_MOST_WORDS = 24
_GOVERN_INSTRUMENTAL = ("управляющ", "заведующ", "командующ")
_COUNCIL = "совет"
_ALWAYS_PLURAL = frozenset({"войско"})
_NOMINAL = frozenset({"NOUN", "ADJ", "PROPN", "DET", "NUM"})


class Complement(NamedTuple):
    """The words of the position after the head, the scope, and the token after all of it."""

    words: tuple[str, ...]
    last_word: int
    scopes: tuple[Span, ...]
    stop: int
    has_unit: bool

    @property
    def scope(self) -> Span | None:
        """The body or territory; the first of a plural post's."""
        return next(iter(self.scopes), None)


@cache
def references() -> dict[str, str]:
    """Nouns that stand for a body or territory («региона», «компании»), each with its kind."""
    return {row["word"]: row["kind"] for row in table("post_scopes")}


def complement(doc: Doc, head: Token, *, plural: bool) -> Complement:
    """Read what follows the head of a post's name; only a plural post may have several scopes."""
    return _Walk(doc, head, plural=plural).result()


class _Walk:
    """A walk from the head to the right."""

    def __init__(self, doc: Doc, head: Token, *, plural: bool) -> None:
        self._plural = plural
        self._doc = doc
        self._at = head.i + 1
        self._end = min(len(doc), head.i + 1 + _MOST_WORDS, *_next_person(doc, head.i))
        self._words: list[int] = []
        self._scopes: list[Span] = []
        self._unit = False
        self._passed = -1
        self._cases = frozenset({"gent", "ablt"} if head.lower_.startswith(_GOVERN_INSTRUMENTAL) else {"gent"})
        while self._at < self._end and not doc[self._at].is_sent_start and self._step(doc[self._at]):
            pass

    def result(self) -> Complement:
        texts = tuple(self._texts())
        return Complement(texts, self._words[-1] if self._words else 0, tuple(self._scopes), self._at, self._unit)

    def _texts(self) -> list[str]:
        texts: list[str] = []
        for i in self._words:
            if self._plural and self._doc[i].pos_ == "NUM":
                break  # «президенты двух стран»
            if self._doc[i].text in {",", "-"} and texts:
                texts[-1] += self._doc[i].text
            else:
                texts.append(self._doc[i].text)
        return texts

    def _step(self, token: Token) -> bool:
        """Take what begins at this token; False where the phrase has ended."""
        span = _entity(self._doc, token)
        if span is not None:
            return self._take_entity(span)
        if token.lower_ == "по" and self._scopes and (place := self._place_after(token)) is not None:
            return self._pass_place(place)
        if self._governs(token) and self._follows(token, _GOVERNS[token.lower_]):
            self._cases = frozenset({*_GOVERNS[token.lower_], "gent"})
            return self._take(token)
        if token.text in _JOINING and self._plural and self._scopes and (place := self._place_after(token)) is not None:
            self._add_scope(place.start, place.end)
            return True
        if token.text in _JOINING and self._scopes and self._passed == token.i and (place := self._place_after(token)):
            return self._pass_place(place)
        if token.text in _JOINING:
            follows = bool(self._words) and self._words[-1] == token.i - 1
            return follows and self._joins(token, self._cases) and self._take(token)
        if token.text in _OPENING and (quote := _quoted(self._doc, token.i)) is not None:
            return self._take_scope(token.i, quote)
        return self._agrees(token) and not _is_rank(token) and self._take_noun(token)

    def _take_entity(self, span: DocSpan) -> bool:
        if self._scopes:
            return self._pass_place(span)
        if not self._is_of_field(span):
            return self._take_scope(span.start, self._whole(span))
        self._words.extend(range(span.start, span.end))
        self._at = span.end
        return True

    def _governs(self, token: Token) -> bool:
        """Tell «по», and «с» after it: «по работе с жителями»."""
        after = any(self._doc[i].lower_ == "по" for i in self._words)
        return token.lower_ == "по" or (token.lower_ in _GOVERNS and after)

    def _place_after(self, preposition: Token) -> DocSpan | None:
        after = preposition.i + 1
        return _entity(self._doc, self._doc[after]) if after < self._end else None

    def _whole(self, span: DocSpan) -> int:
        """Give the end of a body whose long name the tagger cut: «Ассоциации» of «Ассоциации кластеров и парков»."""
        return max(span.end, self._body_end(span[0])) if self._is_body(span[0]) else span.end

    def _pass_place(self, place: DocSpan) -> bool:
        """Pass over the place that tells which body of the name it is: «управления МВД по Кировской области»."""
        self._at = self._passed = place.end
        return True

    def _take_noun(self, token: Token) -> bool:
        quote = _quoted(self._doc, token.i + 1)
        if quote is not None:
            inner = head_of(token) is not None or token.lemma_ in post_words("unit")
            return self._take(token) if inner else self._take_scope(token.i, quote)
        if self._is_body(token) and not self._scopes:
            stop = self._body_end(token)
            if self._is_unit_of_body(token):
                self._unit = True
                return self._take(token)
            if case_of(token) != "datv" or stop == token.i + 1:
                return self._take_scope(token.i, stop)
        if token.pos_ == "ADJ" and not self._scopes and self._is_origin(token):
            self._add_scope(token.i, token.i + 1)
            return True
        self._unit = self._unit or token.lemma_ in post_words("unit")
        return self._take(token)

    def _is_of_field(self, span: DocSpan) -> bool:
        """Tell a place that the post is over («развития Арктики и экономики») from where it is held."""
        if not self._words or span.end + 1 >= self._end or self._doc[span.end].lower_ != "и":
            return False
        after = self._doc[span.end + 1]
        common = _is_nominal(after) and after.pos_ == "NOUN" and after.lemma_ not in references()
        place = names_from(self._doc, "places", span.start, span.start + 1)
        return bool(place) and common and case_of(after) == "gent" and head_of(after) is None

    def _is_origin(self, token: Token) -> bool:
        """Tell «российского» in «пресс-секретарь российского президента»."""
        after = self._doc[token.i + 1] if token.i + 1 < self._end else None
        return after is not None and head_of(after) is not None and place_by_adjective(token.text) is not None

    def _is_body(self, token: Token) -> bool:
        """Tell a noun that names a body, «совет» being one only as «городской совет»."""
        if token.lemma_ == _COUNCIL:
            return token.nbor(-1).lemma_ in post_words("territorial")
        return token.lemma_ in references() and (not is_plural(token) or token.lemma_ in _ALWAYS_PLURAL)

    def _is_unit_of_body(self, token: Token) -> bool:
        """Tell «отдел агентства», a part of the body that follows, from a body of its own."""
        is_part = token.lemma_ in post_words("part") and _entity(self._doc, token) is None
        after = token.i + 1
        body = names_from(self._doc, "organizations", after, after + 1)
        return is_part and after < self._end and (bool(body) or self._is_body(self._doc[after]))

    def _take(self, token: Token) -> bool:
        if self._scopes and not self._words_after_scope(token):
            return False
        self._words.append(token.i)
        self._at = token.i + 1
        return True

    def _words_after_scope(self, token: Token) -> bool:
        """Only «по …» may follow the body or territory: «заммэра Москвы по вопросам транспорта»."""
        follows = bool(self._words) and self._words[-1] == token.i - 1
        before = token.nbor(-1)
        return token.lower_ in _GOVERNS or follows or place_by_adjective(before.text) is not None

    def _take_scope(self, start: int, stop: int) -> bool:
        if self._scopes:
            return False
        while self._words and (self._doc[self._words[-1]].lower_ in {*_JOINING, *_GOVERNS} or self._describes(start)):
            start = min(start, self._words.pop()) if self._describes(start) else self._drop_word(start)
        self._add_scope(start, stop)
        return True

    def _add_scope(self, start: int, stop: int) -> None:
        self._scopes.append(Span(self._doc[start].idx, self._doc[stop - 1].idx + len(self._doc[stop - 1])))
        self._at = stop

    def _describes(self, start: int) -> bool:
        """Tell an adjective right before the name of a body: «городской думы»."""
        last = self._doc[self._words[-1]]
        return last.i == start - 1 and _is_adjective(last) and case_of(last) in {case_of(self._doc[start]), None}

    def _drop_word(self, start: int) -> int:
        self._words.pop()
        return start

    def _agrees(self, token: Token) -> bool:
        if not _is_nominal(token):
            return False
        unread = token.pos_ == "ADJ" and case_of(token) is None
        return (
            unread or case_of(token) in self._cases or (head_of(token) is not None and case_of(token) in {None, "gent"})
        )

    def _follows(self, token: Token, cases: Collection[str]) -> bool:
        return token.i + 1 < self._end and (
            case_of(token.nbor(1)) in cases or _entity(self._doc, token.nbor(1)) is not None
        )

    def _body_end(self, token: Token) -> int:
        """Give the end of a body told by a common noun: «комитета по спорту области» or «комитета» alone."""
        at, cases = token.i + 1, {"gent"}
        is_body = references().get(token.lemma_) != "territory"
        while at < self._end and not self._doc[at].is_sent_start:
            token = self._doc[at]
            span = _entity(self._doc, token)
            if span is not None:
                return span.end
            if token.text in _OPENING and (quote := _quoted(self._doc, at)) is not None:
                return quote
            if is_body and token.lower_ in _GOVERNS and self._follows(token, _GOVERNS[token.lower_]):
                cases |= _GOVERNS[token.lower_]
            elif token.text in _JOINING:
                if not self._joins(token, cases):
                    break
            elif not _is_nominal(token) or case_of(token) not in cases or _is_rank(token):
                break
            at += 1
        return at

    def _joins(self, token: Token, cases: Collection[str]) -> bool:
        """Tell «промышленности и торговли» from the next member of the sentence."""
        if token.i + 1 >= self._end:
            return False
        after, before = token.nbor(1), token.nbor(-1)
        if not _is_nominal(after) or head_of(after) is not None or _entity(self._doc, after) is not None:
            return False
        same = case_of(after) == case_of(before) and case_of(after) in cases
        return same and (token.text != "," or self._listed(token))

    def _listed(self, comma: Token) -> bool:
        """Tell the comma of a list that an «и» closes before the phrase ends."""
        for token in self._doc[comma.i + 1 : self._end]:
            if token.lower_ == "и":
                return True
            if not _is_nominal(token) and token.text != ",":
                return False
        return False


def _is_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" or "Part" in token.morph.get("VerbForm", [])


def _is_nominal(token: Token) -> bool:
    return token.pos_ in _NOMINAL or _is_adjective(token)


def _is_rank(token: Token) -> bool:
    """Tell a rank or trade before the name («полковника», «бизнесмена») from people a post is over."""
    return token.lemma_ in post_words("rank") and not is_plural(token)


def _next_person(doc: Doc, after: int) -> list[int]:
    return [span.start for span in names_from(doc, "persons", after + 1, len(doc))[:1]]


def _entity(doc: Doc, token: Token) -> DocSpan | None:
    """Give the longest body or place that begins at a token."""
    spans = [s for key in ("organizations", "places") for s in names_from(doc, key, token.i, token.i + 1)]
    return max(spans, key=len, default=None)


def _quoted(doc: Doc, start: int) -> int | None:
    """Give the end of a quoted name that begins at a token, closing quote included."""
    if start >= len(doc) or doc[start].text not in _OPENING:
        return None
    for i in range(start + 1, min(len(doc), start + _MOST_WORDS)):
        if doc[i].text in _CLOSING:
            return i + 1
    return None
