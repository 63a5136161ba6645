import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from extractors import ClusterKind, ClusterStatus, analyse
from extractors._clusters.status import status_of
from extractors._quotes import quotes
from extractors.clusters import extract

DATA = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def found(text):
    return sorted(extract(analyse(text)), key=lambda mention: mention.start)


@pytest.fixture(scope="module")
def seed():
    path = DATA / "seed" / "record.json"
    if not path.exists():
        pytest.skip("the seed page lies outside the repository (SVODKA_DATA)")
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_seed_page_has_exactly_its_clusters(seed):
    expected = {(cluster["name"], cluster["status"], cluster["cluster_kind"]) for cluster in seed["clusters"]}
    values = [mention.value for mention in found(seed["text"])]
    assert {(value.name, value.status, value.kind) for value in values} == expected


def test_the_seed_page_has_none_of_its_negatives(seed):
    printed = [mention.text for mention in found(seed["text"])]
    assert not [negative for negative in seed["cluster_negatives"] if any(negative in text for text in printed)]


def test_scope_industry_region_and_aliases():
    (mention,) = found("Вырос межрегиональный кластер лёгкой промышленности «Дуб» (Вологодская область).")
    value = mention.value
    assert (value.scope, value.industry, value.region) == (
        "межрегиональный",
        "лёгкая промышленность",
        "Вологодская область",
    )
    assert value.aliases == ("Дуб", "кластер «Дуб»")


def test_the_region_comes_from_an_adjective_or_a_town():
    regions = [mention.value.region for mention in found("Сравним пермский кластер «Дуб» и кластер химии в Дубне.")]
    assert regions == ["Пермский край", "Московская область"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Кластер «Дуб» внесён в реестр.", ClusterStatus.IN_REGISTRY),
        ("Кластер «Дуб» исключили из реестра.", ClusterStatus.EXISTING),
        ("Кластер «Дуб» сможет войти в реестр.", ClusterStatus.PLANNED),
        ("Сейчас формируется кластер «Дуб».", ClusterStatus.BEING_CREATED),
        ("Появится кластер «Дуб».", ClusterStatus.PLANNED),
        ("Кластер «Дуб» наградили.", ClusterStatus.EXISTING),
    ],
)
def test_status(text, status):
    doc = analyse(text)
    (mention,) = extract(doc)
    assert mention.value.status is status
    span = doc.char_span(mention.start, mention.stop)
    assert status_of(doc, span.start, span.end) is status


def test_an_unknown_field_leaves_the_kind_open():
    (mention,) = found("Открыт кластер «Дуб».")
    assert mention.value.kind is ClusterKind.OTHER


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Это «Парк «Заря».", ["Парк «Заря", "Заря"]),
        ("Это «Парк «Заря»» и «Мир».", ["Парк «Заря»", "Заря", "Мир"]),
        ('Это "Заря" и "Мир"', ["Заря", "Мир"]),
        ("Незакрытая «Заря\nи дальше»", []),
    ],
)
def test_quotes(text, inside):
    doc = analyse(text)
    assert [quote.inside(doc) for quote in quotes(doc)] == inside


def test_mentions_never_overlap_and_cut_the_text():
    text = "Кластер «Дуб» рад. «Дуб» растёт. Кластеры «Дуб», «Ель» и кластер ткани «Лён» ждут."
    mentions = found(text)
    assert all(text[m.start : m.stop] == m.text for m in mentions)
    assert all(a.stop <= b.start for a, b in pairwise(mentions))
    assert len(mentions) == 5
