"""What a mention of an organization says about it: kind, legal form, whose it is, other names, registry numbers.

Knows one mention and the few words around it, not the other mentions of the text.
"""

import re
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc, Span

from extractors import _model as model
from extractors._check_digits import is_inn, is_ogrn
from extractors._lexicon import table
from extractors._model import Identifiers, OrganizationKind, OrganizationName
from extractors._names._organization_known import known_at
from extractors._names._organization_offices import office_kind
from extractors._names._organization_scene import Scene, territory_stop
from extractors._names._organization_words import heads, is_abbreviation, is_latin, legal_forms
from extractors._nominative import nominative

_BRACKETED = re.compile(r"\s?\(([^()\n]{2,40})\)")
_FURTHER_NAMES = re.compile(r"\s?\((?:далее\s*[—–-]\s*)?[«\"]?(?P<name>[A-ZА-ЯЁ][^()\n,;«»\"]{1,30}?)[»\"]?\s*[),;]")
_INN = re.compile(r"ИНН[\s:№]*(\d{12}|\d{10})(?!\d)")
_OGRN = re.compile(r"ОГРН(?:ИП)?[\s:№]*(\d{15}|\d{13})(?!\d)")
_REACH = 120
_QUOTES = frozenset('«»"„“”')
_WRITING = frozenset({"писать", "передавать", "сообщать"})
_ENDINGS = (
    ("банк", OrganizationKind.BANK),
    ("фонд", OrganizationKind.FUND),
    ("университет", OrganizationKind.EDUCATION_SCIENCE),
)


def value_of(span: Span, view: Scene) -> OrganizationName:
    """Read what a mention says; `view` is the scene of its Doc."""
    doc = span.doc
    return OrganizationName(
        name=_known_name(span) or _BRACKETED.sub("", nominative(doc, span.start_char, span.end_char)) or span.text,
        kind=_kind(span, view),
        legal_form=_legal_form(span),
        aliases=tuple(_aliases(span, view)),
        territory=_territory(span, view),
        identifiers=_identifiers(view.text, span.end_char),
    )


def _known_name(span: Span) -> str | None:
    """Take the nominative of a well-known name from its table, with the printed first letter."""
    known = known_at(span[0])
    if known is None or known[1] != span.end or len(span) == 1:
        return None
    return known[0].name


def _kind(span: Span, view: Scene) -> OrganizationKind:
    """Take the kind from a well-known name, the first head word, the generic word before quotes or the legal form."""
    known = known_at(span[0])
    if known is not None and (known[1] >= span.end or span.label_ == "known_name"):
        return known[0].kind
    telling = len(span) > 1 or span.label_.startswith("head")
    for token in span:
        head = heads().get(token.lemma_)
        if head is not None and telling:
            return head.kind
        of_ending = next((kind for ending, kind in _ENDINGS if token.lemma_.endswith(ending)), None)
        if of_ending is not None:
            return of_ending
    return (
        office_kind(span[0].text)
        or _outer_kind(span, view)
        or _known_inside(span)
        or _writes(span)
        or OrganizationKind.OTHER
    )


def _outer_kind(span: Span, view: Scene) -> OrganizationKind | None:
    """Take the kind from the legal form, or the generic word before the quotes or before the list of quoted names."""
    if span[0].text in legal_forms():
        return legal_forms()[span[0].text]
    i = span.start - 1
    if i in view.quotations:
        i -= 1
        while i >= 1 and span.doc[i].text in {",", "и"} and i in view.openings:
            i = view.openings[i] - 1
    head = heads().get(span.doc[i].lemma_) if i >= 0 and not span.doc[i].is_punct else None
    return head.kind if head else None


def _known_inside(span: Span) -> OrganizationKind | None:
    return next((known[0].kind for token in span if (known := known_at(token)) is not None), None)


def _writes(span: Span) -> OrganizationKind | None:
    """Tell a newspaper from other bodies without a known kind by what it does: «пишет „Вечерний звон“»."""
    doc, before, behind = span.doc, span.start - 1, span.end
    while before > 0 and doc[before].text in _QUOTES:
        before -= 1
    while behind < len(doc) - 1 and doc[behind].text in _QUOTES:
        behind += 1
    near = [doc[i] for i in (before, behind) if 0 <= i < len(doc)]
    wrote = any(t.pos_ == "VERB" and t.lemma_ in _WRITING and "Imp" in t.morph.get("Aspect", []) for t in near)
    return OrganizationKind.MEDIA if wrote else None


@cache
def _written_forms() -> dict[str, str]:
    return {row["written"]: row["form"] for row in table("legal_forms")}


def _legal_form(span: Span) -> str | None:
    """Give the legal form as its abbreviation where one opens the name, abbreviated or in full."""
    if span[0].text in legal_forms():
        return span[0].text
    opening = nominative(span.doc, span.start_char, span.end_char).partition("«")[0].strip().lower()
    return _written_forms().get(opening)


def _aliases(span: Span, view: Scene) -> Iterable[str]:
    """Give the names bracketed within the mention or right behind it: «(РФРП)», «(далее — Центр)»."""
    doc = span.doc
    for found in _BRACKETED.finditer(span.text):
        yield found.group(1)
    behind = _FURTHER_NAMES.match(view.text[span.end_char : span.end_char + _REACH])
    if behind is not None and span.end + 2 < len(doc) and _is_name(doc, span.end + 1, behind["name"]):
        yield behind["name"]


def _is_name(doc: Doc, i: int, name: str) -> bool:
    if doc[i].text == "далее":
        return True
    if all(is_abbreviation(token) for token in doc[i : i + len(name.split())]):
        return True
    return " " not in name and (is_abbreviation(doc[i]) or (is_latin(doc[i]) and doc[i].text.isupper()))


def _territory(span: Span, view: Scene) -> model.Span | None:
    """Give the longest stretch at the mention's end that says whose body it is."""
    for i in range(span.start + 1, span.end):
        if territory_stop(view, i) == span.end:
            return model.Span(span.doc[i].idx, span.end_char)
    return None


def shares_territory(span: Span, following: Span) -> bool:
    """Tell whether what says whose a body is belongs to the body before «и» too: «министерство … и фонд … края»."""
    doc = span.doc
    joined = doc[span.end].text == "и" and following.start == span.end + 1
    own = any(token.text[:1].isupper() for token in span[1:]) or len(span) == 1
    return joined and not own and doc[span.start].lemma_ in heads() and _is_general(span) and _is_general(following)


def _is_general(span: Span) -> bool:
    """Tell whether a name opens with a common noun for a body of power or a fund."""
    head = next((heads()[token.lemma_] for token in span if token.lemma_ in heads()), None)
    return head is not None and head.kind in {OrganizationKind.GOVERNMENT, OrganizationKind.FUND}


def _identifiers(text: str, stop: int) -> Identifiers:
    """Give the registry numbers printed behind the mention in its line and before the next sentence."""
    behind = re.split(r"\n|(?<=[а-яё)])\.\s", text[stop : stop + _REACH], maxsplit=1)[0]
    inn, ogrn = _INN.search(behind), _OGRN.search(behind)
    return Identifiers(
        inn=inn.group(1) if inn and is_inn(inn.group(1)) else None,
        ogrn=ogrn.group(1) if ogrn and is_ogrn(ogrn.group(1)) else None,
    )
