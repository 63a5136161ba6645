"""Each extractor as a spaCy component, so that `nlp.add_pipe("svodka_money")` works in anybody's pipeline.

A component leaves the Doc's tokens alone and puts its mentions into `doc.spans["svodka_money"]` (spans labelled with
the kind) and, as plain dictionaries with their values, into `doc.user_data["svodka_money"]`, so that the Doc can be
stored and sent between processes. `doc.user_data["published"]`, in ISO 8601, set before, serves for reading relative
dates. spaCy finds this module by entry points (`spacy_factories`) and loads it when the first pipeline is made.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module

from spacy.language import Language
from spacy.tokens import Doc

from extractors._analysis import analyse

Component = Callable[[Doc], Doc]
Factory = Callable[[Language, str], Component]


def _component(extractor: str) -> Component:
    extract = import_module(f"extractors.{extractor}").extract
    key = f"svodka_{extractor}"

    def component(doc: Doc) -> Doc:
        # not `text_of`: what a stranger keeps in `user_data` is theirs
        mentions = tuple(extract(analyse(doc.text, _published(doc))))
        spans = [doc.char_span(m.start, m.stop, label=m.kind.value, alignment_mode="expand") for m in mentions]
        doc.spans[key] = [span for span in spans if span is not None]
        doc.user_data[key] = [_plain(mention) for mention in mentions]
        return doc

    return component


def _published(doc: Doc) -> datetime | None:
    value = doc.user_data.get("published")
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    """Give a value of ours in the types of JSON.

    >>> _plain((Decimal("1500000"), date(2024, 7, 8), None))
    ['1500000', '2024-07-08', None]
    """
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _factory(extractor: str) -> Factory:
    """Register the factory of a component under its name in pipelines."""

    def make(nlp: Language, name: str) -> Component:  # noqa: ARG001 - the signature is spaCy's
        return _component(extractor)

    Language.factory(f"svodka_{extractor}", assigns=["doc.spans", "doc.user_data"], func=make)
    return make


# The names that the entry points point at.
clusters = _factory("clusters")
dates = _factory("dates")
events = _factory("events")
money = _factory("money")
officials = _factory("officials")
organizations = _factory("organizations")
persons = _factory("persons")
places = _factory("places")
