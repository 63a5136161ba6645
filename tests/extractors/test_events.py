import pytest

from extractors import analyse
from extractors.events import extract


def found(text):
    return sorted(extract(analyse(text)), key=lambda mention: mention.start)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Гости приехали на выставку «Дом-2024».", "выставка"),
        ("Гости приехали на ПМЭФ-2024.", "форум"),
        ("Гости ждут Олимпийских игр.", "игры"),
    ],
)
def test_the_kind_is_the_generic_word_in_its_dictionary_form(text, kind):
    (mention,) = found(text)
    assert mention.value.kind == kind


def test_a_name_said_again_keeps_its_year():
    values = {mention.value for mention in found("Выставка «Дом-2024» открылась. «Дом» ждёт гостей.")}
    assert [(value.name, value.year) for value in values] == [("Дом-2024", 2024)]


def test_another_year_is_another_event():
    years = [mention.value.year for mention in found("Форум «Дом-2024» прошёл, «Дом-2025» готовят.")]
    assert years == [2024, 2025]


def test_mentions_cut_the_text_and_do_not_overlap():
    text = "На форуме «Дом-2024» и на чемпионате мира по шахматам 2023 года был МАКС-2021."
    mentions = found(text)
    assert [mention.text for mention in mentions] == ["форуме «Дом-2024»", "чемпионате мира по шахматам", "МАКС-2021"]
    assert all(text[m.start : m.stop] == m.text for m in mentions)


@pytest.mark.parametrize("text", ["", "Форум.", "выставка «", "Саммит", "чемпионат мира по", "конкурс «"])
def test_scraps_break_nothing(text):
    assert all(text[m.start : m.stop] == m.text for m in found(text))
