"""The vocabulary of organizations: head nouns, legal forms, words that open a name or say whose body it is."""

import re
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from extractors._lexicon import table
from extractors._model import OrganizationKind

_PLACE_ADJECTIVE = re.compile(r".*(?:ск|цк)(?:ий|ой|ая|ое|ого|ому|им|ом|ую)", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[А-ЯЁ]{2,}[а-яё]{0,2}|[А-ЯЁ]+[а-яё]*[А-ЯЁ]+[а-яё]{0,2}")
_LATIN = re.compile(r"[A-Z0-9][A-Za-z0-9&.'’+-]*|&|[a-z]+[A-Z]\w*")


class Head(NamedTuple):
    """A noun that heads organizations' names; see `lexicon/organization_heads.tsv` for what the fields mean."""

    noun: str
    kind: OrganizationKind
    needs: str
    takes_quoted: bool
    grows: str


@cache
def heads() -> dict[str, Head]:
    """Give the head nouns by lemma."""
    return {
        row["head"]: Head(row["head"], OrganizationKind(row["kind"]), row["needs"], row["quoted"] == "in", row["grows"])
        for row in table("organization_heads")
    }


@cache
def legal_forms() -> dict[str, OrganizationKind]:
    """Give the abbreviated legal forms with the kind of body each tells."""
    return {row["form"]: OrganizationKind(row["kind"]) for row in table("legal_forms")}


@cache
def whose_adjectives() -> frozenset[str]:
    """Give the adjectives that say whose a body is."""
    return frozenset(row["adjective"] for row in table("organization_adjectives") if row["whose"] == "yes")


@cache
def words(name: str) -> frozenset[str]:
    """Give the first column of a table of words."""
    return frozenset(next(iter(row.values())) for row in table(name))


def feature(token: Token, name: str) -> str:
    """Give a feature of the tagger's, in Universal Dependencies; empty where it has none."""
    return "".join(token.morph.get(name, [""])[:1])


def is_place_adjective(token: Token) -> bool:
    """Tell whether the word is an adjective in -ский but not in -ический: «кубанский»; «городской» is one too."""
    return bool(_PLACE_ADJECTIVE.fullmatch(token.text)) and "ическ" not in token.lower_


def is_abbreviation(token: Token) -> bool:
    """Tell whether the word is written as an abbreviation: «ФРП», «МИДа», «ДонГУ»."""
    return bool(_ABBREVIATION.fullmatch(token.text))


def is_latin(token: Token) -> bool:
    """Tell whether the word is a name's word in Latin letters."""
    return bool(_LATIN.fullmatch(token.text))


def is_title(token: Token) -> bool:
    """Tell whether the word has a capital letter that the start of a sentence does not explain."""
    return token.text[:1].isupper() and not opens_sentence(token)


def opens_sentence(token: Token) -> bool:
    """Tell whether only quotes, dashes or nothing stand before the word in its sentence."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.text in {"«", '"', "—", "–", "-", ":", "“", "„"} and (before.is_sent_start or before.i == 0)


_ENDING = re.compile(r"(?P<stem>[А-ЯЁ]{2,}|[А-ЯЁ][а-яё]*[А-ЯЁ]+)(?:а|у|е|ом|ем)")


def stem(token: Token) -> str:
    """Give the key of a word, the same for all its forms: the lemma, or an abbreviation without its ending."""
    ended = _ENDING.fullmatch(token.text)
    if ended:
        return ended["stem"].lower()
    return token.lower_ if token.text.isupper() else token.lemma_.lower()
