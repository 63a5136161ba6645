"""Organizations: bodies of power, companies, media, courts, universities, unions, by the nominative of each mention.

The spans are `doc.spans["organizations"]`; an organization named within another's name is a mention of its own.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention
from extractors._names._organization_scene import scene
from extractors._names.organizations import nested
from extractors._organization_values import value_of


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each mention of an organization."""
    view = scene(doc, ())
    for span in (*doc.spans.get("organizations", ()), *nested(doc)):
        rule = span.label_
        sure = confidence(Kind.ORGANIZATION, rule)
        yield Mention(Kind.ORGANIZATION, span.start_char, span.end_char, span.text, value_of(span, view), rule, sure)
