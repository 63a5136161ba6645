"""The nominative of a name that stands in any case.

A name is read from the left: the words that agree with its head (adjectives, the head itself, an apposition, all parts
of a person's name) are put into the nominative together; what follows (a genitive, a quoted name, a group with a
preposition) stays as printed. The case is the one in which those words can agree; the tagger's opinion is one vote.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors._lexicon import table
from extractors._names_at import name_over
from extractors._text import text_of
from extractors._word_forms import CASES, Reading, readings, with_yo

_QUOTES = frozenset("«»\"“”„‟'")
_BRACKETS = frozenset("()[]")
_UD_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct", "Par": "gent"}
_UD_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
_GENDERS = ("masc", "femn", "neut", "plur")
_TAGGER_CASE = 0.6
_TAGGER_GENDER = 0.3
_TAGGER_NUMBER = 0.3
_OTHER_POS = 0.2
_PROPER_PLURAL = 0.4
_MOSTLY = 0.6
_SEEN = 0.5
_NO_READING = -1.0
_ADJECTIVES = {"ADJ", "DET"}
_NOUNS = {"NOUN", "PROPN"}


class _Agreement(NamedTuple):
    """The case and gender (or plural) in which the words of a name stand together."""

    case: str
    gender: str


_AGREEMENTS = tuple(_Agreement(case, gender) for case in CASES for gender in _GENDERS)


def nominative(doc: Doc, start: int, stop: int) -> str:
    """Give `doc.text[start:stop]` in the nominative; letter case, number and punctuation are kept.

    Offsets that do not fall on token boundaries leave the text as printed.
    """
    tokens = _tokens(doc, start, stop)
    if not tokens:
        return text_of(doc)[start:stop]
    person = _is_person(doc, start, stop)
    words = {token.i: _yo(token) for token in tokens}
    for run in _runs(tokens, person=person):
        words |= _put(run, _seen(doc), person=person)
    return "".join(words[token.i] + token.whitespace_ for token in tokens[:-1]) + words[tokens[-1].i]


def _tokens(doc: Doc, start: int, stop: int) -> list[Token]:
    """Give the tokens of a stretch, none where it cuts one. `Doc.char_span` looks through the whole Doc each time."""
    first = bisect_left(range(len(doc)), start, key=lambda i: doc[i].idx)
    last = bisect_left(range(len(doc)), stop, key=lambda i: doc[i].idx)
    tokens = list(doc[first:last])
    whole = tokens and tokens[0].idx == start and tokens[-1].idx + len(tokens[-1]) == stop
    return tokens if whole else []


def _is_person(doc: Doc, start: int, stop: int) -> bool:
    return name_over(doc, "persons", start, stop) is not None


def _seen(doc: Doc) -> frozenset[str]:
    """Give the capitalised words that mostly stand in the nominative in this text."""
    words = doc.user_data.get("nominatives")
    if not isinstance(words, frozenset):
        names = [token for token in doc if token.text[:1].isupper()]
        every = Counter(token.text for token in names)
        upright = Counter(token.text for token in names if _feature(token, "Case") == "Nom")
        words = frozenset(word for word, count in upright.items() if count > _MOSTLY * every[word])
        doc.user_data["nominatives"] = words
    return words


def _runs(tokens: Sequence[Token], *, person: bool) -> list[list[Token]]:
    """Give the runs of words that stand in the name's own case: one, or none where nothing declines."""
    inner = [token for token in tokens if token.text not in _QUOTES]
    if tokens[0].text not in _QUOTES:
        inner = _before_quote(tokens)
    if person:
        return [run] if (run := _person_run(inner)) else []
    return _phrase_runs(inner)


def _phrase_runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Give the run of a phrase, and of the phrase that an «и» right behind its head joins to it in the same case."""
    run = _phrase_run(tokens)
    if not run:
        return []
    rest = [token for token in tokens if token.i > run[-1].i]
    joined = len(rest) > 1 and rest[0].text == "и" and _feature(rest[1], "Case") == _feature(run[-1], "Case")
    return [run, *_phrase_runs(rest[1:])] if joined and rest[1].pos_ in _NOUNS else [run]


def _before_quote(tokens: Sequence[Token]) -> list[Token]:
    stop = next((i for i, token in enumerate(tokens) if token.text in _QUOTES), len(tokens))
    return list(tokens[:stop])


def _person_run(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if _declines(token)]


def _declines(token: Token) -> bool:
    word = token.text
    return len(word) > 1 and not word[-1].isupper() and bool(readings(word))


def _phrase_run(tokens: Sequence[Token]) -> list[Token]:
    """Take modifiers and the head noun, then an apposition where the head calls for one."""
    run: list[Token] = []
    head: Token | None = None
    for token in tokens:
        if head is not None and not _continues(head, token):
            break
        if token.pos_ == "CCONJ" and head is None:
            continue
        if not token.text[0].isalnum() or token.pos_ in {"ADP", "CCONJ"}:
            break
        if _declines(token):
            run.append(token)
        if head is None and _is_noun(token):
            head = token
    return run


def _is_noun(token: Token) -> bool:
    """Tell whether a word can head a name; the tagger takes some new words («облагентство») for adjectives."""
    if token.pos_ in _NOUNS:
        return not _is_adjective(token)
    return not any(reading.adjective for reading in readings(token.text)) and _declines(token)


def _is_adjective(token: Token) -> bool:
    found = readings(token.text)
    return bool(found) and all(reading.adjective for reading in found)


@cache
def _apposition_heads() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("apposition_heads"))


def _continues(head: Token, token: Token) -> bool:
    """Tell whether a word after the head stands in the head's case."""
    if head.lemma_ in _apposition_heads():
        return token.text[:1].isupper() and _agrees(token, head)
    if head.pos_ == "PROPN" and _feature(head, "Animacy") == "Anim":
        return token.pos_ == "PROPN" and _feature(token, "Case") == _feature(head, "Case")
    return False


def _agrees(token: Token, head: Token) -> bool:
    """Tell whether a word can stand in the head's case; a noun in the genitive may be a complement: the tagger says."""
    case, gender = _standing(head)
    return any(
        r.case == case
        and (r.gender == gender if r.adjective else (r.gender == "plur") == (gender == "plur"))
        and (r.adjective or case != "gent" or _feature(token, "Case") == "Gen")
        for r in readings(token.text)
    )


def _standing(token: Token) -> _Agreement:
    """Give the case and gender the tagger saw, or the likeliest ones where the word cannot have those."""
    tagged = _Agreement(_tagged_case(token), _tagged_gender(token))
    found = [_Agreement(reading.case, reading.gender) for reading in readings(token.text)]
    return tagged if tagged in found or not found else found[0]


def _put(run: Sequence[Token], seen: frozenset[str], *, person: bool) -> dict[int, str]:
    """Put the words of a run into the nominative, by token index."""
    options = {token.i: readings(token.text, person=person) for token in run}
    scored = [(sum(_best(token, options[token.i], a, seen)[0] for token in run), a) for a in _AGREEMENTS]
    if not scored:
        return {}
    agreement = max(scored, key=lambda pair: pair[0])[1]
    found = {token.i: _best(token, options[token.i], agreement, seen)[1] for token in run}
    return {t.i: _write(t.text, with_yo(found[t.i], "nomn")) for t in run}


def _best(token: Token, options: Sequence[Reading], agreement: _Agreement, seen: frozenset[str]) -> tuple[float, str]:
    """Score a token under an agreement: its best reading's weight with the votes of the tagger and of the text."""
    vote = _votes(token, agreement)
    noun = token.pos_ in _NOUNS
    fitting = [
        (
            r.weight - _OTHER_POS * (noun and r.adjective) + _SEEN * (_write(token.text, r.nominative) in seen),
            r.nominative,
        )
        for r in options
        if r.case == agreement.case and r.gender in {agreement.gender, ""}
    ]
    if not fitting:
        return (_NO_READING + vote, token.text.lower())
    weight, word = max(fitting, key=lambda pair: pair[0])
    return (weight + vote, word)


def _votes(token: Token, agreement: _Agreement) -> float:
    gender = _tagged_gender(token)
    return (
        _TAGGER_CASE * (_tagged_case(token) == agreement.case)
        + _TAGGER_GENDER * (gender == agreement.gender)
        - _TAGGER_NUMBER * ((gender == "plur") != (agreement.gender == "plur"))
        - _PROPER_PLURAL * (agreement.gender == "plur" and token.pos_ == "PROPN")
    )


def _feature(token: Token, name: str) -> str:
    """Give a feature of the tagger's, in Universal Dependencies; empty where it has none."""
    return "".join(token.morph.get(name, [""])[:1])


def _tagged_case(token: Token) -> str:
    return _UD_CASES.get(_feature(token, "Case"), "")


def _tagged_gender(token: Token) -> str:
    if _feature(token, "Number") == "Plur":
        return "plur"
    return _UD_GENDERS.get(_feature(token, "Gender"), "")


def _yo(token: Token) -> str:
    return (
        token.text
        if token.text.isupper() or not token.text.isalpha()
        else _write(token.text, with_yo(token.text, proper=token.pos_ == "PROPN"))
    )


def _write(pattern: str, word: str) -> str:
    """Write a word in the letter case of another form of it, letter by letter as far as the two agree.

    >>> _write("МегаФона", "мегафон"), _write("Ростове-на-Дону", "ростов-на-дону")
    ('МегаФон', 'Ростов-на-Дону')
    """
    old, new = pattern.split("-"), word.split("-")
    if len(old) != len(new):
        return _write_part(pattern, word)
    return "-".join(_write_part(a, b) for a, b in zip(old, new, strict=True))


def _write_part(pattern: str, word: str) -> str:
    letters = [
        new.upper() if old.isupper() and (i == 0 or _same_letter(old, new)) else new
        for i, (old, new) in enumerate(zip(pattern, word, strict=False))
    ]
    return "".join(letters) + word[len(letters) :]


def _same_letter(old: str, new: str) -> bool:
    return old.lower().replace("ё", "е") == new.replace("ё", "е")
