"""The words around a mention that a person would want to read: its sentence, as an exact piece of the text."""

import re
from bisect import bisect_right

from pipeline.record import Record

# An end of a sentence, without the analysed text at hand: a mark, white space, and a capital or an opening mark. Not
# after an initial or a short abbreviation («г. Тверь», «А. Берёзкина»).
_END = re.compile(r"(?<!\b[А-ЯЁа-яё])(?<!\b[а-яё]{2})[.!?…]+[»”\")]*\s+(?=[«“\"(—–]?\s*[А-ЯЁA-Z0-9])")


class Passages:
    """The sentences of a record's text: those that its facts quote, and for the rest cut by the marks."""

    def __init__(self, record: Record) -> None:
        text = record.article.text
        breaks = {0, len(text)}
        for start, stop in record.article.paragraphs:
            breaks |= {start, stop, *(match.end() for match in _END.finditer(text, start, stop))}
        self._text = text
        self._breaks = sorted(breaks)
        self._quoted = sorted({(fact.evidence.start, fact.evidence.stop) for fact in record.facts})

    def around(self, start: int, stop: int) -> tuple[int, int]:
        """Bound the quote for what stands at start:stop."""
        for low, high in self._quoted:
            if low <= start and stop <= high:
                return low, high
        low = self._breaks[bisect_right(self._breaks, start) - 1]
        last = bisect_right(self._breaks, max(start, stop - 1))
        high = self._breaks[last] if last < len(self._breaks) else len(self._text)
        piece = self._text[low:high]
        return low + len(piece) - len(piece.lstrip()), high - len(piece) + len(piece.rstrip())
