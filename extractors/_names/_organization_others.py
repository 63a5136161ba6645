"""Stretches that are written like an organization's name and are none: datelines, lists of brands, dated events."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extractors._names._organization_scene import Scene
from extractors._names._organization_words import is_latin, words

_BRANDS = {"бренд", "марка", "автомарка"}
_INTRODUCING = {"включать", "такой", "как", "например", "под", "название", "в", "число", "который", "среди", ":", "—"}
_JOINING = {",", "и", "или"}
_OF_THE_WORLD = {"национальный", "народный", "всемирный"}
_REACH = 5
_DATED = re.compile(r"[«\"]?[A-ZА-ЯЁ][\w.]*[-–](?:19|20)\d\d")
_SHORTEST_PLACE = 3


def others(scene: Scene) -> Iterator[tuple[int, int]]:
    """Give the stretches, as first token and token after the last."""
    for token in scene.doc:
        stop = _dateline_stop(scene, token) or _dated_stop(token)
        if stop is not None:
            yield token.i, stop
        elif token.lemma_ in _BRANDS:
            yield from _brands(scene, token)


def _dateline_stop(scene: Scene, token: Token) -> int | None:
    """Give the end of the place in «УФА, 14 марта —» and «НИЖНИЙ НОВГОРОД. 5 июня.» at the start of a line."""
    doc = scene.doc
    if token.i and "\n" not in doc[token.i - 1].text:
        return None
    stop = token.i
    while stop < len(doc) and doc[stop].is_alpha and doc[stop].text.isupper() and len(doc[stop]) >= _SHORTEST_PLACE:
        stop += 1
    dated = token.i < stop < len(doc) - 1 and doc[stop].text in {",", "."} and doc[stop + 1].text[0].isdigit()
    return stop if dated else None


def _dated_stop(token: Token) -> int | None:
    """Give the end of «ВЭФ-2021»."""
    return token.i + 1 if _DATED.fullmatch(token.text) else None


def _brands(scene: Scene, token: Token) -> Iterator[tuple[int, int]]:
    """Give the names in Latin letters behind «бренды», «марок, среди которых», one by one."""
    doc = scene.doc
    i = token.i + 1
    while i < min(len(doc), token.i + _REACH) and (doc[i].lemma_ in _INTRODUCING or doc[i].text == ","):
        i += 1
    while i < len(doc) and is_latin(doc[i]):
        stop = i
        while stop < len(doc) and is_latin(doc[stop]):
            stop += 1
        yield i, stop
        if stop >= len(doc) or doc[stop].text not in _JOINING:
            return
        i = stop + 1


def is_event(token: Token) -> bool:
    """Tell «на конгрессе», «Приморский промышленный конгресс» from «конгресс США», «Американский конгресс»."""
    if token.lemma_ not in words("event_kinds"):
        return False
    i = token.i
    while i and token.doc[i - 1].pos_ == "ADJ":
        i -= 1
    fields = [
        word for word in token.doc[i : token.i] if word.lemma_ in words("organization_adjectives") - _OF_THE_WORLD
    ]
    return bool(fields) or (i > 0 and token.doc[i - 1].lower_ == "на")
