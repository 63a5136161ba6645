"""The registry as tables, and as the files that spreadsheets and programs read."""

import csv
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import OutputError, RegistryError
from pipeline.registry import registry_tables
from pipeline.registry.database import reading, write
from pipeline.registry.handout._columns import COLUMNS, TABLE_OF
from pipeline.registry.handout.export import MANIFEST, export, formats
from pipeline.registry.handout.stream import Entry, Wanted, stream
from pipeline.registry.kinds import EntityKind, Status
from pipeline.registry.resolve import resolve
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.records import a_record
from tests.pipeline.registry.stories import identify, on, tell
from tests.pipeline.registry.test_load import load

NOW = "2025-01-01T00:00:00Z"
POST = "министр экономики"
BODY = "Минэкономики Ольской области"
HOSTILE = ('=HYPERLINK("http://x","y")', "+7 921", "-1+2", "@SUM(A1)", "<b>«Вега»</b>", "Исток;=1+1")


def a_story(database):
    tell(
        database,
        on("2024-03-01", "tass.ru")
        .holds("Анна Берёзкина", POST, BODY, since="2024-04")
        .cluster("кластер «Вега»", region="Ольская область")
        .organization("ООО «Лира»", legal_form="ООО", identifiers={"inn": "7707083893"})
        .says("participates_in", subject="ООО «Лира»", object="кластер «Вега»", since="2023")
        .amount("ООО «Лира»", "2000000"),
        on("2024-05-20", "ria.ru").holds("Олег Седов", POST, BODY, status="appointed", since="2024-05-20"),
        on("2024-05-21", "ria.ru").holds("Анна Берёзкина", POST, BODY, status="dismissed"),
    )
    identify(database)


def only(table, **wanted):
    found = table
    for column, value in wanted.items():
        found = found[found[column] == value]
    (row,) = found.to_dict("records")
    return row


def test_every_kind_has_a_table():
    assert set(TABLE_OF) == set(EntityKind)
    assert set(TABLE_OF.values()) <= set(COLUMNS)


def test_tables_tell_what_is_believed(database, registry_url):
    a_story(database)
    tables = registry_tables(registry_url)
    assert {name: tuple(table.columns) for name, table in tables.items()} == COLUMNS
    company = only(tables["organizations"], name="ООО «Лира»")
    assert (company["inn"], company["legal_form"], company["review"]) == ("7707083893", "ООО", "proposed")
    assert 0 < company["standing"] <= 1
    ministry = only(tables["organizations"], name=BODY)
    assert (ministry["articles"], ministry["first_seen"]) == (3, "2024-03-01T06:00:00Z")
    member = only(tables["memberships"])
    assert (member["subject_id"], member["object"], member["date"]) == (
        company["id"], "кластер «Вега»", "2023",
    )  # fmt: skip
    assert only(tables["amounts"])["min"] == "2000000"


def test_the_resolver_itself_joins_what_is_exported(database, registry_url):
    tell(
        database,
        on("2024-03-01", "tass.ru").holds("Анна Берёзкина", "генеральный директор", "ООО «Лира»"),
        on("2024-03-02", "ria.ru").holds("Анна Берёзкина", "генеральный директор", "ООО «Лира»"),
    )
    resolve(database)
    tables = registry_tables(registry_url)
    occupancy = only(tables["occupancies"])
    assert (occupancy["post"], occupancy["body"]) == ("генеральный директор", "ООО «Лира»")
    assert (only(tables["posts"])["name"], only(tables["posts"])["articles"]) == ("генеральный директор", 2)


def test_what_it_is_called_besides(database, registry_url):
    story = on("2024-03-01").organization("Фонд «Исток»", kind="fund", aliases=("Исток", "Фонд «Исток»"))
    tell(database, story.amount("Фонд «Исток»", "2000000"))
    tables = registry_tables(registry_url)
    assert only(tables["organizations"])["aliases"] == "Исток"
    assert only(tables["values"], property="alias", value="Исток")["rank"] == 1


def test_conflicts_are_listed_side_by_side(database, registry_url, tmp_path):
    tell(
        database,
        on("2024-03-01", "tass.ru").organization("ООО «Лира»", region="Ольская область"),
        on("2024-03-02", "ria.ru").organization("ООО «Лира»", region="Верхняя область"),
    )
    identify(database)
    table = registry_tables(registry_url)["conflicts"]
    assert sorted(table["value"]) == ["Верхняя область", "Ольская область"]
    assert (set(table["number"]), set(table["property"]), set(table["kind"])) == ({1}, {"region"}, {"values"})
    exported(database, tmp_path / "out", "csv", as_of="2024-03-02")
    assert csv_rows(tmp_path / "out/conflicts.csv") == []


def test_an_occupancy_knows_its_person_post_and_body(database, registry_url):
    a_story(database)
    tables = registry_tables(registry_url)
    first = only(tables["occupancies"], person="Анна Берёзкина")
    second = only(tables["occupancies"], person="Олег Седов")
    assert first["post_id"] == second["post_id"]
    assert first["body_id"] == only(tables["organizations"], name=BODY)["id"]
    assert (first["date"], second["from"], second["status"]) == ("2024-04", "2024-05-20", "appointed")
    assert first["status"] == "dismissed"
    assert (first["terms"], first["to"]) == (1, "../2024-05-21")
    term = only(tables["terms"], person="Анна Берёзкина")
    assert (term["occupancy_id"], term["to_known"]) == (first["id"], "at the latest")
    assert (term["from"], term["from_known"], term["body"]) == ("../2024-03-01", "seen", BODY)


def test_statements_have_their_words(database, registry_url):
    a_story(database)
    tables = registry_tables(registry_url)
    texts = dict(zip(tables["articles"]["article"], tables["articles"]["text"], strict=True))
    assert len(texts) == 3
    for row in tables["statements"].itertuples():
        assert texts[row.article][int(row.start) : int(row.stop)] == row.original
        assert row.original in row.quote


def test_what_is_only_planned_or_denied_is_not_told_as_fact(database, registry_url):
    tell(
        database,
        on("2024-03-01").holds("Анна Берёзкина", POST, BODY),
        on("2024-03-02").holds("Анна Берёзкина", POST, BODY, status="dismissed", modality="denied"),
        on("2024-03-03").holds("Олег Седов", POST, BODY, status="appointed", modality="planned"),
    )
    identify(database)
    table = registry_tables(registry_url)["occupancies"]
    assert only(table, person="Анна Берёзкина")["modality"] == "actual"


def test_a_newer_content_leaves_the_older_only_in_the_statements(database, registry_url):
    load(database, a_record())
    load(database, replace(a_record(), article=replace(a_record().article, modified_at="2024-03-08"), money=()))
    tables = registry_tables(registry_url)
    assert set(tables["statements"]["status"]) == {"proposed", "superseded"}
    assert only(tables["articles"])["revisions"] == 2
    assert set(tables["values"]["statements"]) == {1}


def test_what_is_told_most_comes_first(database, registry_url):
    a_story(database)
    tables = registry_tables(registry_url)
    assert tables["organizations"]["name"].iloc[0] == BODY
    assert tables["persons"]["name"].iloc[0] == "Анна Берёзкина"


def test_an_empty_registry_has_all_tables(database, registry_url):  # noqa: ARG001 - it is made by the fixture
    tables = registry_tables(registry_url)
    assert {name: (tuple(table.columns), len(table)) for name, table in tables.items()} == {
        name: (columns, 0) for name, columns in COLUMNS.items()
    }


def test_no_registry_is_told(tmp_path):
    with pytest.raises(RegistryError, match="no registry there"):
        registry_tables(f"sqlite:///{tmp_path / 'none.db'}")


def exported(database, folder, name, **wanted):
    return export(database, folder, (name,), Wanted(**wanted), now=NOW)[name]


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet", "jsonl"])
def test_a_format_writes_exactly_its_files_even_of_nothing(database, tmp_path, name):
    exported(database, tmp_path, name)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} - {"registry.db"} >= {*formats()[name].files}
    exported(database, tmp_path / "full", name)
    assert {path.name for path in (tmp_path / "full").iterdir()} == {*formats()[name].files, MANIFEST}


def test_csv_opens_in_excel_and_holds_no_formula(database, tmp_path):
    story = on("2024-03-01")
    for hostile in HOSTILE:
        story.organization(hostile)
    tell(database, story.amount(HOSTILE[0], "2000000"))
    exported(database, tmp_path / "out", "csv")
    assert (tmp_path / "out/organizations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    found = {row["name"] for row in csv_rows(tmp_path / "out/organizations.csv")}
    assert found == {
        "'=HYPERLINK(\"http://x\",\"y\")", "'+7 921", "'-1+2", "'@SUM(A1)", "<b>«Вега»</b>", "Исток;'=1+1",
    }  # fmt: skip
    (amount,) = csv_rows(tmp_path / "out/amounts.csv")
    assert (amount["min"], amount["standing"][:2]) == ("2000000", "0.")


def sheet(path, name):
    header, *found = openpyxl.load_workbook(path)[name].iter_rows()
    return [dict(zip((cell.value for cell in header), row, strict=True)) for row in found]


def test_excel_has_text_as_text_and_numbers_and_days_as_such(database, tmp_path):
    story = on("2024-03-01").holds("Анна Берёзкина", POST, BODY, status="appointed", since="2024-05-20")
    for hostile in HOSTILE:
        story.organization(hostile)
    tell(database, story.amount(HOSTILE[0], "2000000"))
    exported(database, tmp_path / "out", "xlsx")
    path = tmp_path / "out/registry.xlsx"
    names = [row["name"] for row in sheet(path, "organizations")]
    assert {cell.value for cell in names} == {*HOSTILE, BODY}
    assert {cell.data_type for cell in names} == {"s"}
    (amount,) = sheet(path, "amounts")
    assert (amount["min"].value, amount["min"].number_format) == (2_000_000, "#,##0")
    (occupancy,) = sheet(path, "occupancies")
    assert occupancy["from"].is_date
    assert str(occupancy["from"].value) == "2024-05-20 00:00:00"
    assert occupancy["first_seen"].number_format == 'yyyy-mm-dd hh:mm:ss "Z"'
    book = openpyxl.load_workbook(path)
    assert (book["organizations"].freeze_panes, book["statements"].freeze_panes) == ("C2", "A2")
    assert book["organizations"].auto_filter.ref
    summary = {row[0].value: row[1:] for row in book["summary"].iter_rows()}
    assert [cell.value for cell in summary["organizations"]][:2] == [len(names), 1]
    assert all(summary[name][2].value for name in COLUMNS)


def test_excel_goes_on_in_a_further_sheet(database, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.workbook.MOST_ROWS", 3)
    story = on("2024-03-01")
    for number in range(7):
        story.place(f"Ольск-{number}")
    tell(database, story)
    exported(database, tmp_path / "out", "xlsx")
    path = tmp_path / "out/registry.xlsx"
    assert [len(sheet(path, name)) for name in ("places", "places (2)", "places (3)")] == [3, 3, 1]


def test_parquet_keeps_types_and_every_text(database, tmp_path):
    tell(database, on("2024-03-01").organization(HOSTILE[0]))
    exported(database, tmp_path / "out", "parquet")
    table = pq.read_table(tmp_path / "out/organizations.parquet")
    assert table.column("name").to_pylist() == [HOSTILE[0]]
    assert [str(table.schema.field(name).type) for name in ("articles", "standing", "inn")] == [
        "int64", "double", "string",
    ]  # fmt: skip
    assert pd.read_parquet(tmp_path / "out/decisions.parquet").empty


def test_jsonl_has_an_entity_a_line_with_what_it_rests_on(database, tmp_path):
    a_story(database)
    exported(database, tmp_path / "out", "jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out/entities.jsonl").read_text(encoding="utf-8").splitlines()]
    (body,) = [line for line in lines if line["name"] == BODY]
    (name,) = [value for value in body["values"] if value["property"] == "name"]
    assert (len(body["members"]), len(name["testimony"])) == (3, 3)
    assert {said["site"] for said in name["testimony"]} == {"tass.ru", "ria.ru"}
    assert "seq" not in name["testimony"][0]


def test_huge_and_strange_names_leave_as_they_are(database, tmp_path, request):
    strange = ("я" * 1_000_000, "Ольск\nи\tВега", "𝔄𝔅", "\u202eтсеО")
    story = on("2024-03-01")
    for name in strange:
        story.organization(name)
    tell(database, story)
    export(database, tmp_path / "out", ("csv", "xlsx", "parquet", "jsonl"), Wanted(), now=NOW)
    usual = csv.field_size_limit(2_000_000)
    request.addfinalizer(lambda: csv.field_size_limit(usual))
    assert {row["name"] for row in csv_rows(tmp_path / "out/organizations.csv")} == set(strange)
    assert set(pd.read_parquet(tmp_path / "out/organizations.parquet")["name"]) == set(strange)
    longest = max((row["name"].value for row in sheet(tmp_path / "out/registry.xlsx", "organizations")), key=len)
    assert longest.endswith("[cut: see the other formats]")


def test_only_some_kinds(database, tmp_path):
    a_story(database)
    exported(database, tmp_path / "out", "csv", kinds=(EntityKind.OCCUPANCY,))
    (first, second) = csv_rows(tmp_path / "out/occupancies.csv")
    assert first["body"] == second["body"] == BODY
    assert csv_rows(tmp_path / "out/organizations.csv") == []
    assert {row["kind"] for row in csv_rows(tmp_path / "out/statements.csv")} == {"occupancy"}


def test_memory_does_not_grow_with_the_registry(database):
    """Parts come one by one: the first is there before the last is read."""
    a_story(database)
    with reading(database) as connection:
        parts = stream(connection, Wanted())
        assert next(parts).table == "articles"
        assert len(list(parts)) > 10


def test_earlier_files_stay_when_an_export_fails(database, tmp_path, monkeypatch):
    a_story(database)
    folder = tmp_path / "out"
    exported(database, folder, "csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(
        "pipeline.registry.handout.export.csv.guarded", lambda _: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(OutputError, match="cannot be written: full"):
        exported(database, folder, "csv")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_manifest_says_what_it_is_of(database, tmp_path):
    a_story(database)
    exported(database, tmp_path / "out", "csv", accepted=True)
    told = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))
    assert (told["made_at"], told["accepted"], told["counts"]["csv"]["articles"]) == (NOW, True, 3)
    assert set(told["files"]) == set(formats()["csv"].files)


def test_as_of_a_day_tells_what_was_believed_then(database, registry_url, tmp_path):
    a_story(database)
    then = registry_tables(registry_url, as_of="2024-03-15")
    assert (len(then["articles"]), set(then["persons"]["name"])) == (1, {"Анна Берёзкина"})
    occupancy = only(then["occupancies"])
    assert (occupancy["status"], occupancy["from"], occupancy["to"]) == ("current", "../2024-03-01", None)
    exported(database, tmp_path / "out", "csv", as_of="2024-03-15")
    assert [row["person"] for row in csv_rows(tmp_path / "out/occupancies.csv")] == ["Анна Берёзкина"]


def test_only_what_is_accepted(database, tmp_path):
    a_story(database)
    with reading(database) as connection:
        claims = [
            one.testimony.claim
            for part in stream(connection, Wanted(kinds=(EntityKind.ORGANIZATION,)))
            if isinstance(part, Entry) and part.view.name == "ООО «Лира»"
            for one in part.said
            if one.prop in {"name", "inn"}
        ]
    write(database, lambda connection: decide(connection, claims, Status.ACCEPTED, Signature("Анна", NOW)))
    exported(database, tmp_path / "out", "csv", accepted=True)
    (row,) = csv_rows(tmp_path / "out/organizations.csv")
    assert (row["name"], row["inn"], row["legal_form"], row["review"]) == ("ООО «Лира»", "7707083893", "", "accepted")
    assert row["standing"] == "1.0"
    assert {row["status"] for row in csv_rows(tmp_path / "out/statements.csv")} == {"accepted"}
    assert {row["verdict"] for row in csv_rows(tmp_path / "out/decisions.csv")} == {"accepted"}


def test_what_is_rejected_is_only_among_the_statements(database, registry_url):
    a_story(database)
    with reading(database) as connection:
        claims = [
            one.testimony.claim
            for part in stream(connection, Wanted())
            if isinstance(part, Entry)
            for one in part.said
            if part.view.kind is EntityKind.MEMBERSHIP and one.prop == "object"
        ]
    write(database, lambda connection: decide(connection, claims, Status.REJECTED, Signature("Анна", NOW)))
    tables = registry_tables(registry_url)
    assert tables["memberships"].empty
    assert "object" not in set(tables["values"].query("kind == 'membership'")["property"])
    assert only(tables["statements"], kind="membership", property="object")["status"] == "rejected"


def run(url, *arguments):
    return CliRunner().invoke(app, ["registry", "export", "--registry", url, *map(str, arguments)])


def test_the_command_writes_several_formats_and_says_what(database, registry_url, tmp_path):
    a_story(database)
    result = run(registry_url, "--format", "csv,jsonl", "--to", tmp_path / "out", "--kind", "person,occupancy")
    assert result.exit_code == 0, result.output
    assert "persons" in result.stdout
    assert len(csv_rows(tmp_path / "out/persons.csv")) == 2
    lines = (tmp_path / "out/entities.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"person", "occupancy"}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--format", "docx"), "there are csv, ftm, jsonl, parquet, xlsx"),
        (("--format", "csv", "--kind", "ship"), "there are organization, cluster"),
        (("--format", "csv", "--as-of", "весной"), "2024-03-01"),
    ],
)
def test_a_wrong_option_is_told(database, registry_url, tmp_path, options, word):  # noqa: ARG001 - makes the registry
    result = run(registry_url, "--to", tmp_path / "out", *options)
    assert result.exception.exit_code == 2
    assert word in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_a_destination_that_cannot_be_is_told(database, registry_url, tmp_path):  # noqa: ARG001
    (tmp_path / "file").touch()
    result = run(registry_url, "--format", "csv", "--to", tmp_path / "file" / "out")
    assert (result.exception.exit_code, "cannot be written" in str(result.exception)) == (3, True)
