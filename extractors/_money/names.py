"""Amounts that are part of a proper name: «магазин „Все по 5 рублей“» is no price."""

import re

from spacy.tokens import Doc

from extractors._model import Span
from extractors._text import text_of

_QUOTED = re.compile(r"[«„“\"]([^«»„“”\"\n]{1,60})[»“”\"]")
_NAME_BEGINS = re.compile(r"[А-ЯЁA-Z]")
_MOST_WORDS = 5
_SPEECH_BEFORE = re.compile(r"[:,—–-]\s*$")
_REACH = 80


def stands_in_name(doc: Doc, span: Span) -> bool:
    """Tell whether a span lies in an organization's name or in a short quoted title that is no speech."""
    organizations = doc.spans.get("organizations", [])
    if any(name.start_char <= span.start and span.stop <= name.end_char for name in organizations):
        return True
    start = max(0, span.start - _REACH)
    window = text_of(doc)[start : span.stop + _REACH]
    return any(
        quoted.start(1) + start <= span.start and span.stop <= quoted.end(1) + start and _is_title(window, quoted)
        for quoted in _QUOTED.finditer(window)
    )


def _is_title(window: str, quoted: re.Match[str]) -> bool:
    content = quoted.group(1)
    if not _NAME_BEGINS.match(content) or len(content.split()) > _MOST_WORDS:
        return False
    before = window[: quoted.start()]
    return content[-1] not in ".!?," and not _SPEECH_BEFORE.search(before) and bool(before.strip())
