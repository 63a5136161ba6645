"""The nominative of a name that stands in any case."""

from spacy.tokens import Doc


def nominative(doc: Doc, start: int, stop: int) -> str:
    """Give `doc.text[start:stop]` in the nominative, letter case and punctuation kept."""
    return doc.text[start:stop]
