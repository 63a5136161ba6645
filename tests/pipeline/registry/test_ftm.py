"""FollowTheMoney: what is exported is read back by the library itself, and nothing changed on the way."""

import io
import json
import sys
from collections import defaultdict
from itertools import pairwise

import pytest

from pipeline.errors import OptionError
from pipeline.registry.database import open_database, write
from pipeline.registry.handout.export import export, formats
from pipeline.registry.handout.stream import Wanted
from pipeline.registry.kinds import EntityKind
from pipeline.registry.loading.contribution import contribution
from pipeline.registry.loading.load import begin_load, load_contribution
from pipeline.registry.resolve import resolve
from tests.pipeline.registry.stories import identify, on, tell
from tests.test_corpus import SLUGS, outcome

followthemoney = pytest.importorskip("followthemoney", reason="needs the extra followthemoney")

NOW = "2025-01-01T00:00:00Z"
BODY, POST = "Минэкономики Ольской области", "министр экономики"


def ftm(database, folder, **wanted):
    """Export and read back: the counts, entities as FollowTheMoney puts them together, what was dropped."""
    counts = export(database, folder, ("ftm",), Wanted(**wanted), now=NOW)["ftm"]
    return counts, read_back(folder), lines(folder / "ftm-dropped.jsonl")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_back(folder):
    """Put the entities together from the statements, and hold them against the other file and against the model."""
    groups = defaultdict(list)
    order = []
    file = io.BytesIO((folder / "ftm-statements.csv").read_bytes())
    for statement in followthemoney.statement.read_statements(file, "csv"):
        groups[statement.canonical_id].append(statement)
        order.append(statement.canonical_id)
    assert sum(a != b for a, b in pairwise(order)) == max(0, len(groups) - 1), "not grouped"
    dataset = followthemoney.Dataset.make({"name": "svodka"})
    made = {id_: followthemoney.StatementEntity.from_statements(dataset, group) for id_, group in groups.items()}
    shown = {line["id"]: line for line in lines(folder / "ftm-entities.json")}
    assert {id_: sets(entity.to_dict()) for id_, entity in made.items()} == {
        id_: sets(line) for id_, line in shown.items()
    }
    for entity in made.values():
        check(entity, made)
    return made


def sets(entity):
    return entity["schema"], {name: set(values) for name, values in entity["properties"].items()}


def check(entity, everything):
    """Clean every value once more, as `ftm validate` does: none may change; every end has to be there."""
    entity.schema.validate(entity.to_dict())
    assert set(entity.schema.required) <= set(entity.properties), entity.to_dict()
    for prop, value in entity.itervalues():
        assert prop.type.clean(value, format=prop.format) == value
        if prop.type.name == "entity":
            assert everything[value].schema.is_a(prop.range), (entity.schema.name, prop.name, value)


def only(made, schema, **properties):
    (found,) = (
        entity
        for entity in made.values()
        if entity.schema.name == schema and all(value in entity.get(name) for name, value in properties.items())
    )
    return found


def test_every_kind_of_entity_has_its_schema(database, tmp_path):
    tell(
        database,
        on("2024-03-01")
        .organization("ООО «Лира»", legal_form="ООО", identifiers={"inn": "7707083893"})
        .organization("АНО «Исток»", kind="other", legal_form="АНО")
        .organization(BODY, kind="government", region="Ольская область")
        .cluster("кластер «Вега»", industry="станки")
        .place("Ольск")
        .place("Казахстан", kind="country")
        .event("форум «Вектор»", start="2024-03-05", stop="2024-03-07", place="Ольск"),
    )
    counts, made, dropped = ftm(database, tmp_path)
    assert only(made, "Company", name="ООО «Лира»").get("innCode") == ["7707083893"]
    assert only(made, "Organization", name="АНО «Исток»")
    assert only(made, "PublicBody", name=BODY).get("address") == ["Ольская область"]
    cluster = only(made, "Organization", name="кластер «Вега»")
    assert (cluster.get("classification"), cluster.get("sector")) == (["industrial-cluster"], ["станки"])
    assert only(made, "Address", full="Ольск")
    assert only(made, "Address", full="Казахстан").get("country") == ["kz"]
    event = only(made, "Event", name="форум «Вектор»")
    assert [event.get(name) for name in ("startDate", "endDate", "location")] == [
        ["2024-03-05"],
        ["2024-03-07"],
        ["Ольск"],
    ]
    article = only(made, "Article")
    assert article.get("publishedAt") == ["2024-03-01T06:00:00"]
    (published,) = article.get_statements("publishedAt")
    assert published.original_value == "2024-03-01T09:00:00+03:00"
    assert only(made, "Documentation", entity=cluster.id).get("document") == [article.id]
    assert (counts["altered"], counts["dropped"], dropped) == (0, 0, [])


def test_public_posts_are_occupied_others_direct_or_work(database, tmp_path):
    tell(
        database,
        on("2024-03-01").holds("Анна Берёзкина", POST, BODY, status="appointed", since="2024-02-29"),
        on("2024-03-02").organization("ООО «Лира»").holds("Олег Седов", "генеральный директор", "ООО «Лира»"),
        on("2024-03-03").organization("ООО «Лира»").holds("Ольга Зимина", "технолог", "ООО «Лира»"),
        on("2024-03-04").place("Казахстан", kind="country").holds("Иван Лен", "президент", "Казахстан"),
    )
    identify(database)
    _, made, _ = ftm(database, tmp_path)
    occupancy = only(made, "Occupancy", holder=only(made, "Person", name="Анна Берёзкина").id)
    assert (occupancy.get("status"), occupancy.get("startDate")) == (["appointed"], ["2024-02-29"])
    position = made[occupancy.get("post")[0]]
    assert made[position.get("organization")[0]].get("name") == [BODY]
    assert only(made, "Position", name="президент").get("country") == ["kz"]
    company = only(made, "Company", name="ООО «Лира»")
    director = only(made, "Directorship", organization=company.id)
    assert (director.get("role"), made[director.get("director")[0]].caption) == (["генеральный директор"], "Олег Седов")
    assert only(made, "Employment", employer=company.id).get("role") == ["технолог"]
    assert {entity.caption for entity in made.values() if entity.schema.name == "Position"} == {POST, "президент"}


def test_a_post_is_told_apart_from_its_body_once_resolved(database, tmp_path):
    tell(
        database,
        on("2024-03-01", "tass.ru").holds("Анна Берёзкина", POST, BODY),
        on("2024-03-02", "ria.ru").holds("Анна Берёзкина", POST, BODY),
        on("2024-03-01", "vestnik.example").organization("ООО «Лира»").holds("Олег Седов", "директор", "ООО «Лира»"),
        on("2024-03-02", "ria.ru", name="b").organization("ООО «Лира»").holds("Олег Седов", "директор", "ООО «Лира»"),
    )
    resolve(database)
    _, made, dropped = ftm(database, tmp_path)
    assert only(made, "Position").get("name") == [POST]
    director = only(made, "Directorship")
    assert (director.get("role"), len(director.get("proof"))) == (["директор"], 2)
    assert dropped == []


def test_statements_keep_words_rule_time_and_both_ids(database, tmp_path):
    tell(database, on("2024-03-01").organization("ООО «Лира»"), on("2024-05-20").organization("ООО «Лира»"))
    identify(database)
    _, made, _ = ftm(database, tmp_path)
    company = only(made, "Company")
    names = sorted(company.get_statements("name"), key=lambda statement: statement.first_seen)
    assert [statement.first_seen for statement in names] == ["2024-03-01T06:00:00", "2024-05-20T06:00:00"]
    assert {statement.origin for statement in names} == {"told"}
    assert {statement.lang for statement in names} == {"rus"}
    assert {statement.dataset for statement in names} == {"svodka"}
    assert len({statement.entity_id for statement in names}) == 2
    assert {statement.canonical_id for statement in names} == {company.id}
    assert len(company.referents) == 1


def test_relations_that_are_so_are_links(database, tmp_path):
    story = (
        on("2024-03-01").organization("ООО «Лира»").cluster("кластер «Вега»").organization("УК «Пик»").place("Ольск")
    )
    story.organization("Фонд «Исток»", kind="fund", parent="УК «Пик»")
    story.says("participates_in", subject="ООО «Лира»", object="кластер «Вега»", since="2024-02-29")
    story.says("manages", subject="УК «Пик»", object="кластер «Вега»")
    story.says("located_in", subject="ООО «Лира»", place="Ольск")
    story.says("agreement_signed", agreement="меморандум", subject="ООО «Лира»", object="УК «Пик»", since="2024")
    tell(database, story)
    _, made, _ = ftm(database, tmp_path)
    assert only(made, "Membership").get("date") == ["2024-02-29"]
    assert made[only(made, "Directorship").get("director")[0]].caption == "УК «Пик»"
    roles = {entity.caption for entity in made.values() if entity.schema.name == "UnknownLink"}
    assert {role for entity in made.values() for role in entity.get("role", quiet=True)} >= {
        "находится", "меморандум", "входит в",
    }, roles  # fmt: skip
    assert only(made, "UnknownLink", role="меморандум").get("date") == ["2024"]
    (article,) = only(made, "Membership").get("proof")
    assert made[article].schema.name == "Article"


@pytest.mark.parametrize("modality", ["planned", "denied", "hypothetical"])
def test_what_is_not_so_is_only_a_note(database, tmp_path, modality):
    story = on("2024-03-01").organization("ООО «Лира»").cluster("кластер «Вега»")
    tell(database, story.says("participates_in", subject="ООО «Лира»", object="кластер «Вега»", modality=modality))
    _, made, _ = ftm(database, tmp_path)
    note = only(made, "Note")
    assert "Membership" not in {entity.schema.name for entity in made.values()}
    assert len(note.get("entity")) == 2
    (text,) = note.get("description")
    words = {"planned": "планируется", "denied": "отрицается", "hypothetical": "предположительно"}
    assert text.startswith(f"участие, {words[modality]}: ")


def test_a_planned_appointment_to_a_company_is_a_note_on_the_company(database, tmp_path):
    story = on("2024-03-01").organization("ООО «Лира»")
    story.holds("Олег Седов", "генеральный директор", "ООО «Лира»", status="appointed", modality="planned")
    story.officials.clear()
    del story.facts[-1].roles["official"]
    tell(database, story)
    _, made, _ = ftm(database, tmp_path)
    ends = {made[end].caption for end in only(made, "Note").get("entity")}
    assert ends == {"Олег Седов", "ООО «Лира»"}


def test_amounts_are_notes_to_the_letter(database, tmp_path):
    tell(database, on("2024-03-01").organization("ООО «Лира»").amount("ООО «Лира»", "1500000000", since="2023"))
    _, made, _ = ftm(database, tmp_path)
    note = only(made, "Note", entity=only(made, "Company").id)
    (text,) = note.get("description")
    assert "не менее: 1500000000; не более: 1500000000; валюта: RUB" in text


def test_dates_that_ftm_cannot_hold_are_kept_as_text(database, tmp_path):
    story = on("2024-03-01").organization("ООО «Лира»").cluster("кластер «Вега»")
    story.says("participates_in", subject="ООО «Лира»", object="кластер «Вега»", since="2024-07")
    story.dates[-1] = type(story.dates[-1])(
        **{name: getattr(story.dates[-1], name) for name in story.dates[-1].__dataclass_fields__}
        | {"start": "2024-07-01", "stop": "2024-09-30"}
    )
    tell(database, story)
    counts, made, dropped = ftm(database, tmp_path)
    membership = only(made, "Membership")
    assert membership.get("date") == []
    assert membership.get("description") == ["дата: 2024-07-01/2024-09-30"]
    assert (counts["kept as text"], dropped) == (1, [])


def test_what_ftm_drops_or_alters_is_counted_and_listed(database, tmp_path):
    huge = "я" * 1_000_000
    story = on("2024-03-01").organization('"Лира"').organization(huge)
    story.organization("ООО «Вектор»", identifiers={"inn": "123"})
    tell(database, story)
    counts, made, dropped = ftm(database, tmp_path)
    assert {(line["property"], line["outcome"]) for line in dropped} >= {("name", "altered"), ("innCode", "dropped")}
    assert counts["altered"] == sum(line["outcome"] == "altered" for line in dropped)
    assert counts["dropped"] == sum(line["outcome"] == "dropped" for line in dropped)
    (name,) = only(made, "Company", name="Лира").get_statements("name")
    assert name.original_value == '"Лира"'
    company = only(made, "Company", name="ООО «Вектор»")
    assert (company.get("innCode"), company.get("notes")) == ([], ["ИНН: 123"])
    cut = next(entity for entity in made.values() if entity.caption.startswith("яя"))
    assert len(cut.caption) <= 384
    assert cut.caption.endswith("…")


def test_ends_that_are_not_exported_are_there_by_name(database, tmp_path):
    tell(database, on("2024-03-01").holds("Анна Берёзкина", POST, BODY))
    _, made, _ = ftm(database, tmp_path, kinds=(EntityKind.OCCUPANCY,))
    occupancy = only(made, "Occupancy")
    assert made[occupancy.get("holder")[0]].get("name") == ["Анна Берёзкина"]
    assert made[occupancy.get("post")[0]].get("name") == [POST]


def test_an_empty_registry_is_empty_files(database, tmp_path):
    counts, made, dropped = ftm(database, tmp_path)
    assert (counts["ftm statements"], made, dropped) == (0, {}, [])
    assert (tmp_path / "ftm-statements.csv").read_text(encoding="utf-8").startswith('"canonical_id"')


def test_without_the_extra_the_command_says_what_to_install(database, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(OptionError, match=r"svodka\[followthemoney\]"):
        ftm(database, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_corpus_loses_nothing(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'corpus.db'}", create=True)

    def work(connection):
        seq = begin_load(connection, "load", NOW)
        for slug in SLUGS:
            load_contribution(connection, contribution(outcome(slug)), load_seq=seq, now=NOW)

    write(database, work)
    counts, made, dropped = ftm(database, tmp_path / "out")
    assert dropped == []
    assert (counts["altered"], counts["dropped"]) == (0, 0)
    assert len(made) > 1000
    database.engine.dispose()


def test_the_files_are_those_named(database, tmp_path):
    ftm(database, tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*formats()["ftm"].files, "export.json"}
