"""Each extractor as a spaCy component, so that `nlp.add_pipe("svodka_money")` works in anybody's pipeline.

A component leaves the Doc's tokens alone and puts its mentions into `doc.spans["svodka_money"]` (spans labelled with
the kind) and, with their values, into `doc.user_data["svodka_money"]`. Registered by entry points (`spacy_factories`).
"""

from collections.abc import Callable
from importlib import import_module

from spacy.language import Language
from spacy.tokens import Doc

from extractors._analysis import analyse
from extractors._text import text_of

Component = Callable[[Doc], Doc]


def _component(extractor: str) -> Component:
    extract = import_module(f"extractors.{extractor}").extract
    key = f"svodka_{extractor}"

    def component(doc: Doc) -> Doc:
        mentions = tuple(extract(analyse(text_of(doc))))
        spans = [doc.char_span(m.start, m.stop, label=m.kind.value, alignment_mode="expand") for m in mentions]
        doc.spans[key] = [span for span in spans if span is not None]
        doc.user_data[key] = mentions
        return doc

    return component


def clusters(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_clusters`."""
    return _component("clusters")


def dates(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_dates`."""
    return _component("dates")


def events(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_events`."""
    return _component("events")


def money(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_money`."""
    return _component("money")


def officials(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_officials`."""
    return _component("officials")


def organizations(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_organizations`."""
    return _component("organizations")


def persons(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_persons`."""
    return _component("persons")


def places(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
    """Make the component `svodka_places`."""
    return _component("places")
