"""Bytes to text: which encoding a page is really in, whatever it says, and its characters made uniform.

A byte-order mark decides; else bytes that are valid UTF-8 are UTF-8; else the single-byte encodings compete on how
Russian their text looks, the declared one (transport header, then meta) ahead at equal likeness. Text that was
encoded twice is undone. Knows no markup beyond the place where it names its charset.
"""

import codecs
import re
import unicodedata
from functools import cache
from itertools import pairwise

from pipeline.strip._tables import table

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD = 20_000  # bytes of a page in which its charset is looked for
_SAMPLE = 60_000  # characters on which an encoding is judged
_CYRILLIC_CODECS = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбч")
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў")
_PUNCTUATION = frozenset("«»—–…№„“”’‘•·°©\xa0€§±")
_BONUS = 0.05  # likeness that a declared encoding is given in advance
_TOLERATED = 0.02  # share of broken sequences with which text still counts as UTF-8
_NUL_SHARE = 0.2  # share of zero bytes from which text is taken for UTF-16
_GARBLED = re.compile(r"(?:[РС][\u0080-\u00ff\u0400-\u040f\u0450-\u045f°-»‚-›€™]|[ÐÑ][\u0080-\u00ff€‚-›™]){3}")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_SPACES = dict.fromkeys([0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x9, 0xB, 0x7F], " ")
_BREAKS = {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0xC: "\n", 0xFFFE: None, 0xFFFF: None}
_CONTROLS = dict.fromkeys([*range(9), *range(0xE, 0x20), *range(0x80, 0x85), *range(0x86, 0xA0)])
_SURROGATES: dict[int, str | None] = dict.fromkeys(range(0xD800, 0xE000))
_UNIFORM: dict[int, str | None] = {**_INVISIBLE, **_SPACES, **_BREAKS, **_CONTROLS, **_SURROGATES}
_UNEVEN = re.compile(
    "[" + "".join(rf"\U{code:08x}" for code in _UNIFORM if code not in _SURROGATES) + r"\ud800-\udfff]"
)


def decode(content: bytes, charset: str | None = None) -> str | None:
    """Give the text of a page's bytes, or None when no encoding makes sense of them.

    >>> decode("Привет, кластер".encode("koi8-r"), "windows-1251")
    'Привет, кластер'
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return content.decode(codec, errors="replace")
    if (wide := wide_text(content)) is not None:
        return wide
    if (text := _utf8(content)) is not None:
        return _undouble(text)
    return _single_byte(content, _declared(content, charset))


def uniform(text: str) -> str:
    r"""Make characters uniform: NFC, rare spaces plain, nothing invisible, line ends `\n`.

    The no-break space stays: plain text keeps it as it was typed, markup folds it with its other white space.

    >>> uniform("кла\u00adстер\u2009№\u200b1")
    'кластер №1'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNEVEN.sub(lambda found: _UNIFORM[ord(found.group())] or "", text))


@cache
def _codecs() -> dict[str, str]:
    return {row["label"]: row["codec"] for row in table("charsets")}


def _declared(content: bytes, charset: str | None) -> tuple[str, ...]:
    """Name the codecs that the transport and the page itself speak of, in this order."""
    labels = [charset.strip(" \"'").lower()] if charset else []
    if found := _DECLARED.search(content[:_HEAD]):
        labels.append(found.group(1).decode("ascii", "replace").lower())
    return tuple(_codecs()[label] for label in labels if label in _codecs())


def wide_text(content: bytes) -> str | None:
    """Read UTF-16 without a mark: every other byte of Latin markup is zero."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd <= len(sample) * _NUL_SHARE or min(even, odd) > max(even, odd) * _NUL_SHARE:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = content.decode(codec, errors="replace")
    broken = sum(char == "\ufffd" or char < "\t" for char in text[:_SAMPLE])
    return text if broken <= len(text[:_SAMPLE]) * _TOLERATED else None


def _utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    wide = sum(char > "\x7f" for char in text) - broken
    return text if broken <= wide * _TOLERATED else None


def _single_byte(content: bytes, declared: tuple[str, ...]) -> str | None:
    tried = dict.fromkeys((*declared, *_CYRILLIC_CODECS, "cp1252"))
    best, text = -1.0, None
    for codec in tried:
        if codec.startswith("utf"):
            continue
        candidate = content.decode(codec, errors="replace")
        likeness = _likeness(candidate[:_SAMPLE] + candidate[-_SAMPLE:]) + _BONUS * (codec in declared)
        if likeness > best:
            best, text = likeness, candidate
    return text if text is not None and best > 0 else None


def _likeness(text: str) -> float:
    """Tell how much the characters beyond ASCII look like Russian text: about 1 for prose, below 0.5 for none."""
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.5
    small = sum(char in _COMMON for char in beyond)
    letters = sum(char.lower() in _LETTERS or char in _PUNCTUATION for char in beyond)
    latin = sum(char.isalpha() and char < "\u0250" for char in beyond)
    broken = sum(char == "\ufffd" or (char < "\xa0") for char in beyond)
    return (0.6 * small + 0.4 * letters + 0.45 * latin - broken - _clashes(text)) / len(beyond)


def _clashes(text: str) -> int:
    """Count neighbours that words do not have: a small letter before a capital, Latin beside Cyrillic."""
    clashes = 0
    for a, b in pairwise(text):
        if a > "\x7f" or b > "\x7f":
            mixed = a.isalpha() and b.isalpha() and (a < "\u0250") != (b < "\u0250")
            clashes += mixed or (a.islower() and b.isupper())
    return clashes


def _undouble(text: str) -> str:
    """Undo UTF-8 that was taken for a single-byte encoding and encoded again."""
    if not _GARBLED.search(text[:_SAMPLE]):
        return text
    for codec in ("cp1251", "cp1252", "latin-1"):
        try:
            undone = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if _likeness(undone[:_SAMPLE]) > _likeness(text[:_SAMPLE]):
            return undone
    return text
