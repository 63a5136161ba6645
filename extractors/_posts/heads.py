"""The head word of a post's name: is it one, of which kind, in which case, and what is its nominative.

Vocabulary stands in `lexicon/posts.tsv`; compounds with «экс-», «вице-» and «зам-» are made here. Knows nothing of
what stands around the head.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from extractors._lexicon import table
from extractors._morphology import best_parse, parses

_FORMER = "экс-"
_PREFIXES = ("вице-", "обер-", "контр-", "лорд-", "гендиректор-", "пресс-")
_DEPUTY = "зам"
_PARTICIPLES = frozenset({"управляющий", "заведующий", "заведующая", "уполномоченный", "уполномоченная", "командующий"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "X"})
_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}


class Head(NamedTuple):
    """A post's head word: nominative singular, kind of `posts.tsv`, «экс-» seen, undeclined."""

    nominative: str
    kind: str
    former: bool
    fixed: bool


@cache
def _kinds() -> dict[str, str]:
    return {row["post"]: row["kind"] for row in table("posts")}


@cache
def post_words(kind: str) -> frozenset[str]:
    """Give the words of one kind of `post_words.tsv`."""
    return frozenset(row["word"] for row in table("post_words") if row["kind"] == kind)


def head_of(token: Token) -> Head | None:
    """Read a token as the head of a post's name.

    None where it is no post, or an adjective or participle that is not used as a noun.
    """
    if not token.text[0].isalpha() or token.pos_ not in _NOMINAL:
        return None
    return _head(token.lower_)


@lru_cache(maxsize=1 << 14)
def _head(word: str) -> Head | None:
    if word.startswith(_FORMER):
        inner = _head(word.removeprefix(_FORMER))
        return inner._replace(former=True) if inner else None
    if word.startswith(_DEPUTY) and (deputy := _deputy(word)) is not None:
        return deputy
    base = _lemma(word)
    if base in _kinds():
        return Head(base, _kinds()[base], former=False, fixed=_is_fixed(word, base))
    prefix = next((p for p in _PREFIXES if word.startswith(p)), None)
    inner = _head(word.removeprefix(prefix)) if prefix else None
    return inner._replace(nominative=f"{prefix}{inner.nominative}") if inner else _double(word)


def _deputy(word: str) -> Head | None:
    """Read «замминистра», which never declines, and «замглавой», which does."""
    rest = word.removeprefix(_DEPUTY)
    inner = _head(rest) if rest else None
    if inner is None or inner.nominative.startswith(_DEPUTY):
        return None
    same = [parse.tag for parse in parses(rest) if parse.normal_form == inner.nominative]
    genitive = not same or any("gent" in tag and "sing" in tag for tag in same)
    kind = "body" if inner.kind == "bound" else inner.kind
    return Head(word if genitive else f"{_DEPUTY}{inner.nominative}", kind, former=False, fixed=genitive)


def _double(word: str) -> Head | None:
    """Read «директора-распорядителя» by its first part."""
    first, dash, rest = word.partition("-")
    if not dash or "-" in rest or _lemma(first) not in _kinds():
        return None
    noun = max(parses(rest), key=lambda parse: ("NOUN" in parse.tag, parse.score))
    if "NOUN" not in noun.tag or "anim" not in noun.tag:
        return None
    return Head(f"{_lemma(first)}-{noun.normal_form}", _kinds()[_lemma(first)], former=False, fixed=False)


def _is_fixed(word: str, base: str) -> bool:
    return word == base and any("Fixd" in parse.tag and parse.normal_form == base for parse in parses(word))


def _lemma(word: str) -> str:
    """Give the dictionary form of a noun, participles used as nouns among them."""
    for parse in parses(word):
        if parse.normal_form in _kinds() and "NOUN" in parse.tag:
            return str(parse.normal_form)
        nominative = parse.inflect({"nomn", "sing"}) if parse.tag.POS in {"PRTF", "ADJF"} else None
        if nominative is not None and nominative.word in _PARTICIPLES:
            return str(nominative.word)
    return word


def case_of(token: Token, head: Head | None = None) -> str | None:
    """Give the case of a token in pymorphy's terms; None where the word does not show it."""
    if head is not None and head.fixed:
        return None
    return _CASES.get("".join(token.morph.get("Case", [])))


def same_case(one: str | None, two: str | None) -> bool:
    """Tell whether two cases may be one: unknown is any, and the accusative of persons looks like the genitive."""
    return one is None or two is None or one == two or {one, two} == {"gent", "accs"}


def is_plural(token: Token) -> bool:
    """Tell whether a token is plural."""
    return "Plur" in token.morph.get("Number", [])


def nominative_adjective(token: Token, *, plural: bool) -> str:
    """Give an adjective in the nominative, in the singular of its gender, or the masculine out of a plural."""
    parse = best_parse(token.lower_, "ADJ", str(token.morph))
    gender = "femn" if "Fem" in token.morph.get("Gender", []) and not plural else "masc"
    inflected = parse.inflect({"nomn", "sing", gender})
    return str(inflected.word) if inflected is not None else token.lower_
