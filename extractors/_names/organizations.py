"""Spans of organizations: the base tagger's, mended and completed by rules."""

from spacy.tokens import Doc, Span


def refine(doc: Doc, base: list[Span]) -> list[Span]:  # noqa: ARG001 - rules to come look at the whole Doc
    """Give the final spans of organizations."""
    return base
