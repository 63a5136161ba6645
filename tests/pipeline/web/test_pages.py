"""Pages rendered from values."""

import re

import pytest

from extractors import ClusterKind, ClusterStatus, OrganizationKind, PlaceKind, TenureStatus
from pipeline.fact import FactStatus
from pipeline.registry.belief.view import Certainty
from pipeline.registry.kinds import NAMED, PROPERTIES, EntityKind, Origin, Status
from pipeline.russian import labels
from pipeline.web import _marks
from pipeline.web._card import card
from pipeline.web._entity import card_values
from pipeline.web._marks import Mark, paragraphs
from pipeline.web._render import render
from tests.pipeline.web.values import (
    CLUSTER,
    PERSON,
    POST,
    a_relation,
    a_term,
    a_testimony,
    a_value,
    an_entity,
    an_occupancy,
)

ABOUT = {"form_key": "k", "entered": True, "locked": False, "path": "/", "who": "ольга", "here": "/", "done": None}
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def shown(name, **values):
    text = render(name, **ABOUT, **values)
    return re.sub(r"[ \n]+", " ", text)


def test_every_word_of_the_code_has_a_russian_name():
    assert set(labels.KINDS) == set(EntityKind)
    assert set(labels.GROUPS) == set(EntityKind)
    assert set(labels.STATUSES) == set(Status)
    assert set(labels.MODALITIES) == set(FactStatus)
    assert set(labels.ORIGINS) == set(Origin)


def test_every_closed_list_has_russian_values():
    assert set(labels.VALUES["kind"]) >= {*OrganizationKind, *ClusterKind, *PlaceKind}
    assert set(labels.VALUES["status"]) >= {*ClusterStatus, *TenureStatus}


def test_a_card_shows_what_is_known_and_where_from():
    text = shown("entity.html", **card_values(an_entity(), [], None))
    for words in ("фонд «Исток»", "Тверская область", "7707083893", "ИНН", "организация", "94\u202f%", "2\xa0статьи"):
        assert words in text
    assert f'<a href="/entity/{PERSON}">Анна Берёзкина</a>' in text
    assert f'<a href="/entity/{POST}">директор</a>' in text
    assert f'<a href="/entity/{CLUSTER}">кластер «Вега»</a>' in text
    assert "<b>2\xa0млн\xa0₽</b>" in text
    assert "с\xa02021\xa0года" in text
    assert "Директор <mark>фонда «Исток»</mark> Анна Берёзкина" in text
    assert 'href="/article/a1?revision=r1&amp;statement=1#said"' in text
    assert 'href="https://vestnik.example/1" rel="noopener noreferrer"' in text


def test_a_card_does_not_lead_to_itself():
    own = an_entity()
    assert all(end.id != own.id for _, rows in card(own).groups for row in rows for end in row.ends)


def test_time_runs_forward_and_tells_what_is_sure():
    held = an_occupancy(
        terms=(a_term("2024-03-01", "2024-03-09", start_by=Certainty.SEEN, end_by=Certainty.AT_LATEST),)
    )
    entity = an_entity(relations=(*an_entity().relations, held))
    dated = card(entity).dated
    assert [(one.when, one.what, one.sure) for one in dated] == [
        ("2021\xa0год", "начало", True),
        ("1\xa0марта\xa02024", "упоминается", False),
        ("9\xa0марта\xa02024", "конец не позднее", False),
        ("III\xa0квартал\xa02024", "", True),
    ]


def test_a_rejected_value_is_struck_out_not_hidden():
    text = shown("entity.html", **card_values(an_entity(), [], None))
    assert re.search(r'<div class="row rejected">.*?Московская область', text)
    assert "отвергнуто" in text


def test_names_are_text_whatever_they_hold():
    told = a_testimony(quote=EVIL + "фонда", original="фонда", start=100 + len(EVIL), stop=105 + len(EVIL), title=EVIL,
                       quote_stop=105 + len(EVIL), site=EVIL, rule=EVIL)  # fmt: skip
    entity = an_entity(
        name=EVIL,
        values=(a_value("name", EVIL, told=(told,)), a_value("alias", EVIL + "2"), a_value("region", EVIL),
                a_value(EVIL, EVIL)),
        relations=(a_relation("membership", (a_value("object", EVIL, CLUSTER), a_value("date", EVIL))),),
    )  # fmt: skip
    text = shown("entity.html", **card_values(entity, [], None))
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "</mark>" in text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example",
            "vbscript:x", "file:///etc/passwd", "https:", "http://[bad", "java\nscript:alert(1)"]
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url):
    entity = an_entity(values=(a_value("name", "фонд", told=(a_testimony(url=url),)),), relations=())
    text = shown("entity.html", **card_values(entity, [], None))
    assert "noopener" not in text
    assert "источник" not in text


def test_members_can_be_split_off_by_a_form():
    member = {"id": "org-b", "name": EVIL, "article_id": "a2", "title": None, "published_at": None}
    text = shown("entity.html", **card_values(an_entity(), [member, member], None))
    assert (
        f'<form method="post" action="/entity/{an_entity().id}/split"><input type="hidden" name="key" value="k">'
        in text
    )
    assert "<img" not in text


def test_an_empty_entity_is_a_page_too():
    text = shown("entity.html", **card_values(an_entity(values=(), relations=()), [], "2020-01-01"))
    assert "На эту дату ничего не известно" in text


def test_every_relation_has_a_heading():
    for kind in set(EntityKind) - set(NAMED):
        relation = a_relation(kind, tuple(a_value(name, "x") for name in PROPERTIES))
        text = shown("entity.html", **card_values(an_entity(relations=(relation,)), [], None))
        assert labels.GROUPS[kind] in text


# Marks.


@pytest.mark.parametrize(
    "spoilt", [{"start": None}, {"start": 5}, {"stop": 99_999}, {"quote": None}, {"quote_start": None}, {"stop": 1}]
)
def test_a_quote_is_shown_even_if_its_words_are_lost(spoilt):
    told = a_testimony(**spoilt)
    assert "".join(piece.text for piece in _marks.marked(told)) in {told.quote, ""}


TEXT = "Заголовок\n\nФонд «Исток» выдаст заём.\nКластер «Вега» растёт."


def test_all_of_the_text_is_shown_once():
    marks = [
        Mark(11, 23, 1, "organization"),
        Mark(11, 36, 2, "amount"),
        Mark(16, 21, 3, "place"),
        Mark(37, 51, 4, "cluster"),
    ]
    cut = paragraphs(TEXT, [(11, 37), (37, len(TEXT))], marks)
    assert "".join(piece.text for pieces in cut for piece in pieces) == TEXT.replace("\n\n", "\n", 1)
    assert [[(p.text, p.seq) for p in pieces if p.seq] for pieces in cut] == [
        [],
        [("Фонд ", 1), ("«Исто", 3), ("к»", 1), (" выдаст заём.", 2)],
        [("Кластер «Вега»", 4)],
    ]


def test_the_chosen_mark_wins_over_shorter_ones():
    marks = [Mark(11, 23, 1, "organization"), Mark(11, 36, 2, "amount", chosen=True), Mark(11, 36, 5, "event")]
    pieces = paragraphs(TEXT, [(11, 37)], marks)[1]
    assert {piece.seq for piece in pieces if piece.chosen} == {2}
    assert [piece.first for piece in pieces if piece.chosen] == [True, False]
