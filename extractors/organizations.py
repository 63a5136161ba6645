"""Organizations."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention, OrganizationKind, OrganizationName
from extractors._nominative import nominative


def extract(doc: Doc) -> Iterator[Mention]:
    for span in doc.spans.get("organizations", ()):
        start, stop = span.start_char, span.end_char
        name = OrganizationName(nominative(doc, start, stop), OrganizationKind.OTHER)
        yield Mention(
            Kind.ORGANIZATION, start, stop, span.text, name, span.label_, confidence("organization", span.label_)
        )
