"""What looks like a date and is none: «ул. 8 Марта», «сегодня» for nowadays, «накануне выборов», «каждую пятницу»."""

import re
from collections.abc import Callable
from functools import cache

from spacy.tokens import Token

from extractors._dates.expressions import InYear, Item, Relative
from extractors._dates.grammar import pieces
from extractors._dates.state import State
from extractors._dates.tense import Tense, clause, feature
from extractors._lexicon import table
from extractors._model import Granularity, Span

_REACH = 48
_STREET = re.compile(
    r"(?:улиц\w{1,2}|ул\.|площад\w{1,3}|пл\.|проспект\w{0,2}|пр-т|переул\w{2,4}"
    r"|шоссе|набережн\w{2}|метро|станци\w{1,2}) [«\"]?$"
)
_NAMESAKE = re.compile(r"(?<!\w)(?:имени|им\.|движени[ея]м?) [«\"]?$")
_EVERY = re.compile(
    r"(?<!\w)(?:кажд\w{2,3}|еже(?:годно|дневно|месячно|недельно)|традиционно|как правило|обычно)(?!\w)[^.!?\n;]{0,30}$"
)
_NUMBERED = re.compile(r"(?:верси\w{1,2}|v\.?|ios|android|п\.|пункт\w{0,2}|ст\.|стать\w{1,3}|разд\w{0,5}|№|гост\w?) ?$")
_YEAR_CONTEXT = re.compile(
    r"(?:^|[\s(«])(?:в|во|с|к|до|за|по|на|от|около|после|начиная с|весной|летом|осенью|зимой"
    r"|начал[аеоу]|середин[аеуы]|кон(?:ец|ца|це|цу)) $|\($"
    r"|(?:(?:^|\s)(?:в|с|за|на|до|по) |\()(?:1[5-9]|20)\d\d ?- ?$|[.!?\n]\s?$|^$"
)
_COUNTED = {"тыс", "млн", "млрд", "раз", "руб", "штук", "кг", "км", "га", "м"}
_YEAR_CLOSE = re.compile(r"\s*(?:[,.;:!?)»\n-]|$)|\s(?:и|или|в|на|с|по|за|у|от|до|из|к|о|об|был\w{0,2})\s")
_YEAR_SURE = re.compile(r"год|г\.|\dг|\d г$|\d-?(?:го|м|й|му|ом)(?!\w)")
_SEASON_CASE = re.compile(r"(?:весной|летом|осенью|зимой)$")
_SEASON_BOUND = re.compile(r"(?<!\w)(?:со?|до|к) $")
_SEASON_PLACE = re.compile(
    r"(?<!\w)(?:к|ко|с|со|до|за|на|после|в течение|этой|этим|начал[аеоу]|середин[аеуы]|кон(?:ец|ца|це|цу)) $"
)
_DECADE_PLACE = re.compile(r"(?<!\w)(?:в|с|к|до|из|начал[аео]|середин[аеы]|кон(?:ец|ца|це|цу)) $")
_ENVIRONMENT = re.compile(r"(?:сред(?:а|е|ы|ой))$")
_DAY_PLACE = re.compile(r"(?<!\w)(?:на|со?|до|ко?|после) $")
_HOLIDAY_PLACE = re.compile(r"(?<!\w)(?:до|к|ко|после|накануне|перед|на|под|сразу после) $")
_SUM_UP = re.compile(r"(?<!\w)(?:за|итогам|итоги|результатам|результаты) $")
_DASH = re.compile(r"(?:[^\W\d_]-|(?<!\d)\d{3}-|\d{5}-|[№/:]|\d[.,])\Z")
_TODAY_SURE = re.compile(r"сегодня,? (?:утром|днем|вечером|ночью)")
_HOWEVER = re.compile(r"(?<!\w)хоть $")


def is_date(item: Item, state: State) -> bool:
    """Tell whether an item is a date in its context."""
    before = state.text[max(0, item.start - _REACH) : item.start]
    if (_DASH.search(before) and not _name_of_time().search(before)) or _is_name(item, state, before):
        return False
    check = _CHECKS.get(item.rule)
    return check is None or check(item, state, before)


@cache
def _name_of_time() -> re.Pattern[str]:
    """Give what may stand before a dash that binds two dates."""
    known = pieces()
    return re.compile(
        rf"(?<!\w)(?:{known['full_month']}|{known['season']}|{known['weekday']}|года|век|[ivx]{{1,6}})-\Z"
    )


def stands(item: Item, state: State) -> bool:
    """Tell the same of an item that has been joined with its neighbours."""
    before = state.text[max(0, item.start - _REACH) : item.start]
    if _EVERY.search(before) and _recurs(item):
        return False
    check = _CHECKS_OF_JOINED.get(item.rule)
    return check is None or check(item, state, before)


def _is_name(item: Item, state: State, before: str) -> bool:
    if item.rule in {"month", "season"} and _overlaps_person(item, state):
        return True
    if _NAMESAKE.search(before):
        return True
    words = state.printed[item.start : item.stop]
    capital = any(word[0].isupper() for word in words.split() if word)
    return bool(_STREET.search(before)) and (capital or item.rule == "year")


def _overlaps_person(item: Item, state: State) -> bool:
    return any(p.start_char < item.stop and item.start < p.end_char for p in state.doc.spans.get("persons", []))


def _recurs(item: Item) -> bool:
    expression = item.expression
    return isinstance(expression, Relative) or (isinstance(expression, InYear) and expression.year is None)


def _words(item: Item, state: State) -> str:
    return state.text[item.start : item.stop]


def _month(item: Item, state: State, before: str) -> bool:
    """Tell a month from a name: alone it begins with a small letter, but for the first word of a sentence."""
    words = _words(item, state)
    if " " not in words and before.endswith("для "):
        return False
    if " " in words or not state.printed[item.start].isupper():
        return True
    following = _next_token(item, state)
    if following is not None and following.text.istitle():
        return False
    return not before.rstrip(' «"-') or before.rstrip(' «"-')[-1] in ".!?\n\u2028:"


def _year(item: Item, state: State, before: str) -> bool:
    """Four digits alone are a year only after a preposition or in brackets, and before no counted noun."""
    if _YEAR_SURE.search(_words(item, state)):
        return True
    if not _YEAR_CONTEXT.search(before):
        return False
    after = state.text[item.stop : item.stop + _REACH]
    if _YEAR_CLOSE.match(after):
        return True
    following = _next_token(item, state)
    if following is None:
        return False
    return following.pos_ in {"VERB", "AUX", "PROPN", "PRON", "ADV"} or _is_subject(following)


def _is_subject(token: Token) -> bool:
    """Tell a noun that the year does not count."""
    return token.pos_ == "NOUN" and feature(token, "Case") == "Nom" and token.lower_ not in _COUNTED


def _next_token(item: Item, state: State) -> Token | None:
    inside = state.doc.char_span(item.start, item.stop, alignment_mode="expand")
    if inside is None or inside.end >= len(state.doc):
        return None
    return state.doc[inside.end]


def _decade(item: Item, state: State, before: str) -> bool:
    """«90-х» without a century is a decade only after a preposition; «20-х» only with the word."""
    words = _words(item, state)
    if "г" in words or words[:4].isdigit():
        return True
    return words[:1] > "2" and bool(_DECADE_PLACE.search(before))


def _season(item: Item, state: State, before: str) -> bool:
    words = _words(item, state)
    if " " in words:
        return True
    if before.endswith(("тем ", "той ")):
        return False
    if _SEASON_BOUND.search(before):
        return True
    if not (_SEASON_CASE.search(words) or _SEASON_PLACE.search(before)):
        return False
    return state.tense(Span(item.start, item.stop)) in (Tense.PAST, Tense.FUTURE)


def _weekday(item: Item, state: State, before: str) -> bool:
    """«Среда» is a day of the week only where the case and the preposition say so."""
    words = _words(item, state)
    if words.startswith("сред"):
        return (
            bool(_DAY_PLACE.search(before))
            if _ENVIRONMENT.search(words)
            else bool(re.search(r"(?<!\w)(?:во?|на) $|(?:вторник|субботу|пятницу|понедельник)(?:,| и) $", before))
        )
    return True


def _holiday(item: Item, state: State, before: str) -> bool:  # noqa: ARG001 - one signature for all checks
    return bool(_HOLIDAY_PLACE.search(before))


def _first_months(item: Item, state: State, before: str) -> bool:
    words = _words(item, state)
    return "год" in words or bool(re.search(r"\d{4}", words)) or bool(_SUM_UP.search(before))


def _eve(item: Item, state: State, before: str) -> bool:  # noqa: ARG001
    """«Накануне» with a genitive counts from that event."""
    following = _next_token(item, state)
    if following is None or following.pos_ not in {"NOUN", "ADJ", "DET", "NUM"}:
        return True
    return feature(following, "Case") != "Gen"


def _today(item: Item, state: State, before: str) -> bool:
    """«Сегодня» is a day beside an event; beside a state it means nowadays."""
    span = Span(item.start, item.stop)
    after = state.text[item.stop : item.stop + 3]
    if _TODAY_SURE.match(_words(item, state)) or re.match(r", \d", after) or before.endswith("на "):
        return True
    verbs = [t for t in clause(state.doc, span) if t.pos_ in {"VERB", "AUX"} and feature(t, "VerbForm") != "Conv"]
    if not verbs:
        return len(state.text.strip()) == item.stop - item.start
    inside = state.doc.char_span(item.start, item.stop, alignment_mode="expand")
    place = inside.start if inside is not None else 0
    verb = min(verbs, key=lambda token: abs(token.i - place))
    if verb.lemma_ in _lemmas("dates_nowadays"):
        return False
    return (feature(verb, "Tense") != "Pres" and feature(verb, "VerbForm") != "Inf") or verb.lemma_ in _lemmas(
        "dates_happening"
    )


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(row["lemma"] for row in table(name))


def _word_day(item: Item, state: State, before: str) -> bool:
    if any(token.lower_ == "бы" for token in clause(state.doc, Span(item.start, item.stop))):
        return False
    return not _HOWEVER.search(before)


def _numeric(item: Item, state: State, before: str) -> bool:  # noqa: ARG001
    return not _NUMBERED.search(before)


def _numeric_day(item: Item, state: State, before: str) -> bool:
    """«15.02» is a date where the sentence holds nothing else: in running text it may be a price or a time."""
    sentence = state.sentence(Span(item.start, item.stop))
    return (
        state.text[sentence.start : sentence.stop].strip(" .") == _words(item, state).strip(" .") and not before.strip()
    )


def _weekend_or_period(item: Item, state: State, before: str) -> bool:
    if item.expression.unit == Granularity.DAY and item.rule == "relative_period":
        return bool(re.search(r"(?<!\w)(?:на|уже на) $", before))
    return not re.search(
        r"(?:ые|ие|ых|их|ыми|ими|ым|им) (?:год(?:ы|ов|ах|ами?)|недели|месяц(?:ы|ев|ам|ами|ах)|лет)$",
        _words(item, state),
    )


def _numeric_range(item: Item, state: State, before: str) -> bool:
    year = isinstance(item.expression, InYear) and item.expression.year is not None
    return year or _numeric_day(item, state, before)


_CHECKS: dict[str, Callable[[Item, State, str], bool]] = {
    "month": _month,
    "year": _year,
    "decade": _decade,
    "season": _season,
    "weekday": _weekday,
    "holiday": _holiday,
    "first_months": _first_months,
    "eve": _eve,
    "today": _today,
    "numeric_date": _numeric,
    "word_day": _word_day,
    "relative_period": _weekend_or_period,
}
_CHECKS_OF_JOINED: dict[str, Callable[[Item, State, str], bool]] = {
    "numeric_day": _numeric_day,
    "numeric_range": _numeric_range,
}
