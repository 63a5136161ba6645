"""`svodka show`, `evaluate` and `schema`, as a user calls them."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError, OptionError
from pipeline.evaluate import Score, fold, read_gold, score
from pipeline.present import record_view, why_view
from pipeline.record import from_json
from tests.pipeline.records import TEXT, a_record

DATE = TEXT.index("5 марта")
TEXTS = ["Фонд «Исток» открыл офис.", "Он работает с 5 марта 2024 года."]


def invoke(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": f"n{i}", "text": text}, ensure_ascii=False) for i, text in enumerate(TEXTS, 1)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_json_is_a_record(articles):
    result = invoke("show", str(articles), "--json")
    assert result.exit_code == 0
    record = from_json(result.stdout)
    assert (record.article.id, record.article.text) == ("n1", TEXTS[0])


def test_number_picks_a_page(articles):
    assert from_json(invoke("show", str(articles), "--number", "2", "--json").stdout).article.id == "n2"


def test_a_number_too_high_is_said(articles):
    result = invoke("show", str(articles), "--number", "3")
    assert isinstance(result.exception, InputError)
    assert "no page number 3" in str(result.exception)


def test_json_and_why_together_are_refused(articles):
    assert isinstance(invoke("show", str(articles), "--json", "--why").exception, OptionError)


def test_a_rejected_page_has_its_exit_code(tmp_path):
    (tmp_path / "x.json").write_text('{"title": "без текста"}', encoding="utf-8")
    result = invoke("show", str(tmp_path / "x.json"))
    assert result.exit_code == 5
    assert "not_an_article" in result.output


def text_of(parts):
    console = Console(width=200, record=True, file=io.StringIO())
    for part in parts:
        console.print(part)
    return console.export_text()


def test_the_view_has_every_table_and_the_facts():
    shown = text_of(record_view(a_record()))
    for words in ("фонд «Исток»", "кластер «Вега»", "2000000", "amount_of", "subject: кластер «Вега»"):
        assert words in shown


def test_why_names_rule_evidence_and_cut_blocks():
    shown = text_of(why_view(a_record(), [("Читайте также", False, "teaser"), ("Фонд…", True, "sentence")]))
    assert "amount_in_clause" in shown
    assert "teaser" in shown
    assert "0.90" in shown


def test_the_schema_is_printed():
    assert json.loads(invoke("schema").stdout)["title"] == "Record"


def gold(**changes):
    made = {
        "organizations": [{"name": "Фонд Исток", "accept": []}],
        "clusters": [{"name": "кластер «Вега»", "accept": []}],
        "officials": [
            {
                "person": "Анна Берёзкина", "accept": [], "position": "директор", "position_accept": [],
                "organization": "фонд «Исток»", "organization_accept": [],
            }
        ],
        "places": [{"name": "Тверь"}],
        "dates": [{"text": "5 марта", "start": DATE, "stop": DATE + 7, "from": "2024-03-05", "to": "2024-03-05"}],
        "money": [],
        "facts": [{"kind": "amount_of", "status": "planned", "evidence": "получит =2 млн"}],
    }  # fmt: skip
    return {**made, **changes}


def test_a_right_record_scores_full():
    scores = score(a_record(), gold())
    assert {kind: made.f1 for kind, made in scores.items() if kind != "money"} == dict.fromkeys(
        ("organizations", "clusters", "officials", "places", "events", "dates", "facts"), 1.0
    )
    assert (scores["money"].precision, scores["money"].extra[0][:4]) == (0.0, "=2 м")


def test_what_is_missed_or_wrong_is_named():
    scores = score(a_record(), gold(clusters=[{"name": "кластер «Нега»"}], dates=[]))
    assert (scores["clusters"].missed, scores["clusters"].extra) == (["кластер «Нега»"], ["кластер «Вега»"])
    assert scores["dates"].precision == 0.0


def test_an_optional_item_is_neither_counted_nor_punished():
    wanted = gold(clusters=[{"name": "кластер «Вега»"}, {"name": "кластер «Нега»", "optional": True}])
    assert score(a_record(), wanted)["clusters"].recall == 1.0


def test_scores_of_nothing_are_full():
    assert (Score().precision, Score().recall, fold("«Ёж»")) == (1.0, 1.0, "еж")


def test_gold_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="no gold record"):
        read_gold(Path(tmp_path) / "page.html")
