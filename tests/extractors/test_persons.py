import json
import os
from pathlib import Path

import pytest

from extractors import analyse, persons
from extractors._persons.name import nominative_name

DATA = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def names(text):
    return [mention.value for mention in persons.extract(analyse(text))]


def test_parts_of_a_name():
    (name,) = names("Приказ вручили Загорскому Петру Ильичу.")
    assert (name.first, name.patronymic, name.last) == ("Петр", "Ильич", "Загорский")


def test_initials_keep_their_dots():
    (name,) = names("Приказ подписал Мельников И.И. в пятницу.")
    assert (name.name, name.first, name.patronymic, name.last) == ("И. И. Мельников", "И.", "И.", "Мельников")


@pytest.mark.parametrize("surname", ["Ким", "Чжан", "Пак"])
def test_eastern_names_keep_their_order(surname):
    (name,) = names(f"Об этом заявил посол {surname} Мэйлинь.")
    assert (name.name, name.last) == (f"{surname} Мэйлинь", surname)


def test_a_lone_surname_follows_the_full_name():
    text = "Олег Быстров руководит цехом с мая. По словам Быстрова, план выполнен."
    assert names(text)[1].name == "Быстров"
    text = "Ольга Быстрова руководит цехом с мая. По словам Быстровой, план выполнен."
    assert names(text)[1].name == "Быстрова"


def test_a_span_never_crosses_a_line():
    text = "Назначен Виктор Загорский\n\nИлья Громов уволен"
    assert all("\n" not in mention.text for mention in persons.extract(analyse(text)))


def test_nominative_of_given_offsets():
    text = "Письмо отправили Марии Весниной."
    assert nominative_name(analyse(text), text.index("Марии"), len(text) - 1) == "Мария Веснина"


def test_persons_of_the_seed():
    path = DATA / "seed" / "record.json"
    if not path.exists():
        pytest.skip(f"no data at {path}; set SVODKA_DATA")
    record = json.loads(path.read_text(encoding="utf-8"))
    found = {name.name for name in names(record["text"])}
    assert {official["person"] for official in record["officials"]} == found


def test_the_mentions_of_a_name_that_no_dictionary_has_are_read_together():
    text = "Суд освободил Лейду Шарик. Приговор Лейды Шарик отменили. Вчера с Лейдой Шарик говорил адвокат."
    assert {value.name for value in names(text)} == {"Лейда Шарик"}
