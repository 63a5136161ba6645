"""A person's name in the nominative, with its parts, from the words as printed in any case.

Owns which case and gender the words of a name agree in; what each word is, `parts` says, and how one declines,
`declension`. Knows nothing of posts. A surname alone is read with the help of the full names of the same text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors._model import PersonName
from extractors._persons.agreement import Agreed, agreed
from extractors._persons.declension import CASES, GENDERS, nominative_form
from extractors._persons.parts import Word, name_words, particles
from extractors._posts.heads import case_of, head_of, same_case

_CASE_AGREES, _GENDER_AGREES, _KNOWN = 1.0, 0.8, 3.0
_NOMINATIVE_PRIOR = 0.3
_SURE = 1.0
_HINT = 3.0
_FARTHEST_POST = 12
OTHER_SPELLING = "other_spelling"  # the rule of «(John Hill)» after a name: another way to write that name
_SHORTEST = 2
_UNDECLINED = frozenset({"initial", "particle", "numeral"})

Known = frozenset[tuple[str, str]]


class Reading(NamedTuple):
    """A name, the gender it was read in, and how far ahead of the other gender that reading was."""

    name: PersonName
    gender: str
    margin: float


def person_names(doc: Doc) -> list[PersonName]:
    """Read every span of `doc.spans["persons"]`, in their order: full names first, lone surnames in their light."""
    spans = list(doc.spans["persons"])
    words = [name_words(span) for span in spans]
    hints = [_hint(span) for span in spans]
    full = [w if _is_full(w) else () for w in words]
    together = agreed(full, lambda w, gender, case: _score(w, gender, case, frozenset()))
    first = {i: _read(w, frozenset(), hints[i], together.get(i)) for i, w in enumerate(full) if w}
    sure = [reading for reading in first.values() if reading.margin >= _SURE]
    known = frozenset((r.name.last.casefold(), r.gender) for r in sure or first.values() if r.name.last)
    firsts = frozenset(r.name.first.casefold() for r in first.values() if r.name.first)
    lone = [w if _is_full(w) else _lone(w, firsts, known) for w in words]
    names = [_read(w, known, hints[i], together.get(i)).name for i, w in enumerate(lone)]
    pairs = zip(spans, range(-1, len(spans)), strict=False)
    return [names[max(i, 0)] if span.label_ == OTHER_SPELLING else names[i + 1] for span, i in pairs]


def _hint(span: Span) -> str | None:
    """Give the case of the post right before a name: «отставку министра культуры Быстрова»."""
    case, listed = None, False
    for token in reversed(span.doc[max(0, span.start - _FARTHEST_POST) : span.start]):
        listed = listed or token.lower_ == "и"
        in_list = listed and token.text == ","  # «министра спорта, туризма и связи Быстрова»
        if (token.is_punct and not in_list) or token.pos_ in {"VERB", "ADP"} or token.i + 1 == span.sent.start:
            break
        if (head := head_of(token)) is not None:
            case = case_of(token, head)
    return case


def _is_full(words: Sequence[Word]) -> bool:
    return {"first", "last"} <= {word.role for word in words}


def _lone(words: Sequence[Word], firsts: frozenset[str], known: Known) -> Sequence[Word]:
    """Take a lone word for the first name that it is in the full names of the text."""
    if len(words) != 1:
        return words
    word = words[0]
    forms = {nominative_form(word.text, g, c).nominative for g in GENDERS for c in CASES}
    if forms & {last for last, _ in known}:
        return [word._replace(role="last")]
    return [word._replace(role="first")] if forms & firsts else words


def _read(words: Sequence[Word], known: Known, hint: str | None, together: Agreed | None) -> Reading:
    """Read a name as it agrees with the other mentions of its bearer, else by itself."""
    if together is None:
        return read(words, known, hint)
    return Reading(_assemble(words, together.gender, together.case), together.gender, _SURE)


def read(words: Sequence[Word], known: Known, hint: str | None = None) -> Reading:
    """Read words as one name in the case and gender in which they agree best.

    `known` are surnames of the text; `hint` is the case of the post that the name stands beside.
    """
    scores = {
        (g, c): _score(words, g, c, known) + _HINT * (hint is not None and same_case(c, hint))
        for g in GENDERS
        for c in CASES
    }
    gender, case = max(scores, key=lambda key: scores[key])
    other = max(score for (g, _), score in scores.items() if g != gender)
    return Reading(_assemble(words, gender, case), gender, scores[gender, case] - other)


def _score(words: Sequence[Word], gender: str, case: str, known: Known) -> float:
    total = _NOMINATIVE_PRIOR if case == "nomn" else 0.0
    for number, word in enumerate(words, 1):
        if word.role in _UNDECLINED or (words[-1].role == "given" and number < len(words)):
            continue
        form = nominative_form(word.text, gender, case)
        total += max(form.score, 0.0) if word.role == "middle" else form.score
        total += _CASE_AGREES * (word.case == case) + _GENDER_AGREES * (word.gender == gender)
        total += _KNOWN * (word.role == "last" and (form.nominative, gender) in known)
    return total


def _assemble(words: Sequence[Word], gender: str, case: str) -> PersonName:
    parts: dict[str, list[str]] = {}
    waiting: list[str] = []
    role = "first"
    for word in words:
        if word.role == "particle" and particles()[word.text] == "inner":
            waiting.append(word.text)
            continue
        role = role if word.role in {"particle", "numeral"} else word.role
        parts.setdefault(role, []).extend([*waiting, _nominative(word, gender, case)])
        waiting = []
    return _named(
        {part: " ".join(texts) for part, texts in parts.items() if part != "initial"}, parts.get("initial", [])
    )


def _named(parts: dict[str, str], letters: list[str]) -> PersonName:
    """Put the parts in the order first, patronymic, last; eastern names keep theirs."""
    initials = [letter if letter.endswith(".") else f"{letter}." for letter in letters]
    last = parts.get("last")
    if "given" in parts:
        return PersonName(f"{last} {parts['given']}", parts["given"], None, last)
    first = parts.get("first") or "".join(initials[:1]) or None
    rest = initials if "first" in parts else initials[1:]
    patronymic = parts.get("patronymic") or " ".join(rest) or None
    pieces = [first, patronymic, parts.get("middle"), last]
    return PersonName(" ".join(piece for piece in pieces if piece), first, patronymic, last)


def _nominative(word: Word, gender: str, case: str) -> str:
    if word.role in _UNDECLINED:
        return word.text
    form = nominative_form(word.text, gender, case)
    if case == "nomn" or form.score < 0:
        return _title(word.text)
    return as_printed(form.nominative, word.text)


def as_printed(nominative: str, printed: str) -> str:
    """Write a lower-case nominative with the capitals of the printed form.

    >>> as_printed("петров-водкин", "Петрова-Водкина")
    'Петров-Водкин'
    """
    if printed.isupper():
        return _title(nominative.upper())
    if "-" in printed and nominative.count("-") == printed.count("-"):
        pairs = zip(nominative.split("-"), printed.split("-"), strict=True)
        return "-".join(as_printed(one, two) for one, two in pairs)
    same = 0
    while same < min(len(nominative), len(printed)) and nominative[same] == printed[same].lower():
        same += 1
    return printed[:same] + nominative[same:]


def _title(word: str) -> str:
    """Take a word out of capitals; short Latin ones may be what they are.

    >>> _title("БЫСТРОВ-ВОДКИН")
    'Быстров-Водкин'
    """
    if not word.isupper() or len(word) < _SHORTEST or word.isascii():
        return word if not word[:1].islower() else word[:1].upper() + word[1:]
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def nominative_name(doc: Doc, start: int, stop: int) -> str | None:
    """Give the nominative of a person's name at these offsets; None when they cut a token."""
    span = doc.char_span(start, stop)
    return None if span is None else read(name_words(span), frozenset()).name.name
