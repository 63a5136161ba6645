"""Names built on a head noun: «министерство промышленной политики», «Ассоциация мостов, дорог и переправ России».

From the head a name grows to the left over the adjectives that agree with it and to the right over genitives, groups
with «по» and «при», «имени …», and, where the head belongs to it, a quoted name.
"""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from extractors._lexicon import table
from extractors._names._organization_known import known_at
from extractors._names._organization_named_after import named_after
from extractors._names._organization_needs import NEEDS, NOUNS, is_name
from extractors._names._organization_others import is_event
from extractors._names._organization_scene import PLURAL_HEADS, Scene, is_head, territory_stop
from extractors._names._organization_words import (
    Head,
    feature,
    heads,
    is_abbreviation,
    is_latin,
    is_place_adjective,
    is_title,
    legal_forms,
    opens_sentence,
    words,
)
from extractors._word_forms import readings

_LONGEST_NAME = 20
_FIELDS = {"области", "сфере"}
_OWN_LETTERS = {"name", "phrase", "development", "whose"}
_LIMITED = ["с", "ограниченной", "ответственностью"]
_MOST_ADJECTIVES = 6
_ORDINAL = re.compile(r"\d{1,3}-[а-я]{1,3}")
_MANKIND = {"человек", "ребёнок", "потребитель"}


def phrases(scene: Scene) -> Iterator[Span]:
    """Give the names headed by a listed noun, longest reading of each, in the order of the text."""
    for token in scene.doc:
        head = heads().get(token.lemma_)
        if head is None or (token.i in scene.in_places and head.needs in NEEDS):
            continue
        if feature(token, "Number") == "Plur" and head.noun not in PLURAL_HEADS:
            continue
        if _is_no_body(token) or is_event(token):
            continue
        found = _phrase(scene, token, head)
        if found is not None:
            yield found


@cache
def _no_bodies() -> frozenset[tuple[str, str]]:
    return frozenset((row["first"], row["second"]) for row in table("not_organization_phrases"))


def _is_no_body(token: Token) -> bool:
    doc = token.doc
    before = (doc[token.i - 1].lemma_, token.lemma_) if token.i else ("", "")
    behind = (token.lemma_, doc[token.i + 1].lemma_) if token.i + 1 < len(doc) else ("", "")
    return behind in _no_bodies() or (before in _no_bodies() and token.text.islower())


def _phrase(scene: Scene, token: Token, head: Head) -> Span | None:
    stop, quoted = _right(scene, token, head)
    if _quoted_outside(scene, head, stop):
        return None
    if stop == token.i + 1 and stop < len(scene.doc) and is_latin(scene.doc[stop]) and head.needs != "bare":
        return None
    start = _left(scene, token, quoted=quoted)
    if not is_name(scene, (start, token.i, stop), head, quoted=quoted):
        return None
    rule = "head_quoted" if quoted else "head_phrase" if stop - start > 1 else "head_bare"
    return Span(scene.doc, start, stop, label=rule)


def _quoted_outside(scene: Scene, head: Head, stop: int) -> bool:
    return not head.takes_quoted and stop in scene.quotations


# ---- to the left


def _left(scene: Scene, token: Token, *, quoted: bool) -> int:
    """Give the leftmost adjective that may open the name; the adjectives between it and the head come along."""
    start = token.i
    for i in range(token.i - 1, max(-1, token.i - 1 - _MOST_ADJECTIVES), -1):
        word = scene.doc[i]
        if word.is_sent_start and i + 1 < len(scene.doc) and not word.text[0].isalpha():
            break
        if word.pos_ == "CCONJ" and word.text == "и" and i > 0 and _agrees(scene.doc[i - 1], token):
            continue
        if not _agrees(word, token):
            break
        passed = is_title(scene.doc[start]) and start < token.i and is_place_adjective(word) and word.text.islower()
        if _opens(word, quoted=quoted) and not passed:
            start = i
        if scene.doc[i].is_sent_start:
            break
    return start


def _agrees(word: Token, head: Token) -> bool:
    if word.pos_ not in {"ADJ", "NUM", "PROPN"}:
        return False
    if not word.text.replace("-", "").isalpha() and not _ORDINAL.fullmatch(word.text):
        return False
    found = readings(word.text)
    if not found or not any(reading.adjective for reading in found):
        return False
    same = feature(word, "Case") == feature(head, "Case")
    cases = {reading.case for reading in readings(head.text)}
    return same or any(reading.case in cases for reading in found if reading.adjective)


def _opens(word: Token, *, quoted: bool) -> bool:
    if is_title(word) or word.lemma_ in words("organization_adjectives") or _ORDINAL.fullmatch(word.text):
        return True
    if opens_sentence(word) and word.text[:1].isupper():
        return is_place_adjective(word)
    return is_place_adjective(word) and not quoted


# ---- to the right


def _right(scene: Scene, token: Token, head: Head) -> tuple[int, bool]:
    """Give where the name ends, and whether a quoted or unquoted proper name belongs to it."""
    stop = token.i + 1
    limit = min(len(scene.doc), token.i + _LONGEST_NAME)
    while stop < limit:
        if stop in scene.quotations:
            return (scene.quotations[stop], True) if head.takes_quoted else (stop, False)
        further = _further(scene, stop, head)
        if further is None:
            break
        stop = further
    last = scene.doc[stop - 1]
    by_letters = stop == token.i + 2 and is_abbreviation(last) and head.takes_quoted and head.needs in _OWN_LETTERS
    return stop, by_letters or last.text in {"»", '"'}


def _further(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of the next part of the name, if one starts at a token."""
    return (
        _limited(scene, i)
        or named_after(scene, i)
        or _abbreviation_stop(scene, i, head)
        or _genitive_stop(scene, i, head)
        or _group_stop(scene, i, head)
        or _field_stop(scene, i, head)
        or _over_bracket(scene, i, head)
    )


def _limited(scene: Scene, i: int) -> int | None:
    """Give the end of «с ограниченной ответственностью»."""
    following = [token.lower_ for token in scene.doc[i : i + len(_LIMITED)]]
    return i + len(_LIMITED) if following == _LIMITED else None


def _abbreviation_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Take an abbreviation that names the body or the one above it: «фонд ММК», «управление МВД»."""
    token = scene.doc[i]
    named = head.takes_quoted and is_abbreviation(token) and i not in scene.in_places
    return i + 1 if named and (token.text not in legal_forms() or _is_of_russia(scene, i)) else None


def _is_of_russia(scene: Scene, i: int) -> bool:
    """Tell «СК РФ» from the legal form «СК»."""
    known = known_at(scene.doc[i])
    return known is not None and known[0].alone == "yes" and territory_stop(scene, i + 1) is not None


def _genitive_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of the genitive group at a token, with the nouns coordinated to it."""
    territory = territory_stop(scene, i)
    if territory is not None:
        return territory
    if head.grows != "any":
        return None
    stop = _noun_group(scene, i, "Gen")
    if stop is None:
        return None
    return _coordinated(scene, stop, "Gen")


def _noun_group(scene: Scene, i: int, case: str) -> int | None:
    """Give the end of adjectives and a noun that all stand in a case."""
    doc = scene.doc
    while i < len(doc) and _is_modifier(doc[i], case):
        i += 1
        if i + 1 < len(doc) and doc[i].text in {",", "и"} and _is_modifier(doc[i + 1], case):
            i += 1
    if i >= len(doc) or i in scene.persons or doc[i].pos_ not in NOUNS or _is_foreign(doc[i]):
        return None
    if not _in_case(doc[i], case) or _is_singular_person(doc[i]):
        return None
    if doc[i].lemma_ == "управление" and case != "Ins":
        return _noun_group(scene, i + 1, "Ins") or i + 1
    return scene.places.get(i) or i + 1


def _is_foreign(token: Token) -> bool:
    return is_latin(token) or token.text in legal_forms()


def _is_modifier(token: Token, case: str) -> bool:
    if feature(token, "Case") != case:
        return False
    return token.pos_ in {"ADJ", "NUM"} or (token.pos_ == "PROPN" and is_place_adjective(token))


def _in_case(token: Token, case: str) -> bool:
    return feature(token, "Case") == case or (is_abbreviation(token) and feature(token, "Case") == "")


def _is_singular_person(token: Token) -> bool:
    person = feature(token, "Animacy") == "Anim" and feature(token, "Number") != "Plur"
    return person and token.lemma_ not in words("territory_words") and token.lemma_ not in _MANKIND


def _coordinated(scene: Scene, stop: int, case: str) -> int:
    """Go on over «…, … и …» as long as an «и» closes the list and no other body's name starts in it."""
    doc, end, i = scene.doc, stop, stop
    while i < len(doc) and doc[i].text in {",", "и"}:
        closing = doc[i].text == "и"
        if i + 1 >= len(doc) or is_head(doc[i + 1]) or _starts_name(doc[i + 1]):
            break
        group = _noun_group(scene, i + 1, case)
        if group is None or is_head(doc[group - 1]):
            break
        while case == "Gen" and not closing and (more := _noun_group(scene, group, "Gen")) is not None:
            group = more
        i = group
        if closing:
            return group
    return end


def _starts_name(token: Token) -> bool:
    """Tell whether a capital letter starts another name: not in «строительства и ЖКХ»."""
    return token.text[:1].isupper() and not (is_abbreviation(token) and token.text in words("not_organization_names"))


def _group_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of «по делам молодёжи», «при президенте России»."""
    doc = scene.doc
    if head.grows != "any" or i + 1 >= len(doc):
        return None
    case = {"по": "Dat", "при": "Loc"}.get(doc[i].text)
    if case is None:
        return None
    stop = _noun_group(scene, i + 1, case) or scene.places.get(i + 1)
    if stop is not None and case == "Loc" and not _is_authority(doc[stop - 1]):
        return None
    if stop is None or {doc[stop - 1].lemma_, doc[stop - 1].lower_} & words("not_remits"):
        return None
    return _coordinated(scene, stop, case)


def _field_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of «в сфере защиты прав потребителей»."""
    doc = scene.doc
    if head.grows != "any" or i + 2 >= len(doc) or doc[i].text != "в" or doc[i + 1].text not in _FIELDS:
        return None
    stop = _noun_group(scene, i + 2, "Gen")
    return None if stop is None else _coordinated(scene, stop, "Gen")


def _is_authority(token: Token) -> bool:
    """Tell whether a body can be «при» somebody or something: «при президенте», «при МВД», not «при поддержке»."""
    return token.lemma_ in heads() or token.lemma_ in words("territory_words") or token.text[:1].isupper()


def _over_bracket(scene: Scene, i: int, head: Head) -> int | None:
    """Step over a bracketed abbreviation when the name goes on behind it: «фонд (РФРП) края»."""
    doc = scene.doc
    if not (i + 3 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")" and is_abbreviation(doc[i + 1])):
        return None
    if head.takes_quoted and i + 3 in scene.quotations:
        return scene.quotations[i + 3]
    return territory_stop(scene, i + 3)
