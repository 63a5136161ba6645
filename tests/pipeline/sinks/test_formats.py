"""Every format, with records, with none, and with what would break it."""

import csv
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.record import from_json
from pipeline.sinks import formats, html, open_sinks
from pipeline.tables import COLUMNS
from tests.pipeline.records import TEXT, a_record, a_rejected


def write(folder, name, *outcomes):
    sinks = open_sinks((name,), folder)
    for outcome in outcomes:
        for sink in sinks:
            sink.write(outcome)
    for sink in sinks:
        sink.close()


@pytest.mark.parametrize("name", formats())
def test_a_format_writes_exactly_its_files(tmp_path, name):
    write(tmp_path, name, a_record(), a_rejected())
    assert {path.name for path in tmp_path.iterdir()} == {*formats()[name].files, "rejected.jsonl"}


@pytest.mark.parametrize("name", formats())
def test_nothing_is_written_as_empty_files(tmp_path, name):
    write(tmp_path, name)
    assert {path.name for path in tmp_path.iterdir()} == {*formats()[name].files, "rejected.jsonl"}


def test_jsonl_reads_back_equal(tmp_path):
    write(tmp_path, "jsonl", a_record("a1"), a_rejected(), a_record("a2"))
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [from_json(line) for line in lines] == [a_record("a1"), a_record("a2")]
    assert "from" in json.loads(lines[0])["dates"][0]
    assert json.loads((tmp_path / "rejected.jsonl").read_text())["reason"] == "empty"


def test_csv_has_one_file_a_table(tmp_path):
    write(tmp_path, "csv", a_record())
    assert (tmp_path / "organizations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "organizations.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(row) == COLUMNS["organizations"]
    assert row["name"] == "фонд «Исток»"
    assert pd.read_csv(tmp_path / "articles.csv").loc[0, "text"] == TEXT


def test_parquet_keeps_types_over_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.sinks.parquet._BATCH", 2)
    write(tmp_path, "parquet", *(a_record(f"a{i}") for i in range(5)))
    table = pq.read_table(tmp_path / "money.parquet")
    assert table.num_rows == 5
    assert str(table.schema.field("start").type) == "int64"
    assert str(table.schema.field("approximate").type) == "bool"
    assert table.column("min").to_pylist() == ["2000000"] * 5
    assert pq.read_table(tmp_path / "articles.parquet").column("organizations").to_pylist() == [1] * 5


def sheet(folder, name):
    book = openpyxl.load_workbook(folder / "svodka.xlsx")
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def test_excel_holds_every_table_and_no_formula(tmp_path):
    write(tmp_path, "xlsx", a_record(), a_rejected())
    header, row = sheet(tmp_path, "money")
    assert tuple(header) == COLUMNS["money"]
    cells = dict(zip(header, row, strict=True))
    assert cells["text"] == "=2 млн рублей"
    assert cells["min"] == 2_000_000
    assert sheet(tmp_path, "rejected")[1][:2] == ["empty", "0 bytes"]
    assert ["organizations", 1, 1] in sheet(tmp_path, "summary")


def test_excel_goes_on_in_a_further_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.workbook.MOST_ROWS", 2)
    write(tmp_path, "xlsx", *(a_record(f"a{i}") for i in range(5)))
    sheets = ("organizations", "organizations (2)", "organizations (3)")
    assert [len(sheet(tmp_path, name)) - 1 for name in sheets] == [2, 2, 1]
    book = openpyxl.load_workbook(tmp_path / "svodka.xlsx")
    assert [book[name].auto_filter.ref for name in sheets] == ["A1:P3", "A1:P3", "A1:P2"]


def test_excel_groups_the_digits_of_amounts(tmp_path):
    write(tmp_path, "xlsx", a_record())
    sheet_of_money = openpyxl.load_workbook(tmp_path / "svodka.xlsx")["money"]
    assert sheet_of_money.cell(2, COLUMNS["money"].index("min") + 1).number_format == "#,##0"


def test_excel_cuts_a_text_too_long_for_a_cell_and_says_so(tmp_path):
    record = a_record()
    write(tmp_path, "xlsx", replace(record, article=replace(record.article, lead="я" * 40_000)))
    header, row = sheet(tmp_path, "articles")
    assert dict(zip(header, row, strict=True))["lead"].endswith("[cut: see records.jsonl]")


def test_html_marks_mentions_and_escapes_the_page(tmp_path):
    record = a_record()
    hostile = replace(record.article, title="<script>alert(1)</script>", url="javascript:alert(1)")
    write(tmp_path, "html", replace(record, article=hostile), a_rejected())
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "javascript:" not in page
    assert '<mark class="clusters" title="clusters: кластер «Вега»">кластер «Вега»</mark>' in page
    assert "empty.html" in page
    assert page.count("<details") == page.count("</details>")


def test_html_says_how_many_articles_it_leaves_out(tmp_path, monkeypatch):
    monkeypatch.setattr(html, "MOST_ARTICLES", 2)
    write(tmp_path, "html", *(a_record(f"a{i}") for i in range(5)))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "first 2 articles; 3 more" in page
    assert "<b>5</b> articles" in page


def test_csv_holds_no_formula_and_leaves_numbers_alone(tmp_path):
    record = a_record()
    (money,) = record.money
    article = replace(record.article, title="@SUM(A1); +1", lead="=HYPERLINK(1)")
    write(tmp_path, "csv", replace(record, article=article, money=(replace(money, min="-5"),)))
    cells = {}
    for name in ("articles", "money"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            cells |= next(csv.DictReader(file))
    assert (cells["title"], cells["lead"]) == ("'@SUM(A1); '+1", "'=HYPERLINK(1)")
    assert (cells["text"], cells["min"]) == ("'=2 млн рублей", "-5")
