"""The page that started it: a careful clerk's record of the Kuban story, exactly."""

import json
import os
from pathlib import Path

import pytest

from pipeline import process
from pipeline.evaluate import fold, score
from pipeline.read import read
from pipeline.record import Record
from pipeline.settings import Limits

SEED = Path(os.environ.get("SVODKA_DATA", Path(__file__).parents[2] / "shared" / "data")) / "seed"

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"no development data: {SEED} is not there (SVODKA_DATA)")


@pytest.fixture(scope="module")
def gold():
    return json.loads((SEED / "record.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record():
    (page,) = read([str(SEED / "page.txt")], Limits())
    made = process(page)
    assert isinstance(made, Record)
    return made


def test_the_article_is_title_and_six_paragraphs(record, gold):
    assert record.article.title == gold["title"]
    assert record.article.text == gold["text"]
    assert [record.article.text[a:b] for a, b in record.article.paragraphs] == gold["paragraphs"]
    assert record.article.published_at is None


@pytest.mark.parametrize("kind", ["organizations", "clusters", "officials", "dates", "money"])
def test_every_value_is_found_and_nothing_else(record, gold, kind):
    made = score(record, {**gold, "facts": []})[kind]
    assert (made.extra, made.missed) == ([], [])


def test_organizations_stand_where_the_clerk_saw_them(record, gold):
    spans = sorted([m.start, m.stop] for o in record.organizations for m in o.mentions)
    assert spans == gold["organization_spans"]


def test_clusters_have_status_scope_and_region(record, gold):
    wanted = {fold(c["name"]): (c["status"], c.get("scope"), c["region"]) for c in gold["clusters"]}
    assert {fold(c.name): (c.status, c.scope, c.region) for c in record.clusters} == wanted


def test_officials_point_at_persons_and_bodies(record):
    minister, director = record.officials
    assert (minister.territory, minister.organization_id) == ("Краснодарский край", None)
    assert director.organization_id == next(o.id for o in record.organizations if o.name.startswith("Ассоциация"))
    assert {o.person_id for o in record.officials} == {p.id for p in record.persons}


def test_the_year_comes_from_the_event(record):
    assert [date.year_from for date in record.dates] == [None, "event"]


def test_the_event(record, gold):
    (wanted,) = gold["events"]
    (event,) = record.events
    assert (event.name, event.place, event.start, event.stop) == tuple(wanted.values())


def facts(record, kind):
    return [fact for fact in record.facts if fact.kind == kind]


def test_the_facts(record):
    ids = {entity.name: entity.id for entity in (*record.organizations, *record.clusters, *record.events)}
    fund = ids["Фонд развития промышленности Краснодарского края"]
    registered = facts(record, "in_registry")
    assert [fact.roles["subject"] for fact in registered] == ["clu1", "clu2", "clu3", "clu4"]
    assert {fact.roles["registry"] for fact in registered} == {"реестр промышленных кластеров Минпромторга России"}
    (founded,) = facts(record, "created_on_base_of")
    assert (founded.roles["base"], founded.status) == (fund, "planned")
    assert fold(founded.roles["subject"]) == fold("специализированная организация")
    (signed,) = facts(record, "agreement_signed")
    assert (signed.roles["event"], signed.roles["source"]) == ("eve1", ids["администрация Краснодарского края"])
    assert len(facts(record, "holds_position")) == 2
    held, added = facts(record, "amount_of")
    assert (held.roles["subject"], held.roles["money"], held.status) == (fund, "mon1", "actual")
    assert (added.roles["subject"], added.roles["money"], added.status) == (fund, "mon2", "planned")
    (event,) = facts(record, "event_held")
    assert (event.roles["event"], event.date) == ("eve1", "dat2")


def test_nothing_of_the_furniture(record, gold):
    assert [words for words in gold["not_to_appear"] if words in record.article.text] == []


def test_no_generic_cluster(record, gold):
    printed = {mention.text for cluster in record.clusters for mention in cluster.mentions}
    assert printed.isdisjoint(gold["cluster_negatives"])
