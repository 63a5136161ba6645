"""The vocabulary of clusters, and what a single token says of one."""

import re
from functools import cache

from spacy.tokens import Doc, Token

from extractors._inflected import fold, forms
from extractors._lexicon import table
from extractors._morphology import parses

_HEAD = re.compile(r"([\w-]*?)-?кластер(?:а|у|ом|е|ы|ов|ам|ами|ах)?", re.IGNORECASE)
_SPLIT_PREFIXES = {"био", "суб", "авто", "агро", "энерго", "сельхоз", "дерево", "туристско", "микро", "нано"}
_TOWN_ENDINGS = ("ский", "инский", "енский", "ненский", "овский", "ецкий", "кий", "цкий")
_DIMINUTIVES = {"", "суб", "микро", "под", "мини", "макро"}


@cache
def part(name: str) -> frozenset[str]:
    """Give the words of one part of `lexicon/cluster_words.tsv`, folded."""
    return frozenset(fold(row["word"]) for row in table("cluster_words") if row["part"] == name)


def lemma_in(token: Token, name: str) -> bool:
    """Tell whether a token's dictionary form (or the word as printed) belongs to a part of the vocabulary."""
    return not part(name).isdisjoint({fold(token.lemma_), fold(token.text)})


def prefix(token: Token) -> str | None:
    """Give what stands before «кластер» in a compound («ИТ», «фарм»), "" for the bare word, None for another word."""
    match = _HEAD.fullmatch(token.text)
    return match[1].strip("-") if match else None


def says_more(token: Token) -> bool:
    """Tell whether a head is a compound that names an industry («медкластер»)."""
    return fold(prefix(token) or "") not in _DIMINUTIVES


def is_plural(token: Token) -> bool:
    """Tell whether «кластер» stands in the plural."""
    return fold(token.text).endswith(("ы", "ов", "ам", "ами", "ах"))


def is_half(token: Token) -> bool:
    """Tell whether a token is the first half of a word that a text prints apart: «энерго машиностроения»."""
    return fold(token.text) in _SPLIT_PREFIXES


def is_adjective(token: Token) -> bool:
    """Tell whether a token can be an adjective before «кластер», whatever the tagger made of it."""
    if is_half(token):
        return True
    if not token.text[0].isalpha() or token.pos_ in {"VERB", "ADP", "CCONJ", "SCONJ", "ADV", "PART"}:
        return False
    return any(parse.tag.POS in {"ADJF", "PRTF"} and "Apro" not in parse.tag for parse in parses(fold(token.text)))


def is_genitive(token: Token) -> bool:
    """Tell whether a token is or can be a genitive; the tagger's word counts for nouns it is sure of."""
    if token.pos_ not in {"NOUN", "ADJ", "PROPN", "VERB"} or len(token) == 1:
        return False
    case = token.morph.get("Case", [])
    if case and case[0] == "Gen":
        return True
    readings = [parse.tag for parse in parses(fold(token.text))]
    return any("gent" in tag for tag in readings) and not any("nomn" in tag for tag in readings)


def may_be_genitive(token: Token) -> bool:
    """Tell whether a word has a genitive reading at all, whatever the tagger chose."""
    nominal = token.pos_ in {"NOUN", "ADJ", "PROPN"} and len(token) > 1
    return nominal and any("gent" in parse.tag for parse in parses(fold(token.text)))


@cache
def _town_adjectives() -> dict[str, str]:
    """Adjectives that the usual endings make of the towns («пущинский», «долгопрудненский»), and the towns' regions."""
    found: dict[str, str] = {}
    for row in table("cities"):
        stem = fold(row["name"]).rstrip("аоыиьйея")
        found |= {stem + ending: row["region"] for ending in _TOWN_ENDINGS}
    return found


def is_town_adjective(token: Token) -> bool:
    """Tell whether an adjective looks made of a town's name."""
    return town_region(token) is not None


def town_region(token: Token) -> str | None:
    """Give the region of the town that an adjective looks made of."""
    return _town_adjectives().get(fold(token.lemma_))


def is_corporation(token: Token) -> bool:
    """Tell whether a word is a corporation whose branches call themselves clusters, in any case."""
    return any(fold(token.text).startswith(name) for name in part("corporation"))


def one_of(doc: Doc, start: int, words: frozenset[str]) -> bool:
    """Tell whether the token at a position (if any) has one of these dictionary forms."""
    return 0 <= start < len(doc) and fold(doc[start].lemma_) in words


def singular(token: Token) -> str:
    """Give an adjective of any number and case in the nominative singular masculine, letter case kept."""
    for parse in parses(token.text):
        if parse.tag.POS in {"ADJF", "PRTF"}:
            word = parse.inflect({"nomn", "sing", "masc"})
            if word is not None and fold(token.text) in forms(word.word):
                return token.text[0] + word.word[1:] if token.text[0].isupper() else str(word.word)
    return token.text
