"""The text as the grammar sees it: lower case, ё as е, one kind of space, one kind of dash; offsets stay."""

_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u200a\u202f\u3000"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_LETTERS = {ord("ё"): "е", ord("Ё"): "е", ord("І"): "i", ord("і"): "i"}
_LOOKALIKES = str.maketrans("ceaopk", "сеаорк")  # Latin letters typed for Cyrillic ones
_TABLE = _SPACES | _DASHES | _LETTERS


def fold(text: str) -> str:
    """Fold a text, one character for one.

    >>> fold("С\u00a08 — 11 Июля")
    'с 8 - 11 июля'
    """
    lowered = text.translate(_TABLE).lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_TABLE))
    return lowered.translate(_LOOKALIKES)
