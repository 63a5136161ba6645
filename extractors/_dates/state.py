"""The state of resolving one text: its publication, its words, and the dates placed so far."""

import re
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from extractors._dates.tense import Pointer, Tense, pointer
from extractors._model import DateInterval, Granularity, Span

NO_PUBLICATION = "no publication date"
NO_YEAR = "no year"
NO_ANCHOR = "counts from a date that is not clear"
FAR_YEAR = "the year is not clear"
NO_SUCH_DAY = "no such day"
DURATION = "a duration"  # never printed: what is answered so is no mention

_SIZES = {u: i for i, u in enumerate(Granularity)}
_EVENT_YEAR = re.compile(r"[^\W\d_]{2,}[»\"]?(?:-| )((?:19|20)\d\d)(?=[»\"”]|[ ,.)]|$)")
_PRINTED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FARTHEST_SENTENCES = 5
_NEAR_SENTENCES = 2


@dataclass(slots=True)
class State:
    """What a date may lean on: `text` is folded, `placed` are the dates read so far, in the order of the text."""

    doc: Doc
    printed: str  # the text itself: `doc.text` joins the tokens anew at each call
    text: str
    published: date | None
    placed: list[tuple[Span, DateInterval]] = field(default_factory=list)

    def tense(self, span: Span) -> Tense:
        """Tell which way the clause points."""
        return pointer(self.doc, span).tense

    def pointer(self, span: Span) -> Pointer:
        """Tell the same, and how near the verb is."""
        return pointer(self.doc, span)

    def sentence(self, span: Span) -> Span:
        """Give the offsets of the sentence."""
        inside = self.doc.char_span(span.start, span.stop, alignment_mode="expand")
        if inside is None:
            return span
        return Span(inside.sent.start_char, inside.sent.end_char)

    def anchor(self, span: Span, unit: Granularity) -> tuple[date, date] | None:
        """Give the last closed date placed before the span, within five sentences, no coarser than the unit."""
        for where, value in reversed(self.placed):
            if where.start >= span.start:
                continue
            if self._sentences_between(where, span) > _FARTHEST_SENTENCES:
                return None
            if value.unresolved or value.start is None or value.stop is None:
                continue
            if _SIZES[value.granularity] <= _SIZES[unit]:
                return value.start, value.stop
        return None

    def other_year_in_sentence(self, span: Span) -> bool:
        """Tell whether a date of another year than that of publication stands before in the sentence."""
        sentence = self.sentence(span)
        years = {
            value.start.year
            for where, value in self.placed
            if value.start is not None and sentence.start <= where.start < span.start
        }
        return bool(years) and self.published is not None and self.published.year not in years

    def opens(self, span: Span) -> bool:
        """Tell whether «до», «к» or «с» stands right before the span."""
        return self.text[max(0, span.start - 4) : span.start].endswith((" до ", " к ", " с "))

    def _sentences_between(self, first: Span, second: Span) -> int:
        between = self.doc.char_span(first.stop, second.start, alignment_mode="expand")
        return 0 if between is None else sum(bool(token.is_sent_start) for token in between)

    def exact_before(self, span: Span) -> list[DateInterval]:
        """Give the days and months before the span that are printed with their year."""
        return [value for where, value in self.placed if where.start < span.start and _is_exact(value)]

    def exact_near(self, span: Span) -> bool:
        """Tell whether the last of them stands within two sentences."""
        places = [where for where, value in self.placed if where.start < span.start and _is_exact(value)]
        return bool(places) and self._sentences_between(places[-1], span) <= _NEAR_SENTENCES

    def later_year(self, year: int, span: Span) -> bool:
        """Tell whether the text before the span prints a later year."""
        return any(int(digits) > year for digits in _PRINTED_YEAR.findall(self.text, 0, span.start))

    def event_year(self, span: Span) -> int | None:
        """Give the year in the name of an event in the same sentence, where there is only one such year."""
        sentence = self.sentence(span)
        years = {
            int(match.group(1))
            for match in _EVENT_YEAR.finditer(self.text, sentence.start, sentence.stop)
            if self.text[match.start(1) - 1] == "-" or self.text[match.end(1) : match.end(1) + 1] in {"»", '"', "”"}
        }
        return years.pop() if len(years) == 1 else None


def _is_exact(value: DateInterval) -> bool:
    printed = value.start is not None and value.year_from is None and not value.relative
    return printed and value.granularity in (Granularity.DAY, Granularity.MONTH)
