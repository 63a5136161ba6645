"""Several clusters that share one word: «туристских кластеров «А» и «Б»», «двух кластеров: мебельного «А» и …».

Each gets its own stretch of text, and a name in which the shared words are said again.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors._clusters.found import Found
from extractors._clusters.phrase import Phrase
from extractors._clusters.words import is_adjective, is_town_adjective, prefix, singular
from extractors._quotes import Quote, quote_at
from extractors._regions import place_by_adjective

_JOINERS = {",", "и", ";", "а", "также"}
_LONGEST_ITEM = 10
_HEAD = "кластер"


def shared(phrase: Phrase) -> Iterator[Found]:
    """Give each cluster that a plural head stands for, in the order of the text."""
    if not phrase.plural:
        yield from _adjective_groups(phrase)
    elif phrase.quote is not None:
        yield from _quoted_row(phrase, phrase.quote)
    elif (colon := _colon(phrase)) is not None:
        yield from _items(phrase, colon + 1)
    else:
        yield from _adjective_groups(phrase)


def _word(phrase: Phrase) -> str:
    """The head in the singular: «кластер», «ИТ-кластер»."""
    token = phrase.doc[phrase.head]
    compound = prefix(token) or ""
    return f"{token.text[: len(compound) + token.text[len(compound) :].startswith('-')]}{_HEAD}"


def _modifiers(phrase: Phrase) -> list[str]:
    return [singular(phrase.doc[i]) for i in phrase.modifiers]


def _quoted_row(phrase: Phrase, first: Quote) -> Iterator[Found]:
    """«туристских кластеров «А», «Б» и «В»»."""
    doc = phrase.doc
    complement = [doc[slice(*phrase.complement)].text] if phrase.complement else []
    words = " ".join([*_modifiers(phrase), _word(phrase), *complement])
    start, quote = phrase.start, first
    while quote is not None:
        yield Found(start, quote.stop, "quoted_row", phrase, quote, f"{words} {doc[quote.start : quote.stop].text}")
        at = _past_joiners(doc, quote.stop)
        following = quote_at(doc, at) if at > quote.stop else None
        if following is None:
            return
        start, quote = following.start, following


def _past_joiners(doc: Doc, at: int) -> int:
    while at < len(doc) and doc[at].text in _JOINERS:
        at += 1
    return at


def _colon(phrase: Phrase) -> int | None:
    """Find the colon that opens a list of the clusters: behind the head and its place, or before a quoted name."""
    doc = phrase.doc
    for token in doc[phrase.head + 1 : doc[phrase.head].sent.end]:
        if token.text == ":":
            near = token.i <= phrase.stop + 1
            return token.i if near or quote_at(doc, token.i + 1) else None
        if token.pos_ == "VERB" and token.morph.get("VerbForm", []) == ["Fin"]:
            return None
    return None


def _items(phrase: Phrase, at: int) -> Iterator[Found]:
    doc, end = phrase.doc, phrase.doc[phrase.head].sent.end
    while at < end:
        start = _past_joiners(doc, at)
        quote = _first_quote(doc, start, end)
        if quote is None or any(prefix(token) is not None for token in doc[start : quote.start]):
            return
        yield Found(start, quote.stop, "list_item", phrase, quote, _item_name(phrase, start, quote))
        at = next((t.i for t in doc[quote.stop : end] if t.text in _JOINERS), end)


def _first_quote(doc: Doc, start: int, end: int) -> Quote | None:
    for i in range(start, min(end, start + _LONGEST_ITEM)):
        quote = quote_at(doc, i)
        if quote is not None:
            return quote
        if doc[i].text in {",", ";", ".", ":"}:
            return None
    return None


def _item_name(phrase: Phrase, start: int, quote: Quote) -> str:
    """Name one item; adjectives stand before the shared word, a genitive behind it."""
    doc = phrase.doc
    words = list(doc[start : quote.start])
    before: list[Token] = []
    while words and is_adjective(words[0]) and _stands_alone(words):
        before.append(words.pop(0))
    parts = [*_modifiers(phrase), *map(singular, before), _word(phrase), *(token.text for token in words)]
    return f"{' '.join(parts)} {doc[quote.start : quote.stop].text}"


def _stands_alone(words: list[Token]) -> bool:
    """Tell whether the words of an item are adjectives only, so that they go with the shared head."""
    return all(is_adjective(word) for word in words)


def _adjective_groups(phrase: Phrase) -> Iterator[Found]:
    """«Тульского оружейного и Ивановского текстильного кластеров»: each group opens with a place."""
    groups = list(_groups(phrase))
    if len(groups) < 2 or not all(_opens_with_place(phrase.doc[group[0]]) for group in groups):  # noqa: PLR2004 - one is no list
        return
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        name = " ".join([*(singular(phrase.doc[i]) for i in group), _word(phrase)])
        yield Found(group[0], phrase.head + 1 if last else group[-1] + 1, "shared_head", phrase, None, name)


def _groups(phrase: Phrase) -> Iterator[list[int]]:
    group: list[int] = []
    for i in range(phrase.start, phrase.head):
        if phrase.doc[i].text in {",", "и"}:
            yield group
            group = []
        else:
            group.append(i)
    yield group


def _opens_with_place(token: Token) -> bool:
    return place_by_adjective(token.text) is not None or is_town_adjective(token) or token.is_title
