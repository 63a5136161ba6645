"""Names built on a head noun: «министерство промышленной политики», «Ассоциация мостов, дорог и переправ России».

From the head a name grows to the left over the adjectives that agree with it and to the right over genitives, groups
with «по» and «при», «имени …», and, where the head belongs to it, a quoted name.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from extractors._names._organization_scene import Scene, is_head, territory_stop
from extractors._names._organization_words import (
    Head,
    feature,
    heads,
    is_abbreviation,
    is_place_adjective,
    is_title,
    legal_forms,
    opens_sentence,
    whose_adjectives,
    words,
)
from extractors._word_forms import readings

_LONGEST_NAME = 20
_MOST_ADJECTIVES = 6
_NAMED_AFTER = {"имени", "им", "им."}
_PLURAL_HEADS = {"сила", "войско"}
_NOUNS = {"NOUN", "PROPN"}


def phrases(scene: Scene) -> Iterator[Span]:
    """Give the names headed by a listed noun, longest reading of each, in the order of the text."""
    for token in scene.doc:
        head = heads().get(token.lemma_)
        if head is None or token.pos_ not in _NOUNS or token.i in scene.in_places:
            continue
        if feature(token, "Number") == "Plur" and head.noun not in _PLURAL_HEADS:
            continue
        found = _phrase(scene, token, head)
        if found is not None:
            yield found


def _phrase(scene: Scene, token: Token, head: Head) -> Span | None:
    stop, quoted = _right(scene, token, head)
    if _quoted_outside(scene, head, stop):
        return None
    start = _left(scene, token, quoted=quoted)
    if not _is_name(scene, (start, token.i, stop), head, quoted=quoted):
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
        if word.is_sent_start and i + 1 < len(scene.doc) and not word.is_alpha:
            break
        if word.pos_ == "CCONJ" and word.text == "и" and i > 0 and _agrees(scene.doc[i - 1], token):
            continue
        if not _agrees(word, token):
            break
        if _opens(word, quoted=quoted):
            start = i
        if scene.doc[i].is_sent_start:
            break
    return start


def _agrees(word: Token, head: Token) -> bool:
    if word.pos_ not in {"ADJ", "NUM", "PROPN", "DET"} or word.pos_ == "DET":
        return False
    found = readings(word.text)
    if not found or not any(reading.adjective for reading in found):
        return False
    same = feature(word, "Case") == feature(head, "Case")
    cases = {reading.case for reading in readings(head.text)}
    return same or any(reading.case in cases for reading in found if reading.adjective)


def _opens(word: Token, *, quoted: bool) -> bool:
    if is_title(word) or word.lemma_ in words("organization_adjectives") or word.text[0].isdigit():
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
    return stop, scene.doc[stop - 1].text in {"»", '"'}


def _further(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of the next part of the name, if one starts at a token."""
    return (
        _named_after(scene, i)
        or _abbreviation_stop(scene, i, head)
        or _genitive_stop(scene, i, head)
        or _group_stop(scene, i, head)
        or _over_bracket(scene, i, head)
    )


def _abbreviation_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Take an abbreviation that names the body or the one above it: «фонд ММК», «управление МВД»."""
    token = scene.doc[i]
    named = head.takes_quoted and is_abbreviation(token) and i not in scene.in_places
    return i + 1 if named and token.text not in legal_forms() else None


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
    while i < len(doc) and doc[i].pos_ in {"ADJ", "NUM"} and feature(doc[i], "Case") == case:
        i += 1
        if i + 1 < len(doc) and doc[i].text == "и" and doc[i + 1].pos_ == "ADJ" and _in_case(doc[i + 1], case):
            i += 1
    if i >= len(doc) or i in scene.persons or doc[i].pos_ not in _NOUNS:
        return None
    if not _in_case(doc[i], case) or _is_singular_person(doc[i]):
        return None
    return scene.places.get(i) or i + 1


def _in_case(token: Token, case: str) -> bool:
    return feature(token, "Case") == case or (is_abbreviation(token) and feature(token, "Case") == "")


def _is_singular_person(token: Token) -> bool:
    person = feature(token, "Animacy") == "Anim" and feature(token, "Number") != "Plur"
    return person and token.lemma_ not in words("territory_words")


def _coordinated(scene: Scene, stop: int, case: str) -> int:
    """Go on over «…, … и …» as long as an «и» closes the list and no other body's name starts in it."""
    doc, end, i = scene.doc, stop, stop
    while i < len(doc) and doc[i].text in {",", "и"}:
        closing = doc[i].text == "и"
        if i + 1 >= len(doc) or is_head(doc[i + 1]) or doc[i + 1].text[:1].isupper():
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


def _group_stop(scene: Scene, i: int, head: Head) -> int | None:
    """Give the end of «по делам молодёжи», «при президенте России»."""
    doc = scene.doc
    if head.grows != "any" or i + 1 >= len(doc):
        return None
    case = {"по": "Dat", "при": "Loc"}.get(doc[i].text)
    if case is None:
        return None
    if i + 1 in scene.places:
        return scene.places[i + 1]
    stop = _noun_group(scene, i + 1, case)
    if stop is not None and doc[stop - 1].lemma_ == "управление":
        stop = _noun_group(scene, stop, "Ins") or stop
    return None if stop is None else _coordinated(scene, stop, case)


def _named_after(scene: Scene, i: int) -> int | None:
    """Give the end of «имени Н. Э. Баумана», «им. Горького», «№ 5»."""
    doc = scene.doc
    if doc[i].text == "№" and i + 1 < len(doc):
        return i + 2
    if doc[i].text not in _NAMED_AFTER:
        return None
    i += 1 + (i + 1 < len(doc) and doc[i + 1].text == ".")
    while i < len(doc) and (doc[i].lower_ in {"академика", "профессора", "героя", "святого", "маршала"}):
        i += 1
    stop = i
    while stop < len(doc) and (doc[stop].text[:1].isupper() or (doc[stop].text == "." and stop > i)):
        stop += 1
    while stop > i and doc[stop - 1].text == "." and len(doc[stop - 2].text) > 1:
        stop -= 1
    return stop if stop > i else None


def _over_bracket(scene: Scene, i: int, head: Head) -> int | None:
    """Step over a bracketed abbreviation when the name goes on behind it: «фонд (РФРП) края»."""
    doc = scene.doc
    if not (i + 3 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")" and is_abbreviation(doc[i + 1])):
        return None
    if head.takes_quoted and i + 3 in scene.quotations:
        return scene.quotations[i + 3]
    return territory_stop(scene, i + 3)


# ---- what is a name


def _is_name(scene: Scene, cut: tuple[int, int, int], head: Head, *, quoted: bool) -> bool:
    if quoted or head.needs == "bare":
        return True
    test = _NEEDS.get(head.needs)
    if test is not None:
        return test(scene, cut)
    return any(token.lemma_ == head.needs for token in scene.doc[cut[0] : cut[1]])


def _is_phrase(scene: Scene, cut: tuple[int, int, int]) -> bool:
    return cut[2] > cut[1] + 1 or _says_whose(scene, cut)


def _says_whose(scene: Scene, cut: tuple[int, int, int]) -> bool:
    start, core, _ = cut
    own = scene.doc[start:core]
    return any(
        token.lemma_ in whose_adjectives()
        or (is_place_adjective(token) and token.lemma_ not in words("organization_adjectives"))
        for token in own
    ) or _is_proper(scene, cut)


def _has_aim(scene: Scene, cut: tuple[int, int, int]) -> bool:
    _, core, stop = cut
    noun = next((token for token in scene.doc[core + 1 : stop] if token.pos_ in _NOUNS), None)
    return (noun is not None and noun.lemma_ in words("organization_aims")) or _is_proper(scene, cut)


def _is_body(scene: Scene, cut: tuple[int, int, int]) -> bool:
    _, core, stop = cut
    return any(token.text[:1].isupper() for token in scene.doc[core + 1 : stop])


def _is_proper(scene: Scene, cut: tuple[int, int, int]) -> bool:
    """Tell whether a capital letter, «имени» or a number makes a phrase a name."""
    start, core, stop = cut
    doc = scene.doc
    if stop - start == 1:
        return False
    if any(token.text in _NAMED_AFTER or token.text == "№" for token in doc[core + 1 : stop]):
        return True
    if any(is_title(token) and not token.text.isupper() for token in doc[start : core + 1]):
        return True
    capital = opens_sentence(doc[start]) and doc[start].text[:1].isupper()
    return capital and start < core and is_place_adjective(doc[start])


def _never(scene: Scene, cut: tuple[int, int, int]) -> bool:  # noqa: ARG001 - one signature for all needs
    return False


_NEEDS: dict[str, Callable[[Scene, tuple[int, int, int]], bool]] = {
    "phrase": _is_phrase,
    "whose": _says_whose,
    "development": _has_aim,
    "body": _is_body,
    "name": _is_proper,
    "quoted": _never,
}
