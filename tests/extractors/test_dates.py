"""The dates extractor beyond its gold: invariance, robustness, the rules that gold must exercise, the seed."""

import itertools
import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import DateInterval, analyse
from extractors._dates.calendar import add_months, period, third
from extractors._dates.folding import fold
from extractors._dates.rules import matches, rules
from extractors._model import Granularity
from extractors.dates import extract
from tests.extractors.test_gold import GOLD, read

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("SVODKA_DATA", ROOT / "../shared/data"))
PUBLISHED = datetime.fromisoformat("2024-03-13T12:00:00+03:00")
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
LONG = 200_000

days = st.dates(date(1930, 1, 1), date(2049, 12, 31))
forms = st.sampled_from(
    [
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year} года",
        lambda d: f"{d.day}-го {MONTHS[d.month - 1]} {d.year} г.",
        lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
        lambda d: d.isoformat(),
    ]
)


def values(text, published=None):
    return [(m.text, m.value.start, m.value.stop) for m in extract(analyse(text, published))]


@settings(max_examples=60, deadline=None)
@given(days, forms)
def test_what_is_written_is_read(day, form):
    written = form(day)
    assert values(f"Документ от {written} подписан") == [(written, day, day)]


@settings(max_examples=30, deadline=None)
@given(days, days)
def test_a_range_in_words_is_read(one, two):
    first, last = sorted((one, two))
    text = f"Фонд работал с {forms_of(first)} по {forms_of(last)}"
    assert [v[1:] for v in values(text)] == [(first, last)]


def forms_of(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


@pytest.mark.parametrize(
    "text",
    [
        "Форум пройдёт 8\u201311 июля 2024 года",
        "Форум пройдёт 8\u201411 июля 2024 года",
        "Форум пройдёт 8-11 июля 2024 года",
        "Форум пройдёт 8 \u2014 11\u00a0июля 2024\u202fгода",
        "Форум пройдет 8 \u2212 11 июля 2024 года",
    ],
)
def test_dashes_and_spaces_change_nothing(text):
    assert [v[1:] for v in values(text)] == [(date(2024, 7, 8), date(2024, 7, 11))]


def test_a_sentence_in_front_only_shifts_spans():
    text, front = "Заявки принимают с 8 по 11 июля, в марте объявят итоги.", "Кластер растёт. "
    alone = list(extract(analyse(text, PUBLISHED)))
    shifted = list(extract(analyse(front + text, PUBLISHED)))
    assert [(m.start - len(front), m.value) for m in shifted] == [(m.start, m.value) for m in alone]
    assert len(alone) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .-–/гсдопвйяIVX«»\u00a0\nмаяиюль", max_size=60))
def test_no_text_raises_and_no_mentions_overlap(text):
    mentions = list(extract(analyse(text, PUBLISHED)))
    assert all(m.text == text[m.start : m.stop] for m in mentions)
    assert all(a.stop <= b.start for a, b in itertools.pairwise(mentions))


@pytest.mark.parametrize("piece", ["1", "12.", " ", "с 1 по ", "1-", "начало ", "2023/", "и ", "мая "])
def test_long_runs_end(piece):
    text = fold(piece * (LONG // len(piece)))
    assert sum(1 for _ in matches(text)) <= LONG


def test_folding_keeps_offsets():
    text = "ЁЖ\u00a0İstanbul — 8 июля"
    assert len(fold(text)) == len(text)
    assert fold(text).endswith("- 8 июля")


@pytest.mark.parametrize(
    "text", ["В пятницу, 1 сентября 2022 года", "Вчера суд решил", "31 февраля 2023 года", "зимой 2022 года"]
)
def test_an_unresolved_date_has_no_ends(text):
    (mention,) = extract(analyse(text))
    assert mention.value.unresolved
    assert (mention.value.start, mention.value.stop) == (None, None)


@pytest.mark.parametrize(
    ("unit", "day", "expected"),
    [
        (Granularity.WEEK, date(2024, 3, 13), (date(2024, 3, 11), date(2024, 3, 17))),
        (Granularity.HALF, date(2024, 9, 1), (date(2024, 7, 1), date(2024, 12, 31))),
        (Granularity.DECADE, date(1999, 9, 1), (date(1990, 1, 1), date(1999, 12, 31))),
        (Granularity.CENTURY, date(2000, 1, 1), (date(1901, 1, 1), date(2000, 12, 31))),
    ],
)
def test_periods(unit, day, expected):
    assert period(unit, day) == expected


def test_thirds_fill_their_period():
    whole = (date(2024, 1, 1), date(2024, 12, 31))
    parts = [third(Granularity.YEAR, whole, which) for which in range(3)]
    assert (parts[0][0], parts[-1][1]) == whole
    assert all((b[0] - a[1]).days == 1 for a, b in itertools.pairwise(parts))


def test_months_end_where_they_end():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_gold_exercises_every_rule():
    lines = (GOLD / "dates.tsv").read_text(encoding="utf-8").splitlines()
    folded = [fold(read(line).text) for line in lines if line.strip() and not line.startswith("#")]
    used = {item.rule for text in folded for item in matches(text)}
    assert {name for name, *_ in rules()} - used == set()


def test_the_seed():
    path = DATA / "seed" / "record.json"
    if not path.exists():
        pytest.skip("the data of development is not here (SVODKA_DATA)")
    record = json.loads(path.read_text(encoding="utf-8"))
    found = [(m.start, m.stop, *ends(m.value)) for m in extract(analyse(record["text"]))]
    assert found == [(d["start"], d["stop"], d["from"], d["to"]) for d in record["dates"]]


def ends(value: DateInterval):
    return tuple(None if day is None else day.isoformat() for day in (value.start, value.stop))


def test_a_weekday_behind_a_past_verb_and_an_infinitive_is_flagged():
    text = "Министр предложил собраться в пятницу."
    doc = analyse(text, datetime(2024, 7, 10))  # noqa: DTZ001
    (mention,) = extract(doc)
    assert mention.value.start is None
    assert mention.value.unresolved == "the clause looks both back and ahead"
