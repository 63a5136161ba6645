import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import analyse
from extractors._analysis import _LONGEST_SENTENCE


@pytest.mark.parametrize("text", ["", " ", "\n", "  а \n\n б", "Мир.\u00a0Труд.", "«Исток»\t—  фонд"])
def test_the_text_is_kept_to_the_letter(text):
    assert analyse(text).text == text


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="аБё .,\n\u00a0«»-12", max_size=60))
def test_any_text_is_kept_to_the_letter(text):
    assert analyse(text).text == text


def test_a_sentence_ends_with_its_line():
    assert [sent.text.strip() for sent in analyse("Заголовок без точки\n\nПервое. Второе.").sents] == [
        "Заголовок без точки",
        "Первое.",
        "Второе.",
    ]


def test_what_no_writer_meant_for_one_sentence_is_cut():
    doc = analyse("слово " * (3 * _LONGEST_SENTENCE))
    assert max(len(sent) for sent in doc.sents) == _LONGEST_SENTENCE
