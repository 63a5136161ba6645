import gzip
import json
import os
from itertools import combinations, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import analyse, extract
from pipeline.link import link
from pipeline.model import Article, Source
from pipeline.record import from_json
from pipeline.registry import identity
from pipeline.registry.identity import Body, Outcome, Profile, block_keys, compare, profile_id, profiles_of
from pipeline.registry.kinds import NAMED, EntityKind
from tests.pipeline.records import a_record

ROOT = Path(__file__).parents[4]
DATA = Path(os.environ.get("SVODKA_DATA", ROOT.parent / "shared" / "data"))
FULL = Profile(
    EntityKind.PERSON,
    ("Захар Лопатин", "З. Лопатин"),
    first="Захар",
    last="Лопатин",
    bodies=(Body("Атомвест", "Тульская область", ("директор",)),),
    companions=("исток",),
    setting="Россия",
)


def test_profiles_survive_json():
    assert identity.from_json(identity.to_json(FULL)) == FULL
    assert profile_id(identity.from_json(identity.to_json(FULL))) == profile_id(FULL)


def test_ids_are_stable():
    assert profile_id(Profile(EntityKind.PLACE, ("Химки",), region="Московская область")) == "b1414c9d691280f299af"


def test_a_record_gives_a_profile_for_each_entity():
    record = a_record()
    profiles = profiles_of(record)
    kinds = (record.organizations, record.clusters, record.persons, record.places, record.events)
    assert set(profiles) == {entity.id for entities in kinds for entity in entities}
    holder = next(p for p in profiles.values() if p.kind is EntityKind.PERSON)
    assert [body.name for body in holder.bodies] == ["фонд «Исток»"]
    assert holder.companions == ()


def _profiles():
    lines = (ROOT / "output" / "example.jsonl").read_text("utf-8").splitlines()
    records = [from_json(line) for line in lines]
    return {profile_id(p): p for record in records for p in profiles_of(record).values()}


def test_pairs_that_are_not_different_share_a_block():
    _assert_blocked(list(_profiles().values()))


def _assert_blocked(profiles):
    keys = [block_keys(profile) for profile in profiles]
    for (one, mine), (two, others) in combinations(zip(profiles, keys, strict=True), 2):
        if one.kind is two.kind and compare(one, two).outcome is not Outcome.DIFFERENT:
            assert mine & others, (one, two)


@pytest.mark.skipif(not (DATA / "rbc").exists(), reason="no ../shared/data (SVODKA_DATA)")
def test_pairs_of_real_articles_that_are_not_different_share_a_block():
    with gzip.open(DATA / "rbc" / "silver.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, 60)]
    records = []
    for number, text in enumerate(texts):
        doc = analyse(text)
        records.append(link(Article(str(number), text, Source("x")), doc, extract(doc)))
    _assert_blocked([p for record in records for p in profiles_of(record).values()])


KINDS = [kind for kind in NAMED if kind is not EntityKind.POST]
NAMES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet='аеоклмнрсту «»"-.АКМ№12abБ\ud800\x00', max_size=30),
    st.sampled_from(["", " ", "«»", "ООО", "«", "АО «АО»", "край"]),
)


@settings(deadline=None)
@given(st.sampled_from(KINDS), NAMES, NAMES)
def test_any_name_is_taken(kind, name, other):
    _assert_taken(kind, name, other)


@pytest.mark.parametrize("name", ["а" * 100_000, "слово " * 20_000], ids=["word", "words"])
@pytest.mark.parametrize("kind", KINDS)
def test_long_names_are_taken(kind, name):
    _assert_taken(kind, name, "Бериллон")
    _assert_taken(kind, name, f"{name}б")


def _assert_taken(kind, name, other):
    one = Profile(kind, (name, other), first=name, last=other, bodies=(Body(other, None, ("x",)),))
    two = Profile(kind, (other,), first=other or None, last=name or None)
    told, reverse = compare(one, two), compare(two, one)
    assert (told.outcome, told.score, told.reasons) == (reverse.outcome, reverse.score, reverse.reasons)
    if told.outcome is not Outcome.DIFFERENT:
        assert block_keys(one) & block_keys(two)
    assert identity.from_json(identity.to_json(one)) == one
    assert identity.profile_id(one) == identity.profile_id(one)
    identity.facets(one)
    identity.position_key(name)
