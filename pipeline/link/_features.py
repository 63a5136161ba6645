"""Grammatical features of tokens, one value each."""

from spacy.tokens import Token


def feature(token: Token, name: str) -> str:
    """Give a token's Universal Dependencies feature («Case», «Number», «VerbForm»); empty when it has none."""
    return next(iter(token.morph.get(name, [])), "")


def is_finite(token: Token) -> bool:
    """Tell whether a token is a finite verb."""
    return feature(token, "VerbForm") == "Fin"
