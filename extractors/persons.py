"""Persons: every printed name, with its nominative.

The spans are found in `extractors._names.persons`; here they are read. Who is who across mentions is the linker's
business.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention
from extractors._persons.name import person_names


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each person's name of the text."""
    for span, name in zip(doc.spans["persons"], person_names(doc), strict=True):
        rule = span.label_
        yield Mention(Kind.PERSON, span.start_char, span.end_char, span.text, name, rule, confidence(Kind.PERSON, rule))
