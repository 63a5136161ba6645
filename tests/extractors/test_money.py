"""What an amount measures and is counted per, and what makes the money grammar slow or lost."""

from decimal import Decimal

import pytest

from extractors import analyse
from extractors._lexicon import table
from extractors._money.groups import group
from extractors._money.lexemes import lex
from extractors._money.terms import read_terms
from extractors._numerals import read_numeral
from extractors.money import extract


def only(text):
    (mention,) = extract(analyse(text))
    return mention


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Объём капитализации фонда превышает 7 млрд руб.", "капитализация"),
        ("Инвестиции в проект оцениваются в 14 млрд руб.", "инвестиции"),
        ("Завод привлёк 3 млрд руб. инвестиций.", "инвестиции"),
        ("Выручка завода составила 300 млн рублей.", "выручка"),
        ("Посёлок получил субсидию в 2 млн рублей.", "субсидия"),
        ("Фирму оштрафовали на 100 тыс. рублей.", "штраф"),
        ("Её ждёт штраф до 70 тыс. руб.", "штраф"),
        ("Ремонт обойдётся бюджету в 40 млн рублей.", "стоимость"),
        ("Дом стоит 5 млн рублей.", "стоимость"),
        ("Банк выдал кредит на 9 млн рублей.", "кредит"),
        ("На это выделили 9 млн рублей.", "финансирование"),
        ("Вчера вспомнили о 9 млн рублей.", None),
    ],
)
def test_measures(text, measured):
    assert only(text).value.measures == measured


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Нефть стоит 80 долларов за баррель.", "за баррель"),
        ("Взнос — 300 тысяч рублей в год.", "в год"),
        ("Аренда — 900 руб. за кв. м в центре.", "за кв. м"),
        ("Платят 5 тыс. рублей ежемесячно.", "ежемесячно"),
        ("Он ежегодно платит 5 тыс. рублей.", "ежегодно"),
        ("Тариф — 12 руб./кВт.", None),
        ("Цена газа — 400 долларов за тысячу кубометров.", "за тысячу кубометров"),
        ("За дом отдали 5 млн рублей.", None),
    ],
)
def test_per_unit(text, unit):
    assert only(text).value.per_unit == unit


def test_an_amount_in_words_that_disagree_is_flagged_with_the_digits():
    value = only("Цена — 1 999 (тысяча девятьсот) руб. 44 коп.").value
    assert value.unresolved == "the words in brackets say another number"
    assert value.min == Decimal("1999.44")


def test_an_unread_amount_has_no_value():
    value = only("На ремонт уйдёт пара миллионов рублей.").value
    assert (value.min, value.max, value.currency, value.approximate) == (None, None, "RUB", True)


def test_two_currencies_and_none_printed_is_flagged():
    text = "Первый взнос — 5 млн рублей.\n\nВторой взнос — 3 млн евро.\n\nПотом вложат ещё 2 млн."
    *_, last = extract(analyse(text))
    assert (last.text, last.value.currency) == ("2 млн", None)
    assert last.value.unresolved == "no currency printed and several in the text"


def test_at_least_thirty_currencies_have_russian_names():
    rows = [row for row in table("currencies") if row["code"] != "?" and row["names"]]
    assert len({row["code"] for row in rows}) == len(rows) >= 30


@pytest.mark.parametrize("row", table("currencies"), ids=lambda row: row["code"])
def test_every_currency_is_found_by_its_first_name(row):
    name = row["names"].split(";")[0].replace("=", "")
    value = only(f"Это стоит 1000 {name}.").value
    assert value.currency == (None if row["code"] == "?" else row["code"])


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 20_000,
        "123 456 7890 " * 20_000,
        "1" * 100_000,
        "1." * 100_000,
        "(" * 100_000,
        "5 (" * 20_000,
        "сто миллионов 5 (" * 20_000,
        "миллион сто " * 20_000,
        "а" * 100_000,
        "5, " * 20_000 + "5 и 6 млн руб.",
        "$" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_long_hostile_texts_are_read(text):
    lexemes = lex(text)
    assert all(term.start < term.stop <= len(lexemes) for term in read_terms(lexemes))
    group(lexemes, read_terms(lexemes))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("двести пятьдесят", 250),
        ("девятнадцатью", 19),
        ("двадцать пятнадцать", 20),
        ("полтора", "1.5"),
        ("сто сто", 100),
    ],
)
def test_numerals(words, value):
    assert read_numeral(words.split(), 0).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Дали 5 млн рублей.", "amount"),
        ("Дали 5–6 млн рублей.", "range"),
        ("Дали 5 и 6 млн рублей.", "lent_unit"),
        ("Дали 5 млн рублей, ещё 6 млн выделят летом.", "context_currency"),
        ("Дали миллионы рублей.", "indefinite"),
        ("Дали 100-рублёвую купюру.", "adjective"),
    ],
)
def test_rules(text, rule):
    assert rule in {mention.rule for mention in extract(analyse(text))}
