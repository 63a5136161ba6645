"""Spans of names looked up by where they begin."""

from spacy.tokens import Span

from extractors import analyse
from extractors._names_at import name_over, names_from

TEXT = "Анна Быстрова и Олег Речной открыли завод в Туле. Пётр Озёров уехал."


def test_finds_the_names_that_begin_in_a_stretch_of_tokens() -> None:
    doc = analyse(TEXT)
    sentence = next(iter(doc.sents))
    found = [span.text for span in names_from(doc, "persons", sentence.start, sentence.end)]
    assert found == ["Анна Быстрова", "Олег Речной"]
    assert names_from(doc, "persons", 1, 3) == []


def test_finds_the_name_around_offsets() -> None:
    doc = analyse(TEXT)
    start = TEXT.index("Речной")
    found = name_over(doc, "persons", start, start + len("Речной"))
    assert found is not None
    assert found.text == "Олег Речной"
    assert name_over(doc, "persons", 0, len(TEXT)) is None
    assert name_over(doc, "unknown", 0, 1) is None


def test_sees_a_group_that_was_replaced() -> None:
    doc = analyse(TEXT)
    assert names_from(doc, "places", 0, len(doc))
    doc.spans["places"] = [Span(doc, 0, 1)]
    assert [span.text for span in names_from(doc, "places", 0, len(doc))] == ["Анна"]
