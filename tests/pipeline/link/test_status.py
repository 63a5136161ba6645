import pytest

from extractors import analyse
from pipeline.link._status import status


def read(text, word):
    doc = analyse(text)
    start = text.index(word)
    sentence = next(s for s in doc.sents if s.start_char <= start < s.end_char)
    return status(sentence, start, start + len(word)).value


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Завод получил 5 млн рублей.", "5 млн", "actual"),
        ("Завод получит 5 млн рублей.", "5 млн", "planned"),
        ("Завод намерен вложить 5 млн рублей.", "5 млн", "planned"),
        ("Завод может получить 5 млн рублей.", "5 млн", "hypothetical"),
        ("Завод не получил 5 млн рублей.", "5 млн", "denied"),
        ("Годом ранее завод получал 5 млн рублей.", "5 млн", "former"),
        ("Завод должен банку 5 млн рублей.", "5 млн", "actual"),
        ("Завод должен вернуть банку 5 млн рублей.", "5 млн", "planned"),
        ("Проект оценивают в 5 млн рублей.", "5 млн", "planned"),
        ("Выручка не превышает 5 млн рублей.", "5 млн", "actual"),
        ("Завод намерен заменить посты, потратив 5 млн рублей.", "5 млн", "planned"),
        ("Завод получил 5 млн рублей и построит цех.", "5 млн", "actual"),
        ("Завод построил цех и получит 5 млн рублей.", "5 млн", "planned"),
        ("Завод вложит 9 млн рублей: 5 млн — из бюджета.", "5 млн", "planned"),
        ("Проект стоимостью 5 млн рублей ведёт завод.", "5 млн", "planned"),
        ("Капитал фонда, по данным завода, составит 5 млн рублей.", "5 млн", "planned"),
        ("Капитал — 5 млн рублей; в мае его увеличат.", "5 млн", "actual"),
        ("Завод не строит цехов: в мае он получил 5 млн рублей.", "5 млн", "actual"),
        ("Цех не построили, а завод получил 5 млн рублей.", "5 млн", "actual"),
        ("Завод обещает открыться, но банк получил 5 млн рублей.", "5 млн", "actual"),
    ],
)
def test_the_clause_tells_how_a_fact_is_put(text, word, expected):
    assert read(text, word) == expected
