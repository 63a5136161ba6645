"""Organizations: bodies of power, companies, media, courts, universities, unions, by the nominative of each mention.

The spans are `doc.spans["organizations"]`; an organization named within another's name is a mention of its own.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from extractors._confidence import confidence
from extractors._model import Kind, Mention
from extractors._names._organization_scene import scene
from extractors._names.organizations import nested
from extractors._organization_values import shares_territory, value_of


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each mention of an organization."""
    view = scene(doc, ())
    spans = (*doc.spans.get("organizations", ()), *nested(doc))
    starts = {span.start: span for span in spans}
    for span in spans:
        rule = span.label_
        sure = confidence(Kind.ORGANIZATION, rule)
        value = value_of(span, view)
        if value.territory is None and span.end + 1 in starts and shares_territory(span, starts[span.end + 1]):
            value = replace(value, territory=value_of(starts[span.end + 1], view).territory)
        yield Mention(Kind.ORGANIZATION, span.start_char, span.end_char, span.text, value, rule, sure)
