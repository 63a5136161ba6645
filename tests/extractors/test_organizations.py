"""Organizations: what the gold table cannot say: nested mentions, legal forms, aliases, territories, numbers."""

import gzip
import json
import os
from pathlib import Path

import pytest

from extractors import Identifiers, OrganizationKind, analyse, organizations

DATA = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def found(text):
    return sorted(organizations.extract(analyse(text)), key=lambda m: (m.start, -m.stop))


def only(text):
    (mention,) = found(text)
    return mention.value


def texts(text):
    return [mention.text for mention in found(text)]


def test_legal_form_is_told():
    assert only("Иск подало ООО «Ясный берег».").legal_form == "ООО"


def test_legal_form_in_full_is_told_by_its_abbreviation():
    text = "Подрядчик — общество с ограниченной ответственностью «Ясный берег»."
    assert only(text).legal_form == "ООО"
    assert texts(text) == ["общество с ограниченной ответственностью «Ясный берег»"]


def test_no_legal_form_where_none_is_printed():
    assert only("Об этом сообщил Росстат.").legal_form is None


def test_bracketed_abbreviation_is_an_alias_and_a_mention():
    text = "Союз пекарей России (СПР) ждёт роста цен. В СПР напомнили о засухе."
    first, *others = found(text)
    assert first.value.aliases == ("СПР",)
    assert [m.text for m in others] == ["СПР", "СПР"]


def test_abbreviation_inside_a_name_is_left_out_of_the_nominative():
    text = "Деньги выделил Фонд развития ремёсел (ФРР) Пермского края."
    mention = found(text)[0]
    assert mention.text == "Фонд развития ремёсел (ФРР) Пермского края"
    assert mention.value.name == "Фонд развития ремёсел Пермского края"
    assert mention.value.aliases == ("ФРР",)


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Деньги выделил Фонд развития промышленности региона.", "региона"),
        ("Об этом сообщила администрация Краснодарского края.", "Краснодарского края"),
        ("Об этом сообщило министерство транспорта.", None),
    ],
)
def test_territory(text, territory):
    span = only(text).territory
    assert (text[span.start : span.stop] if span else None) == territory


def test_registry_numbers_with_right_check_digits_are_kept():
    value = only("Заказчик — ООО «Заря» (ИНН 7707083893, ОГРН 1027700132195).")
    assert value.identifiers == Identifiers(inn="7707083893", ogrn="1027700132195")


def test_registry_number_with_a_wrong_check_digit_is_dropped():
    assert only("Заказчик — ООО «Заря» (ИНН 7707083894).").identifiers == Identifiers()


def test_registry_number_of_another_line_is_not_taken():
    assert found("Заказчик — ООО «Заря».\nИНН 7707083893")[0].value.identifiers == Identifiers()


def test_organization_within_another_is_a_mention_too():
    text = "Об этом сообщил комитет по управлению имуществом администрации Заречного района."
    assert texts(text) == [
        "комитет по управлению имуществом администрации Заречного района",
        "администрации Заречного района",
    ]


def test_press_service_counts_as_its_body():
    assert texts("Об этом сообщает пресс-служба администрации края.") == ["администрации края"]


def test_quoted_name_is_known_again_without_its_legal_form():
    text = "Завод купило ООО «Белый мыс». Позже «Белый мыс» сменил директора."
    assert texts(text) == ["ООО «Белый мыс»", "Белый мыс"]


def test_name_of_a_cluster_is_no_organization_anywhere_in_the_text():
    text = "Кластер «Фотон» вошёл в реестр. Участники «Фотона» получат льготы."
    assert texts(text) == []


def test_kind_of_each_name_in_a_list_comes_from_the_word_before_it():
    kinds = {m.value.kind for m in found("Газеты «Утро», «Полдень» и «Вечер» закрылись.")}
    assert kinds == {OrganizationKind.MEDIA}


def test_text_and_offsets_agree():
    text = "«Белый мыс», ООО «Заря» и Минфин РФ спорят.\nСуд — нет."
    assert all(text[m.start : m.stop] == m.text for m in found(text))


def test_mentions_stand_in_no_empty_text():
    assert found("") == []
    assert found(" \n ") == []


def test_every_organization_of_the_seed_page_is_found():
    path = DATA / "seed" / "record.json"
    if not path.exists():
        pytest.skip(f"no data at {path}")
    record = json.loads(path.read_text(encoding="utf-8"))
    expected = {text for organization in record["organizations"] for text in organization["mentions"]}
    assert set(texts(record["text"])) == expected


def test_many_articles_pass():
    path = next(iter(sorted((DATA / "rbc").glob("*.jsonl.gz"))), None)
    if path is None:
        pytest.skip(f"no data in {DATA / 'rbc'}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line, _ in zip(lines, range(30), strict=False)]
    for text in articles:
        assert all(m.text and text[m.start : m.stop] == m.text and m.value.name for m in found(text))


def test_branch_takes_its_remit_and_the_federal_body_does_not():
    text = "Дело возбудило Следственное управление СК РФ по Рязанской области."
    assert texts(text) == ["Следственное управление СК РФ по Рязанской области", "СК РФ"]


def test_body_above_a_branch_belongs_to_its_name():
    text = "Начальник УВД по Южному округу ГУ МВД России по Москве подал в отставку."
    assert texts(text) == ["УВД по Южному округу ГУ МВД России по Москве", "МВД России"]


def test_territory_behind_the_second_body_is_the_first_ones_too():
    first, second = found("Помогут министерство промышленной политики и Фонд развития промышленности края.")
    assert first.value.territory == second.value.territory
    assert first.text == "министерство промышленной политики"


def test_body_with_its_own_territory_borrows_none():
    first, _ = found("Помогут областное министерство культуры и фонд развития Сибири.")
    assert first.value.territory is None


def test_long_names_alias_may_be_two_abbreviations():
    value = found("Деньги даст Фонд развития промышленности Рязанской области (ФРП РО).")[0].value
    assert value.aliases == ("ФРП РО",)
