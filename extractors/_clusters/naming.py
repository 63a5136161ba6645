"""Whether a phrase names one particular cluster, and by which rule."""

from collections.abc import Callable

from spacy.tokens import Doc, Token

from extractors._clusters.phrase import Phrase
from extractors._clusters.words import is_corporation, is_town_adjective, lemma_in, part, prefix, says_more
from extractors._quotes import Quote, quotes
from extractors._regions import place_by_adjective, region_by_adjective

_REGISTERS = {"реестр", "перечень"}
_FOUNDED = {"создать", "создавать", "образовать", "сформировать", "формировать", "учредить"}


def naming_rule(phrase: Phrase) -> str | None:
    """Name the rule by which a phrase names a cluster on its own; None when it names none."""
    if _is_no_cluster(phrase):
        return None
    return next((name for name, holds in _RULES.items() if holds(phrase)), None)


def is_descriptive(phrase: Phrase) -> bool:
    """Tell whether a phrase says enough of a cluster's industry to be its name in a list of names."""
    return not phrase.blocked and not _is_no_cluster(phrase) and _says_industry(phrase)


def _is_no_cluster(phrase: Phrase) -> bool:
    words = [phrase.doc[i] for i in phrase.modifiers]
    words += phrase.doc[phrase.head + 1 : max(phrase.core_stop, phrase.bare[1] if phrase.bare else 0)]
    return any(lemma_in(token, "never") for token in words)


def _says_industry(phrase: Phrase) -> bool:
    modifiers = [phrase.doc[i] for i in phrase.modifiers]
    plain = [token for token in modifiers if not lemma_in(token, "scope") and not lemma_in(token, "generic")]
    field = phrase.doc[slice(*phrase.complement)] if phrase.complement else ()
    telling = bool(field) and not any(lemma_in(token, "vague") for token in field)
    return bool(plain or telling or says_more(phrase.doc[phrase.head]))


def _quoted(phrase: Phrase) -> bool:
    if phrase.quote is None or _is_owner(phrase):
        return False
    inside = phrase.doc[phrase.quote.start : phrase.quote.stop]
    return all(prefix(token) is None for token in inside)  # else it is the quoted words that name it


def _bare_name(phrase: Phrase) -> bool:
    return phrase.bare is not None


def _is_owner(phrase: Phrase) -> bool:
    """Tell whether the quoted word behind the head is a corporation in the genitive: «… «Ростеха»»."""
    if phrase.quote is None:
        return False
    return is_corporation(phrase.doc[phrase.quote.start + 1])


def _of_corporation(phrase: Phrase) -> bool:
    ahead = phrase.doc[phrase.core_stop : phrase.core_stop + 3]
    return _says_industry(phrase) and any(is_corporation(token) for token in ahead)


def _in_quotes(phrase: Phrase) -> bool:
    """The whole phrase stands in quotes: «Алтайский кластер аграрного машиностроения»."""
    quote = quote_around(phrase)
    if quote is None or phrase.plural:
        return False
    words = phrase.doc[quote.start + 1 : quote.stop - 1]
    behind = [token for token in words if token.i >= phrase.stop]
    sentence = any(token.pos_ == "VERB" or "Short" in token.morph.get("Variant", []) for token in behind)
    sentence = sentence or any(token.text in {"—", "–", ",", ":", "-"} for token in behind)
    return len(words) > 1 and not sentence


def quote_around(phrase: Phrase) -> Quote | None:
    """Give the quote that opens right before a phrase."""
    return next((q for q in quotes(phrase.doc) if q.start == phrase.start - 1 and q.stop > phrase.stop), None)


def _proper_adjective(phrase: Phrase) -> bool:
    """A capital letter in mid-sentence, or an adjective of a place with a capital: «Алтайский … кластер»."""
    if phrase.blocked or phrase.plural or not phrase.modifiers:
        return False
    first = phrase.doc[phrase.modifiers[0]]
    if not first.is_title:
        return False
    return not _opens(phrase.doc, first) or _of_place(first)


def _opens(doc: Doc, token: Token) -> bool:
    """Tell whether a capital letter is that of a sentence, a line, a quotation or a list item."""
    before = doc[token.i - 1] if token.i else None
    return bool(token.is_sent_start) or before is None or before.text in {"«", '"', ".", ")", "—", "–", "-", "•", "…"}


def _abbreviated(phrase: Phrase) -> bool:
    """An abbreviation in brackets that spells the phrase: «Международный медицинский кластер (ММК)»."""
    doc = phrase.doc
    initials = "".join(token.text[0] for token in doc[phrase.start : phrase.stop] if token.text[0].isalpha())
    bracket = doc[phrase.stop : phrase.stop + 3].text
    return len(initials) > 1 and initials.upper() == bracket.strip("()") and bracket.startswith("(")


def _of_place(token: Token) -> bool:
    return place_by_adjective(token.text) is not None or is_town_adjective(token)


def _place_adjective(phrase: Phrase) -> bool:
    """An adjective of a region or town before a said industry: «пущинского биотехнологического кластера»."""
    if phrase.blocked or phrase.plural or not phrase.modifiers:
        return False
    first = phrase.doc[phrase.modifiers[0]]
    in_russia = region_by_adjective(first.text) is not None or is_town_adjective(first)
    rest = len(phrase.modifiers) > 1 or phrase.complement or says_more(phrase.doc[phrase.head])
    return in_russia and bool(rest)


def _with_place(phrase: Phrase) -> bool:
    """A said kind and the place behind it: «электротехнический кластер Псковской области»."""
    if phrase.blocked or phrase.plural or not (phrase.place or _place_in_brackets(phrase)):
        return False
    return bool(phrase.modifiers or phrase.complement or says_more(phrase.doc[phrase.head]))


def _place_in_brackets(phrase: Phrase) -> bool:
    """«кластер производителей оборудования (Татарстан)»."""
    doc, at = phrase.doc, phrase.core_stop
    opened = at < len(doc) and doc[at].text == "("
    return opened and any(at < span.start <= at + 3 and span.start < span.sent.end for span in doc.spans["places"])


def _sole_compound(phrase: Phrase) -> bool:
    """A compound so rare that it names by itself: «городской кинокластер»."""
    return not phrase.blocked and not phrase.plural and prefix(phrase.doc[phrase.head]) in part("sole")


def _founded(phrase: Phrase) -> bool:
    """A cluster with a said field that somebody founds: «создан кластер фотоники», «создают кластер в области …»."""
    if phrase.blocked or phrase.plural or phrase.complement is None:
        return False
    if any(lemma_in(token, "vague") for token in phrase.doc[slice(*phrase.complement)]):
        return False
    sentence = phrase.doc[phrase.head].sent
    before = [token for token in sentence if phrase.start - 6 <= token.i < phrase.start]
    return any(token.lemma_ in _FOUNDED and token.morph.get("VerbForm", []) != ["Inf"] for token in before)


_RULES: dict[str, Callable[[Phrase], bool]] = {
    "quoted": _quoted,
    "bare_name": _bare_name,
    "of_corporation": _of_corporation,
    "in_quotes": _in_quotes,
    "proper_adjective": _proper_adjective,
    "place_adjective": _place_adjective,
    "with_place": _with_place,
    "founded": _founded,
    "spelled_out": _abbreviated,
    "sole_compound": _sole_compound,
}
