"""Text for the cells of files that a spreadsheet may open.

A spreadsheet takes a cell of a CSV that begins with = + - @, a tab or a carriage return for a formula, and a formula
can run programs and send data away; where the list separator is a semicolon, as in a Russian Excel, a cell begins
after each semicolon too. An apostrophe before the first character makes it text.
"""

import re

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_MARKS = "=+-@\t\r＝＋－＠"  # full-width ones count too
_FIRST = frozenset(f"{_MARKS}\"'")
_FORMULA = re.compile(rf"""(^["']?|;\s*["']?)(?=[{re.escape(_MARKS)}])""")


def guarded(text: str) -> str:
    r"""Put an apostrophe before what a spreadsheet would take for a formula; a plain number stays as it is.

    ('\\'=HYPERLINK("http://x","y")', "'+7 921", "'@SUM(A1)", "«Исток»; '=1+1")
    ("'=HYPERLINK("http://x","y")', "'+7 921", "'@SUM(A1)", "«Исток»; '=1+1")
    >>> guarded("-1"), guarded("Анна-Мария")
    ('-1', 'Анна-Мария')
    """
    if text[:1] not in _FIRST and ";" not in text:  # nearly all
        return text
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)
