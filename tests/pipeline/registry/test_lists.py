import csv
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError, OptionError
from pipeline.registry import schema
from pipeline.registry.database import reading, write
from pipeline.registry.keeper.lists.importing import List, examine, import_list
from pipeline.registry.keeper.lists.rows import check_rows
from pipeline.registry.keeper.lists.sheet import Refused, read_sheet
from pipeline.registry.kinds import EntityKind, Status
from pipeline.registry.loading.load import Loaded
from pipeline.registry.resolve import resolve
from pipeline.registry.verdicts.decisions import Signature, decide
from tests.pipeline.registry.stories import on, tell

FIRST, SECOND, THIRD = (f"2024-0{month}-01T00:00:00Z" for month in (3, 4, 5))
HEAD = "Код;Вид объекта;Название;Псевдонимы;ИНН;ОГРН;Регион;Статус"
FUND = '7;организация;Фонд «Исток»;"Исток; РФ Исток";7707083893;1027700132195;Ольская обл.;'
VEGA = "8;кластер;Кластер «Вега»;;;;Краснодарский край;формируется"


def write_list(folder, *lines, encoding="utf-8", name="list.csv"):
    path = Path(folder) / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def checked(path, mapping=None, kind=EntityKind.ORGANIZATION):
    return List(path.stem, path, read_sheet(path, mapping), kind).rows()


def values(row):
    return {value.prop: value.value for value in row.values}


def imported(database, path, now=FIRST, **options):
    return import_list(database, List("list", path, read_sheet(path)), now=now, **options)


def said(database, *narrow):
    query = select(schema.statement, schema.revision.c.text, schema.article.c.origin, schema.article.c.site)
    joined = query.join(schema.revision, schema.statement.c.revision_id == schema.revision.c.id).join(
        schema.article, schema.revision.c.article_id == schema.article.c.id
    )
    with reading(database) as connection:
        return connection.execute(joined.where(*narrow).order_by(schema.statement.c.seq)).all()


def live(database):
    rows = said(database, schema.statement.c.status != "superseded")
    return {(row.property, row.value, row.status) for row in rows}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_list_is_read_whatever_its_encoding(tmp_path, encoding):
    fund, vega = checked(write_list(tmp_path, HEAD, FUND, VEGA, encoding=encoding))
    assert (fund.row_id, fund.kind, fund.name, fund.line) == ("7", "organization", "Фонд «Исток»", 2)
    assert [value.value for value in fund.values if value.prop == "alias"] == ["Исток", "РФ Исток"]
    assert values(vega) == {
        "external_id": "8",
        "name": "Кластер «Вега»",
        "region": "Краснодарский край",
        "status": "being_created",
    }


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_list_is_read_whatever_its_separator(tmp_path, separator):
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=separator)
        table.writerow(["id", "name", "aliases", "region"])
        table.writerow(["1", 'Завод "Луч", цех; склад\tи | двор', "Луч; ЗЛ", "Тверская область"])
    (row,) = checked(path)
    assert row.name == 'Завод "Луч", цех; склад и | двор'
    assert [value.value for value in row.values if value.prop == "alias"] == ["Луч", "ЗЛ"]


def test_headings_are_known_by_a_table_or_told(tmp_path):
    path = write_list(
        tmp_path, "№ п/п,Орг,Сокращённое наименование,Краткое название,Примечание", "1,Фонд «Исток»,ФИ,Исток,x"
    )
    sheet = read_sheet(path, {"Орг": "name"})
    assert sheet.unknown == ("Примечание",)
    (row,) = check_rows(sheet.rows, sheet.properties, EntityKind.ORGANIZATION)
    assert [value.value for value in row.values if value.prop == "alias"] == ["ФИ", "Исток"]


@pytest.mark.parametrize(
    ("head", "mapping", "complaint", "error"),
    [
        ("Код;Примечание", {}, "no column of names among Код, Примечание", InputError),
        ("Название;Наименование", {}, "Название, Наименование are all name", OptionError),
        ("Название;Орг", {"Орг": "colour"}, "Орг=colour: no such property", OptionError),
        ("Название;Орг", {"Лицо": "name"}, "has no such column; it has Название, Орг", OptionError),
    ],
)
def test_a_list_without_its_columns_is_refused(tmp_path, head, mapping, complaint, error):
    with pytest.raises(error, match=complaint):
        read_sheet(write_list(tmp_path, head, "1;2"), mapping)


def test_an_empty_list_is_refused(tmp_path):
    with pytest.raises(InputError, match="no column of names among none"):
        read_sheet(write_list(tmp_path))


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        read_sheet(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7;организация;Фонд;;7707083894;;;", "inn '7707083894': the check digit is wrong"),
        (
            "7;организация;Фонд;;770708389;;;",
            "9 digits, ИНН has 10 or 12; a spreadsheet may have dropped a leading zero",
        ),
        ("7;организация;Фонд;;7,71E+09;;;", "ИНН is digits only"),
        ("7;организация;Фонд;;;1027700132196;;", "ogrn '1027700132196': the check digit is wrong"),
        ("7;отдел;Фонд;;;;;", "kind 'отдел' is none of organization, cluster"),
        ("7;кластер;Вега;;;;;никакой", "status 'никакой' is none of existing, in_registry, being_created, planned"),
        (";организация;Фонд;;;;;", "no id"),
        ("7;организация;;;;;;", "no name"),
        ("8;организация;Фонд;;;;;", "id '8' is in line 2 already"),
        ("7;организация;Фонд;;;;;;лишнее", "9 cells under 8 headings"),
        (f"7;организация;{'ы' * 200_000};;;;;", "field larger than field limit"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_rest_goes_on(tmp_path, row, reason, request):
    usual = csv.field_size_limit(131_072)  # Python's own; other libraries raise it for the whole process
    request.addfinalizer(lambda: csv.field_size_limit(usual))
    first, bad, last = checked(write_list(tmp_path, HEAD, VEGA, row, "9;кластер;Кластер «Альтаир»;;;;;"))
    assert (first.line, last.line) == (2, 4)
    assert isinstance(bad, Refused)
    assert bad.line == 3
    assert reason in bad.reason


def test_lines_are_counted_with_those_within_cells(tmp_path):
    rows = checked(write_list(tmp_path, "sep=;", HEAD, "", '7;организация;"Фонд\n«Исток»";;;;;', "8;;;;;;;"))
    assert [(row.line, getattr(row, "name", None)) for row in rows] == [(4, "Фонд «Исток»"), (6, None)]


def test_a_list_without_ids_tells_rows_apart_by_numbers_or_names(tmp_path):
    assert [row.row_id for row in checked(write_list(tmp_path, "Название,ИНН", "Фонд,7707083893"))] == ["7707083893"]
    assert [row.row_id for row in checked(write_list(tmp_path, "Название", "Фонд"))] == ["Фонд"]


def test_a_formula_guarded_by_an_export_is_plain_again(tmp_path):
    (row,) = checked(write_list(tmp_path, "id,name", "1,'=Исток"))
    assert row.name == "=Исток"


def test_a_list_is_accepted_and_every_value_stands_in_its_text(database, tmp_path):
    made = imported(database, write_list(tmp_path, HEAD, FUND, VEGA))
    assert made.outcomes == {Loaded.NEW: 2}
    rows = said(database)
    assert {(row.status, row.confidence, row.origin, row.site) for row in rows} == {("accepted", 1.0, "list", "list")}
    assert ("region", "Ольская обл.") in {(row.property, row.value) for row in rows}
    for row in rows:
        assert row.text[row.start : row.stop] == row.original
        assert row.quote_start <= row.start < row.stop <= row.quote_stop


def test_the_same_list_again_changes_nothing(database, tmp_path):
    path = write_list(tmp_path, HEAD, FUND, VEGA)
    imported(database, path)
    before = said(database)
    shuffled = write_list(tmp_path, HEAD, VEGA, FUND, name="again.csv")
    assert imported(database, shuffled, SECOND).outcomes == {Loaded.KNOWN: 2}
    assert said(database) == before


def test_an_edited_row_supersedes_its_own_and_may_go_back(database, tmp_path):
    path = write_list(tmp_path, HEAD, FUND, VEGA)
    imported(database, path)
    before = live(database)
    edited = write_list(tmp_path, HEAD, FUND, VEGA.replace("формируется", "действует"), name="edited.csv")
    made = imported(database, edited, SECOND)
    assert made.outcomes == {Loaded.KNOWN: 1, Loaded.REVISED: 1}
    assert live(database) == before - {("status", "being_created", "accepted")} | {("status", "existing", "accepted")}
    assert imported(database, path, THIRD).outcomes == {Loaded.KNOWN: 1, Loaded.REVISED: 1}
    assert live(database) == before


def test_lost_rows_are_told_and_with_complete_superseded(database, tmp_path):
    imported(database, write_list(tmp_path, HEAD, FUND, VEGA))
    shorter = write_list(tmp_path, HEAD, VEGA, name="shorter.csv")
    assert imported(database, shorter, SECOND).gone == ("7",)
    assert ("name", "Фонд «Исток»", "accepted") in live(database)
    assert imported(database, shorter, THIRD, complete=True).gone == ("7",)
    assert {value for _, value, _ in live(database)} == {"8", "Кластер «Вега»", "Краснодарский край", "being_created"}
    assert imported(database, shorter, "2024-06-01T00:00:00Z", complete=True).gone == ()
    back = imported(database, write_list(tmp_path, HEAD, FUND, VEGA), "2024-07-01T00:00:00Z")
    assert back.outcomes == {Loaded.KNOWN: 1, Loaded.REVISED: 1}
    assert ("name", "Фонд «Исток»", "accepted") in live(database)


def test_a_refused_row_is_not_lost(database, tmp_path):
    imported(database, write_list(tmp_path, HEAD, FUND, VEGA))
    broken = write_list(tmp_path, HEAD, FUND.replace("7707083893", "7707083894"), VEGA, name="broken.csv")
    made = imported(database, broken, SECOND, complete=True)
    assert (made.gone, len(made.refused)) == ((), 1)
    assert ("inn", "7707083893", "accepted") in live(database)


def test_what_the_keeper_decided_on_a_row_stays(database, tmp_path):
    path = write_list(tmp_path, HEAD, FUND)
    imported(database, path)
    region = next(row.claim for row in said(database) if row.property == "region")
    write(database, lambda c: decide(c, [region], Status.REJECTED, Signature("Анна", SECOND)))
    imported(database, write_list(tmp_path, HEAD, FUND.replace("РФ Исток", "Фонд"), name="edited.csv"), THIRD)
    assert ("region", "Ольская обл.", "rejected") in live(database)


def test_an_examination_writes_nothing(database, tmp_path):
    imported(database, write_list(tmp_path, HEAD, FUND, VEGA))
    shorter = write_list(tmp_path, HEAD, VEGA, ";;;;;;;x", name="shorter.csv")
    before = said(database)
    made = examine(database, List("list", shorter, read_sheet(shorter)))
    assert (made.gone, len(made.refused)) == (("7",), 1)
    assert said(database) == before


def test_the_command_tells_what_came_of_it(registry_url, tmp_path):
    path = write_list(tmp_path, f"{HEAD};Прим", f"{FUND};x", f"{VEGA.replace('формируется', 'никакой')};")
    arguments = ["registry", "import", str(path), "--registry", registry_url]
    dry = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (5, "list: 1 rows taken, 1 refused")
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 5
    assert f"{path}:3: refused: status 'никакой'" in result.stderr
    assert "columns left out: Прим" in result.stdout
    assert "list: 1 rows taken: 1 new, 1 refused" in result.stdout
    good = CliRunner().invoke(app, [*arguments, "--map", "Прим=-", "--map", "Статус=-"])
    told = ["list: 2 rows taken: 1 new, 1 as before, 0 refused", "0 matched with what articles speak of, 2 new"]
    assert (good.exit_code, good.stdout.splitlines()) == (0, told)


def test_rows_are_matched_with_what_articles_speak_of(database, registry_url, tmp_path):
    tell(
        database,
        on("2024-03-01").organization("фонд «Исток»", region="Тверская область", identifiers={"inn": "7707083893"}),
    )
    path = write_list(tmp_path, HEAD, FUND.replace("Ольская обл.", "Тверская область"), VEGA)
    result = CliRunner().invoke(app, ["registry", "import", str(path), "--registry", registry_url])
    assert result.stdout.splitlines()[-1] == "1 matched with what articles speak of, 1 new"
    with reading(database) as connection:
        entity, article = schema.entity.c, schema.article.c
        query = select(entity.canonical_id, article.origin).join(schema.article).where(entity.kind == "organization")
        of = connection.execute(query.order_by(article.origin)).all()
    assert [row.origin for row in of] == ["article", "list"]
    assert len({row.canonical_id for row in of}) == 1


def test_a_table_that_was_exported_and_edited_comes_back(database, registry_url, tmp_path):
    story = on("2024-03-01").organization("фонд «Исток»", region="Тверская область", kind="fund", aliases=("Исток",))
    tell(database, story.cluster("кластер «Вега»", status="planned"), on("2024-03-02").organization("фонд «Луч»"))
    resolve(database)
    export = ["registry", "export", "--registry", registry_url, "--format", "csv", "--to", str(tmp_path / "out")]
    assert CliRunner().invoke(app, export).exit_code == 0
    for name in ("organizations", "clusters"):
        path = tmp_path / "out" / f"{name}.csv"
        path.write_text(path.read_text("utf-8-sig").replace("фонд «Исток»", "Фонд поддержки «Родник»"), "utf-8")
        imported = ["registry", "import", str(path), "--registry", registry_url]
        for again in ("new", "as before"):
            result = CliRunner().invoke(app, imported)
            assert result.exit_code == 0, result.output
            assert f" {again}" in result.stdout
            assert " matched with what articles speak of, 0 new" in result.stdout
    with reading(database) as connection:
        named = {row.name: row.kind for row in connection.execute(select(schema.card.c.name, schema.card.c.kind))}
        judged = connection.execute(select(schema.judgement.c.who)).scalars().all()
    assert named == {
        "Фонд поддержки «Родник»": "organization",
        "фонд «Луч»": "organization",
        "кластер «Вега»": "cluster",
    }
    assert sorted(judged) == ["list clusters", "list organizations", "list organizations"]
    assert ("kind", "fund", "accepted") in live(database)
    assert ("status", "planned", "accepted") in live(database)
