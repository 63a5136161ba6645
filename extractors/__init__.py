"""Text in, mentions out: the named things of a Russian news text with their values.

`analyse(text)` gives a spaCy Doc, `extract(doc)` every mention in it. Each public module beside this one is an
extractor: it has one public function, `extract(doc) -> Iterable[Mention]`; adding a module adds an extractor. Knows no
HTML, HTTP, files or database.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from spacy.tokens import Doc

from extractors._analysis import analyse
from extractors._check_digits import is_inn, is_ogrn
from extractors._confidence import confidence
from extractors._legal_forms import legal_form_of
from extractors._lexicon import read_table
from extractors._model import (
    ClusterKind,
    ClusterName,
    ClusterStatus,
    DateInterval,
    EventName,
    Granularity,
    Identifiers,
    Kind,
    Mention,
    MoneyAmount,
    OrganizationKind,
    OrganizationName,
    PersonName,
    PlaceKind,
    PlaceName,
    Post,
    Span,
    TenureStatus,
    Value,
)
from extractors._morphology import is_common_word, is_known_word, lemma
from extractors._nominative import nominative
from extractors._notation import notation
from extractors._numerals import Numeral, read_numeral
from extractors._regions import (
    country_of,
    genitive,
    place_by_adjective,
    place_named,
    region_by_adjective,
    region_of,
)
from extractors._text import text_of

__all__ = [
    "ClusterKind",
    "ClusterName",
    "ClusterStatus",
    "DateInterval",
    "EventName",
    "Granularity",
    "Identifiers",
    "Kind",
    "Mention",
    "MoneyAmount",
    "Numeral",
    "OrganizationKind",
    "OrganizationName",
    "PersonName",
    "PlaceKind",
    "PlaceName",
    "Post",
    "Span",
    "TenureStatus",
    "Value",
    "analyse",
    "confidence",
    "country_of",
    "extract",
    "extractor_names",
    "genitive",
    "is_common_word",
    "is_inn",
    "is_known_word",
    "is_ogrn",
    "legal_form_of",
    "lemma",
    "nominative",
    "notation",
    "place_by_adjective",
    "place_named",
    "read_numeral",
    "read_table",
    "region_by_adjective",
    "region_of",
    "text_of",
]

Extractor = Callable[[Doc], Iterable[Mention]]


@cache
def _extractors() -> dict[str, Extractor]:
    """Find the extractors: every public module of this package, by name."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return {name: import_module(f"{__name__}.{name}").extract for name in names}


def extractor_names() -> tuple[str, ...]:
    """Name the extractors, in alphabetical order."""
    return tuple(_extractors())


def extract(doc: Doc) -> tuple[Mention, ...]:
    """Find every mention in an analysed text, in the order of the text."""
    found = (mention for extractor in _extractors().values() for mention in extractor(doc))
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.stop, mention.kind)))
