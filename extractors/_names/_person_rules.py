"""Rules that find persons' names without the tagger: initials, runs of dictionary names, surnames seen before.

Each public rule gives spans labelled with its own name; `outermost` settles what overlaps.
"""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from extractors._morphology import parses
from extractors._persons.declension import CASES, GENDERS, nominative_form, tags
from extractors._persons.name import read
from extractors._persons.parts import is_eastern, name_words, particles
from extractors._text import text_of

_LETTER = r"(?:[А-ЯЁ]|Дж|Ю|[А-ЯЁ]-[А-ЯЁ])\.\s?"
_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*"
_INITIALS = re.compile(rf"(?<![\w.])(?:{_LETTER}(?:{_LETTER})?{_SURNAME}|{_SURNAME}\s{_LETTER}(?:[А-ЯЁ]\.)?)(?!\w)")
_BEFORE_SENTENCE = frozenset('«"“„—–-:(')
_PAIR = 2
_PREFIX = 3
_SHORTEST = 3
_GOOD = 1.5


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Keep the longest of overlapping spans, the first rule winning a tie; in the order of the text."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def initials(doc: Doc) -> Iterator[Span]:
    """Find «И. И. Быстров», «Быстров И.И.» and «И.Быстров»; one initial needs a surname that the dictionary knows."""
    for match in _INITIALS.finditer(text_of(doc)):
        stop = match.start() + len(match.group().rstrip())
        span = doc.char_span(match.start(), stop, label="initials", alignment_mode="expand")
        if span is None or _is_taken(span, "places"):
            continue
        surname = max(span.text.replace(".", " ").split(), key=len)
        one_letter = "Surn" in tags(surname) and not is_eastern(surname)
        if span.text.count(".") >= _PAIR or one_letter:
            yield span


def joined(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Join what particles part («Рената фон Лурих») and take in «оглы» and a following surname."""
    rest = sorted(spans, key=lambda span: span.start)
    while rest:
        span = rest.pop(0)
        while rest and _are_joined(doc, span, rest[0]):
            span = Span(doc, span.start, rest.pop(0).end, label="ner_joined")
        stop = _end(doc, span)
        yield span if stop == span.end else Span(doc, span.start, stop, label="ner_joined")


def _are_joined(doc: Doc, one: Span, two: Span) -> bool:
    between = doc[one.end : two.start]
    if not len(between):
        return two[0].text in particles() or one[-1].text in particles()
    return all(particles().get(token.text) == "inner" for token in between)


def _end(doc: Doc, span: Span) -> int:
    stop = span.end
    while stop < len(doc) and particles().get(doc[stop].text) == "end":
        stop += 1
    if stop == span.end and len(span) == 1 and stop < len(doc) and _continues(doc[stop], span[0]):
        return stop + 1
    return stop


def _continues(token: Token, first: Token) -> bool:
    """Tell whether a word is the surname that the tagger left off after a first name."""
    if "Name" not in tags(first.text) or token.is_sent_start or not token.text.istitle():
        return False
    return "Surn" in tags(token.text) and _agree([first, token]) and not _is_taken(token.doc[token.i : token.i + 1])


def name_runs(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Find neighbouring dictionary names with a first name among them, in any letter case that is one for all."""
    tagged = {token.i for span in spans for token in span}
    run: list[Token] = []
    for token in doc:
        if run and (token.is_sent_start or not _follows(run[-1], token)):
            yield from _run(doc, run)
            run = []
        if token.text.isalpha() and tags(token.text) and token.i not in tagged:
            run.append(token)
    yield from _run(doc, run)


def _follows(last: Token, token: Token) -> bool:
    return last.i + 1 == token.i and bool(tags(token.text)) and _letters(last.text) == _letters(token.text)


def _letters(word: str) -> str:
    return "lower" if word.islower() else "upper" if word.isupper() else "title" if word.istitle() else "mixed"


def _run(doc: Doc, run: list[Token]) -> Iterator[Span]:
    keys = ("places",) if run and run[0].is_upper else ("places", "organizations")  # capitals mislead the tagger
    if len(run) < _PAIR or _is_taken(doc[run[0].i : run[-1].i + 1], *keys):
        return
    kinds = [tags(token.text) for token in run]
    patronymic = any(kind == {"Patr"} for kind in kinds)
    whole = any("Name" in kind for kind in kinds) and (patronymic or any("Surn" in kind for kind in kinds))
    if whole and (patronymic or run[0].text[0].isupper()) and _agree(run):
        yield Span(doc, run[0].i, run[-1].i + 1, label="dictionary_names")


def _agree(run: list[Token]) -> bool:
    """Tell whether some case and gender suits every word."""
    return any(
        all(nominative_form(token.text, gender, case).score > _GOOD for token in run)
        for gender in GENDERS
        for case in CASES
    )


def surnames(spans: Iterable[Span]) -> frozenset[tuple[str, str]]:
    """Give the surnames, lower case and nominative, of the full names among the spans, with the gender of each."""
    found = set()
    for span in spans:
        if len(span) >= _PAIR:
            name, gender, _ = read(name_words(span), frozenset())
            if name.last and name.first:
                found.add((name.last.lower(), gender))
    return frozenset(found)


def known_surnames(doc: Doc, spans: list[Span], known: frozenset[tuple[str, str]]) -> Iterator[Span]:
    """Find the surnames of the text's full names where they stand alone and the tagger missed them."""
    starts = {surname[:_PREFIX] for surname, _ in known}
    named = {token.i for span in spans for token in span}
    for token in doc:
        if token.i in named or len(token) < _SHORTEST or not token.text[0].isupper():
            continue
        if token.text[:_PREFIX].lower() in starts and _is_one_of(token.text, known):
            start = token.i - 1 if _is_first_name_before(token, named) else token.i
            span = Span(doc, start, token.i + 1, label="known_surname")
            if not _is_taken(span) and not (is_common(token) and starts_sentence(token)):
                yield span


def _is_first_name_before(token: Token, named: set[int]) -> bool:
    before = token.nbor(-1) if token.i and not token.is_sent_start else None
    return before is not None and before.i not in named and before.text.istitle() and "Name" in tags(before.text)


def is_common(token: Token) -> bool:
    """Tell whether the dictionary knows the word, and not as a name."""
    return bool(parses(token.text.lower())[0].is_known) and not tags(token.text) and token.text.isalpha()


def starts_sentence(token: Token) -> bool:
    """Tell whether the capital letter of a word may be the sentence's."""
    before = token.doc[token.i - 1] if token.i else None
    return before is None or bool(token.is_sent_start) or before.is_space or before.text in _BEFORE_SENTENCE


def _is_one_of(word: str, known: frozenset[tuple[str, str]]) -> bool:
    return any(
        (nominative_form(word, gender, case).nominative, gender) in known for gender in GENDERS for case in CASES
    )


def _is_taken(span: Span, *keys: str) -> bool:
    """Tell whether the tagger found a place or a body there."""
    return any(
        other.start < span.end and span.start < other.end
        for key in keys or ("places", "organizations")
        for other in span.doc.spans[key]
    )
