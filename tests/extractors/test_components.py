"""Each extractor as a component of a pipeline that is not ours."""

import pytest
import spacy
from spacy.tokens import DocBin

from extractors import Kind, extractor_names

TEXT = (
    "Директор фонда «Опора-Приречье» Анна Берёзкина открыла 3 июня 2024 года в Твери форум «Кластеры-2024». Кластер "
    "«Волжские моторы» получит 1,5 млн рублей."
)
FOUND = {
    "clusters": "Кластер «Волжские моторы»",
    "dates": "3 июня 2024 года",
    "events": "форум «Кластеры-2024»",
    "money": "1,5 млн рублей",
    "officials": "Директор фонда «Опора-Приречье» Анна Берёзкина",
    "organizations": "фонда «Опора-Приречье»",
    "persons": "Анна Берёзкина",
    "places": "Твери",
}


@pytest.mark.parametrize("extractor", extractor_names())
def test_a_component(extractor):
    nlp = spacy.blank("ru")
    nlp.add_pipe(f"svodka_{extractor}")
    doc = nlp(TEXT)
    spans = doc.spans[f"svodka_{extractor}"]
    assert FOUND[extractor] in [span.text for span in spans]
    mentions = doc.user_data[f"svodka_{extractor}"]
    assert [span.text for span in spans] == [mention["text"] for mention in mentions]
    kind = extractor if extractor == Kind.MONEY else extractor.removesuffix("s")
    assert {kind} == {span.label_ for span in spans} == {mention["kind"] for mention in mentions}


def test_all_together_leave_the_tokens_alone():
    alone = [token.text for token in spacy.blank("ru")(TEXT)]
    nlp = spacy.blank("ru")
    for extractor in extractor_names():
        nlp.add_pipe(f"svodka_{extractor}")
    doc = nlp(TEXT)
    assert [token.text for token in doc] == alone
    assert {name for name in doc.spans if doc.spans[name]} == {f"svodka_{extractor}" for extractor in extractor_names()}


def test_values_are_plain_and_can_be_stored():
    nlp = spacy.blank("ru")
    nlp.add_pipe("svodka_money")
    doc = nlp.make_doc(TEXT)
    doc.user_data["text"] = "whatever its owner keeps there"
    doc = nlp(doc)
    [stored] = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert list(stored.user_data["svodka_money"]) == doc.user_data["svodka_money"]
    [mention] = doc.user_data["svodka_money"]
    assert mention["value"]["min"] == mention["value"]["max"] == "1500000"
    assert TEXT[mention["start"] : mention["stop"]] == mention["text"]


def test_the_day_of_publication():
    nlp = spacy.blank("ru")
    nlp.add_pipe("svodka_dates")
    doc = nlp.make_doc("Форум открылся вчера.")
    doc.user_data["published"] = "2024-06-03T10:00:00+03:00"
    [mention] = nlp(doc).user_data["svodka_dates"]
    assert mention["value"]["start"] == "2024-06-02"
