"""Events: named exhibitions, forums, conferences, championships and festivals, with the year that is printed.

An event is named beside its generic word («выставка «Иннопром-2024»»), by itself where a table knows it («ПМЭФ-2025»),
or again by the name the text gave it before.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors._confidence import confidence
from extractors._event_phrase import EventPhrase, is_kind, known_event, phrase_at
from extractors._inflected import InflectedNames, fold
from extractors._lexicon import table
from extractors._model import EventName, Kind, Mention
from extractors._nominative import nominative
from extractors._quotes import quotes

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATED = re.compile(r"(?P<name>[^\W\d_][^\d]*?)[-–—‑ ]?(?P<year>(?:19|20)\d\d)?")
_BRACKET = re.compile(r"\(([A-ZА-ЯЁ]{2,})\)")
_YEAR_WORD = {"год", "г"}


def extract(doc: Doc) -> Iterator[Mention]:
    """Give each mention of a named event; none overlaps another."""
    taken: set[int] = set()
    named: list[EventName] = []
    short: dict[str, EventName] = {}
    for token in doc:
        phrase = phrase_at(token) if token.i not in taken and is_kind(token) else None
        if phrase is not None:
            taken |= set(range(phrase.start, phrase.stop))
            named.append(_value(doc, phrase))
            short |= _abbreviation(doc, phrase.stop, named[-1])
            yield _mention(doc, (phrase.start, phrase.stop), named[-1], phrase.rule)
    yield from _by_name(doc, taken, [*((_bare(event.name), event) for event in named), *short.items()])


def _abbreviation(doc: Doc, stop: int, event: EventName) -> dict[str, EventName]:
    """An abbreviation in brackets behind a name stands for it: «Восточный экономический форум (ВЭФ)»."""
    match = _BRACKET.fullmatch(doc[stop : stop + 3].text)
    return {match[1]: event} if match else {}


def _value(doc: Doc, phrase: EventPhrase) -> EventName:
    start, stop = doc[phrase.name_start], doc[phrase.name_stop - 1]
    printed = doc[phrase.name_start : phrase.name_stop].text
    # What stands in quotes behind its generic word does not decline.
    name = printed if phrase.rule == "quoted" else nominative(doc, start.idx, stop.idx + len(stop))
    if phrase.start == phrase.head:
        name = _plain(name, doc[phrase.head]) if phrase.name_start == phrase.head else name
    return EventName(name, _kind(doc[phrase.head]), _year(doc, phrase.stop, name))


def _plain(name: str, head: Token) -> str:
    """Undo the capital letter of a sentence: «чемпионат мира»."""
    return name[:1].lower() + name[1:] if head.is_sent_start else name


def _kind(head: Token) -> str:
    return "игры" if head.lemma_ == "игра" else head.lemma_


def _year(doc: Doc, stop: int, name: str) -> int | None:
    """The year in the name, or the one printed behind it with «года»."""
    match = _YEAR.search(name)
    if match:
        return int(match[1])
    behind = doc[stop : stop + 2]
    dated = len(behind) > 1 and _YEAR.fullmatch(behind[0].text) and behind[1].lemma_ in _YEAR_WORD
    return int(behind[0].text) if dated else None


def _by_name(doc: Doc, taken: set[int], named: list[tuple[str, EventName]]) -> Iterator[Mention]:
    """Give the names that the table knows or the text has given, quoted or with a year, where none is yet."""
    again = InflectedNames(named)
    stretches = [(quote.start, quote.stop, quote.inside(doc), True) for quote in quotes(doc)]
    stretches += [(token.i, token.i + 1, token.text, False) for token in doc if token.text[0].isupper()]
    for start, stop, text, quoted in stretches:
        if taken.isdisjoint(range(start, stop)):
            found = _named_again(text, again, quoted=quoted) or _of_table(text)
            if found is not None:
                taken |= set(range(start, stop))
                value, rule = found
                yield _mention(doc, (start, stop), value, rule)


def _bare(name: str) -> str:
    match = _DATED.fullmatch(name)
    return match["name"] if match else name


def _named_again(text: str, again: InflectedNames[EventName], *, quoted: bool) -> tuple[EventName, str] | None:
    match = _DATED.fullmatch(text)
    found = again.find(match["name"]) if match and (quoted or match["year"] or text.isupper()) else None
    if found is None or match is None:
        return None
    if not match["year"] or match["year"] in found.name:
        return found, "named_again"
    return EventName(_bare(found.name) + text[match.end("name") :], found.kind, int(match["year"])), "named_again"


def _of_table(text: str) -> tuple[EventName, str] | None:
    match = _DATED.fullmatch(text)
    known = known_event(match["name"]) if match else None
    if match is None or known is None or (known.quoted and not match["year"]):
        return None
    name = _nominative_of(match["name"]) + (text[match.end("name") :])
    return EventName(name, known.kind, int(match["year"]) if match["year"] else None), "known_name"


def _nominative_of(name: str) -> str:
    """Give the table's own spelling where the text has another case; keep the text's letter case."""
    for row in table("known_events"):
        if fold(row["name"]) == fold(name):
            return name
    rows = ((row["name"], row["name"]) for row in table("known_events") if not row["name"].isupper())
    return InflectedNames(rows).find(name) or name


def _mention(doc: Doc, tokens: tuple[int, int], value: EventName, rule: str) -> Mention:
    span = doc[tokens[0] : tokens[1]]
    return Mention(Kind.EVENT, span.start_char, span.end_char, span.text, value, rule, confidence(Kind.EVENT, rule))
