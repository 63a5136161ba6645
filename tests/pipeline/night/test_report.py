"""What a night came to: the verdict, the alarms, the files."""

from dataclasses import replace

import pytest

from pipeline.crawl.capture import Outcome, Stop
from pipeline.model import Reason
from pipeline.night import history, wording
from pipeline.night.metrics import metrics
from pipeline.night.present import as_html, as_text
from pipeline.night.report import SourceNight, Verdict, alarms, from_json, to_json, verdict
from pipeline.registry.loading.load import Loaded
from tests.pipeline.night.values import FINE


def with_source(**of):
    return replace(FINE, sources=(FINE.sources[0], SourceNight(**({"name": "Лента"} | of))))


def test_every_word_of_the_code_has_a_russian_name():
    assert set(wording.OUTCOMES) == set(Outcome)
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.LOADED) == set(Loaded)
    assert set(wording.VERDICTS) == set(Verdict)


@pytest.mark.parametrize("stop", Stop)
def test_what_ended_a_night_early_is_said(stop):
    assert len(alarms(replace(FINE, stopped=stop))) == 1


def test_metrics_keep_large_numbers_and_their_labels():
    report = with_source(pages={Outcome.NEW: 12_345_678})
    assert 'svodka_night_pages{source="Лента",outcome="new"} 12345678' in metrics(report).splitlines()


def test_a_fine_night_has_no_alarms():
    assert alarms(FINE) == []
    assert verdict(FINE) is Verdict.FINE


def test_too_few_pages_are_said_first():
    report = with_source(pages={Outcome.NEW: 2, Outcome.WALL: 18}, fresh=2, least=5)
    assert [line.split(":")[0] for line in alarms(report)] == ["Лента", "Лента"]
    assert "новых страниц за сутки 2, ожидалось не меньше 5" in alarms(report)[0]
    assert "не получено 18 из 20" in alarms(report)[1]
    assert verdict(report) is Verdict.PARTIAL


def test_too_many_pages_are_said():
    assert "не больше 1" in alarms(with_source(pages={Outcome.NEW: 2}, fresh=2, most=1))[0]


@pytest.mark.parametrize(("agreement", "told"), [(0.5, True), (0.9, False), (None, False)])
def test_a_drop_of_agreement_is_said(agreement, told):
    report = with_source(pages={Outcome.NEW: 9}, agreement=agreement, usual=0.95, compared=9)
    assert bool(alarms(report)) is told


def test_a_night_without_anything_is_lost():
    nothing = SourceNight("Лента", {Outcome.UNREACHABLE: 3}, {Outcome.UNREACHABLE: 1})
    assert verdict(replace(FINE, sources=(nothing,))) is Verdict.TOTAL
    assert verdict(replace(FINE, sources=(FINE.sources[0], nothing))) is Verdict.PARTIAL


def test_a_report_reads_back():
    assert from_json(to_json(FINE)) == FINE


def test_what_is_usual_is_the_median_of_earlier_nights(tmp_path):
    for number, agreement in enumerate((0.9, 0.2, 0.95), 1):
        folder = tmp_path / f"2026-03-0{number}T020000Z"
        folder.mkdir()
        report = with_source(pages={}, agreement=agreement)
        (folder / history.REPORT).write_bytes(to_json(report))
    (tmp_path / "2026-03-04T020000Z").mkdir()
    (tmp_path / "2026-03-04T020000Z" / history.REPORT).write_text("half a rep")
    earlier = list(history.reports(tmp_path, "2026-03-05T020000Z"))
    assert [report.sources[1].agreement for report in earlier] == [0.95, 0.2, 0.9]
    assert history.usual_agreement(earlier) == {"Лента": 0.9}
    assert len(list(history.reports(tmp_path, "2026-03-03T020000Z"))) == 2


def test_text_tells_the_numbers():
    text = as_text(with_source(pages={Outcome.NEW: 2}, least=5), None)
    assert text.startswith("Сводка: ночь требует внимания\n")
    assert "новая: 14" in text
    assert "удалена: https://vestnik.example/1 (404)" in text
    assert "записей 13" in text
    assert "\n\n\n" not in text


def test_html_escapes_names_and_links_only_to_the_web():
    page = as_html(FINE, None)
    assert "Открыт &lt;кластер&gt;" in page
    assert "javascript:" not in page
    assert 'href="https://vestnik.example/2"' in page


def test_metrics_are_in_the_format_of_prometheus():
    report = with_source(pages={Outcome.NEW: 2}, agreement=0.5, documents={Outcome.NEW: 1})
    odd = replace(report, sources=(replace(report.sources[1], name='"Л"\n'),))
    lines = metrics(odd).splitlines()
    assert "svodka_night_ended_timestamp_seconds 1772417520" in lines
    assert 'svodka_night_pages{source="\\"Л\\"\\n",outcome="new"} 2' in lines
    assert 'svodka_night_verdict{verdict="fine"} 1' in lines
    named = [line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")]
    assert all(f"# TYPE {name} gauge" in lines for name in named)
