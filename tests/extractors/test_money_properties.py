"""Any way in which Russian text writes an amount reads back as that amount."""

from decimal import Decimal
from itertools import pairwise

import pymorphy3
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from extractors import analyse
from extractors.money import extract

SLOW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
MORPH = pymorphy3.MorphAnalyzer(lang="ru")
CASES = ["nomn", "gent", "datv", "accs", "ablt", "loct"]
CURRENCIES = {
    "RUB": ["руб.", "₽", "р.", "RUB", "рублей"],
    "USD": ["$", "долл.", "долл. США", "долларов США", "USD"],
    "EUR": ["€", "евро", "EUR"],
    "KZT": ["тенге", "₸"],
    "BYN": ["белорусских рублей", "бел. руб."],
    "CNY": ["юаней"],
    "UAH": ["гривен", "грн"],
    "TRY": ["турецких лир"],
    "AMD": ["драмов"],
}
SUFFIXES = [(code, form) for code, forms in CURRENCIES.items() for form in forms]
PREFIXES = [("RUB", "₽"), ("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("USD", "US$"), ("USD", "USD ")]
SCALES = [
    (10**3, ["тыс.", "тысяч"]),
    (10**6, ["млн", "млн.", "миллионов"]),
    (10**9, ["млрд", "миллиардов"]),
    (10**12, ["трлн", "триллионов"]),
]
UNITS = [(scale, name) for scale, names in SCALES for name in names]
DASHES = ["-", "–", "—", "‑"]
BLANKS = [" ", "\u00a0", "\u202f", "\u2009"]


def found(text):
    return [(m.value.min, m.value.max, m.value.currency) for m in extract(analyse(text)) if not m.value.unresolved]


def grouped(number, separator):
    return f"{number:,}".replace(",", separator)


HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
UNITS_IN_WORDS = ["один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"]
TEENS = [f"{root}надцать" for root in ["один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят"]]


def words(number):
    """The nominative words of a number below a thousand."""
    spoken = [HUNDREDS[number // 100 - 1]] if number >= 100 else []
    rest = number % 100
    if rest >= 20:
        spoken.append(TENS[rest // 10 - 2])
        rest %= 10
    return [*spoken, *([[*UNITS_IN_WORDS, *TEENS][rest - 1]] if rest else [])]


def in_case(word, case):
    parse = next(p for p in MORPH.parse(word) if p.tag.POS in {"NUMR", "ADJF"} and "nomn" in p.tag)
    return parse.inflect({case}).word


@SLOW
@given(
    st.integers(1, 10**12),
    st.sampled_from([*BLANKS, ".", ",", "'"]),
    st.integers(0, 99),
    st.sampled_from(SUFFIXES),
)
@example(1000000, " ", 5, ("RUB", "руб."))
def test_digits_with_any_separator(number, separator, cents, currency):
    code, form = currency
    mark = "." if separator == "," else ","
    assume(separator not in {".", ","} or cents or not 1000 <= number < 10**6)
    text = grouped(number, separator) + (f"{mark}{cents:02d}" if cents else "")
    assert found(f"Это стоит {text} {form}, не меньше.") == [(Decimal(number) + Decimal(cents) / 100,) * 2 + (code,)]


@SLOW
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(UNITS), st.sampled_from(SUFFIXES))
def test_units_behind_a_number(number, thousandths, unit, currency):
    scale, name = unit
    code, form = currency
    decimals = f",{thousandths:03d}".rstrip("0").rstrip(",")
    value = (Decimal(number) + Decimal(thousandths) / 1000) * scale
    assert found(f"Это стоит {number}{decimals} {name} {form} без налога.") == [(value, value, code)]


@SLOW
@given(st.integers(1, 999), st.sampled_from([(1, ""), *UNITS]), st.sampled_from(PREFIXES), st.sampled_from(["", " "]))
def test_currency_in_front(number, unit, currency, blank):
    scale, name = unit
    code, sign = currency
    value = Decimal(number) * scale
    assert found(f"Это стоит {sign}{blank}{number} {name}, не меньше.") == [(value, value, code)]


@SLOW
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(CASES))
def test_words_in_every_case(millions, thousands, case):
    spoken = [in_case(word, case) for word in words(millions)]
    spoken.append(MORPH.parse("миллион")[0].inflect({case, "plur"}).word)
    if thousands:
        feminine = {"один": "одна", "два": "две"}
        spoken += [in_case(feminine.get(word, word), case) for word in words(thousands)]
        spoken.append(MORPH.parse("тысяча")[0].inflect({case, "plur"}).word)
    spoken.append(MORPH.parse("рубль")[0].inflect({case, "plur"}).word)
    value = Decimal(millions * 10**6 + thousands * 1000)
    assert found(f"Говорят о {' '.join(spoken)}.") == [(value, value, "RUB")]


@SLOW
@given(st.integers(1, 998), st.integers(1, 998), st.sampled_from(UNITS), st.sampled_from(SUFFIXES), st.data())
def test_ranges(first, second, unit, currency, data):
    low, high = sorted((first, second))
    assume(low < high)
    scale, name = unit
    code, form = currency
    dash = data.draw(st.sampled_from([*DASHES, " – "]))
    written = data.draw(st.sampled_from([f"{low}{dash}{high}", f"от {low} до {high}", f"между {low} и {high}"]))
    assert found(f"Это стоит {written} {name} {form} без налога.") == [(low * scale, high * scale, code)]


@SLOW
@given(st.lists(st.integers(1, 999), min_size=2, max_size=5), st.sampled_from(UNITS), st.sampled_from(SUFFIXES))
def test_lists_share_unit_and_currency(numbers, unit, currency):
    scale, name = unit
    code, form = currency
    written = ", ".join(map(str, numbers[:-1])) + f" и {numbers[-1]}"
    values = [Decimal(number) * scale for number in numbers]
    assert found(f"Районы получат {written} {name} {form} соответственно.") == [(v, v, code) for v in values]


@SLOW
@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 99))
def test_sums_of_parts(millions, thousands, kopecks):
    value = Decimal(millions * 10**6 + thousands * 1000) + Decimal(kopecks) / 100
    text = f"Уплатили {millions} млн {thousands} тыс. рублей {kopecks} копеек."
    assert found(text) == [(value, value, "RUB")]


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("более", True, False),
        ("свыше", True, False),
        ("не менее", True, False),
        ("от", True, False),
        ("не более", False, True),
        ("менее", False, True),
        ("до", False, True),
        ("около", True, True),
        ("порядка", True, True),
    ],
)
def test_bounds(bound, low, high):
    value = Decimal(5_000_000)
    expected = (value if low else None, value if high else None, "RUB")
    assert found(f"Завод вложит {bound} 5 млн рублей в ремонт.") == [expected]


TEXTS = [
    "Фонд выделит от 3 до 5 млрд руб., ещё 20, 30 и 40 млн — из казны, а $1,5 млрд отложит.",
    "Счёт на 881 913 (восемьсот восемьдесят одна тысяча девятьсот тринадцать) руб. 98 коп. оплатили ещё весной.",
    "Капитал вырос с 1,1 млрд до 1,6 млрд рублей; добавят 350 млн, а взнос не превышает 2 тыс. рублей в сутки.",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("other", BLANKS[1:])
def test_kinds_of_blank_change_nothing(text, other):
    assert found(text.replace(" ", other)) == found(text) != []


@pytest.mark.parametrize("text", TEXTS)
def test_yo_changes_nothing(text):
    assert found(text.replace("ё", "е")) == found(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_in_front_shifts_and_changes_nothing(text):
    front = "Утром шёл дождь. "
    alone, behind = list(extract(analyse(text))), list(extract(analyse(front + text)))
    assert [m.value for m in alone] == [m.value for m in behind]
    assert [m.start + len(front) for m in alone] == [m.start for m in behind]


PIECES = """
1 5 20 2023 500 0,5 1.234 , . - – — ( ) $ € ₽ руб. рублей млн тыс. миллиард тысячи сто двадцать полтора пару
до от с и более не % копеек № « » за в год лишним половиной миллионный крон
"""
MONEY_PIECES = st.sampled_from([*PIECES.split(), "\n"])


@SLOW
@given(st.lists(MONEY_PIECES, max_size=25), st.sampled_from(["", " "]))
def test_nothing_raises_and_spans_fit(pieces, glue):
    text = glue.join(pieces)
    mentions = sorted(extract(analyse(text)), key=lambda mention: mention.start)
    assert all(text[m.start : m.stop] == m.text for m in mentions)
    assert all(a.stop <= b.start for a, b in pairwise(mentions))


@SLOW
@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert all(text[m.start : m.stop] == m.text for m in extract(analyse(text)))
