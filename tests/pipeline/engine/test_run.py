"""A run: results, journal, manifest, resuming, and what it leaves behind when something goes wrong."""

import hashlib
import json
from dataclasses import replace

import pytest

from pipeline.engine import Job, run
from pipeline.engine._journal import FILE, Journal
from pipeline.engine._worker import attempt
from pipeline.errors import EngineError, InputError, OptionError, OutputError
from pipeline.model import Reason
from pipeline.settings import Settings
from pipeline.sinks import jsonl
from tests.pipeline.engine import works

SETTINGS = Settings()


@pytest.fixture
def seen(monkeypatch):
    """Do the work in this process, where the tests can see it: which contents were worked on."""
    contents = []

    class InProcess:
        def __init__(self, work, **_):
            self.work = work

        def map(self, tasks):
            for task in tasks:
                if not task.outcome:
                    contents.append(task.page.content.decode())
                    task.outcome = attempt(self.work, task.page)
                yield task

        def close(self):
            pass

    monkeypatch.setattr("pipeline.engine.Pool", InProcess)
    return contents


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for i in range(6):
        (folder / f"{i}.txt").write_text(f"text {i}")
    (folder / "3.txt").write_text("reject потому что")
    (folder / "6.zip").write_bytes(b"no zip")
    (folder / "logo.png").write_bytes(b"png")
    return Job((str(folder),), tmp_path / "out", ("jsonl",), workers=2)


def go(job, work=works.obey, **options):
    return run(job, SETTINGS, work=work, **options)


def lines(job, name):
    return [json.loads(line) for line in (job.to / name).read_text().splitlines()]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"}


@pytest.mark.usefixtures("seen")
def test_results(job):
    report = go(job)
    assert [record["article"]["id"] for record in lines(job, "records.jsonl")] == [f"text {i}" for i in (0, 1, 2, 4, 5)]
    assert [rejected["reason"] for rejected in lines(job, "rejected.jsonl")] == ["no_article", "corrupt", "unsupported"]
    assert lines(job, "rejected.jsonl")[0] == {
        "source": {"file": f"{job.paths[0]}/3.txt", "member": None, "offset": None},
        "reason": "no_article",
        "detail": "потому что",
        "url": None,
    }
    assert (report.status, report.outdated) == ("complete", False)
    assert {path.name for path in job.to.iterdir()} == {FILE, "records.jsonl", "rejected.jsonl", "manifest.json"}
    assert [path.name for path in report.files] == ["records.jsonl", "rejected.jsonl", "manifest.json"]


@pytest.mark.usefixtures("seen")
def test_manifest(job):
    go(job)
    manifest = json.loads((job.to / "manifest.json").read_text())
    assert (manifest["status"], manifest["pages"], manifest["records"], manifest["resumed"]) == ("complete", 7, 5, 0)
    assert manifest["rejected"] == {"corrupt": 1, "no_article": 1, "unsupported": 1}
    assert manifest["kinds"]["clusters"] == 5
    assert set(manifest["kinds"]) == {
        "organizations", "clusters", "persons", "officials", "places", "events", "dates", "money", "facts",
    }  # fmt: skip
    assert manifest["inputs"] == {"paths": list(job.paths), "files": 8, "bytes": manifest["inputs"]["bytes"]}
    assert manifest["options"] == {"to": str(job.to), "formats": ["jsonl"], "workers": 2, "resume": False}
    assert manifest["started_at"] <= manifest["finished_at"]
    for name, about in manifest["outputs"].items():
        content = (job.to / name).read_bytes()
        assert about == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_real_workers_give_the_same(job, seen, tmp_path, monkeypatch):
    go(job)
    monkeypatch.undo()
    other = replace(job, to=tmp_path / "other")
    go(other)
    assert len(seen) == 6
    assert contents(other.to) == contents(job.to)


@pytest.mark.usefixtures("seen")
def test_nothing_comes_of_it(job, tmp_path):
    """An empty result is written as empty."""
    (tmp_path / "empty.jsonl").touch()
    report = go(replace(job, paths=(str(tmp_path / "empty.jsonl"),)))
    assert (report.tally.records, report.tally.rejected) == (0, {Reason.EMPTY: 1})
    assert (job.to / "records.jsonl").read_bytes() == b""
    assert json.loads((job.to / "manifest.json").read_text())["records"] == 0


@pytest.mark.usefixtures("seen")
def test_nothing_to_read_touches_nothing(job, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no pages"):
        go(replace(job, paths=(str(tmp_path / "empty"),)))
    assert not job.to.exists()


def test_resume_does_only_what_is_not_done(seen, job):
    go(job)
    first = contents(job.to)
    seen.clear()
    report = go(replace(job, resume=True))
    assert seen == []
    assert report.tally.resumed == 6
    assert contents(job.to) == first
    (job.to.parent / "news/2.txt").write_text("text two")
    go(replace(job, resume=True))
    assert seen == ["text two"]
    assert "text two" in (job.to / "records.jsonl").read_text()
    assert "text 2" not in (job.to / "records.jsonl").read_text()


def test_without_resume_all_is_done_anew(seen, job):
    go(job)
    go(job)
    assert len(seen) == 12


def test_failed_pages_are_tried_again(seen, job):
    failing = job.to.parent / "news/1.txt"
    failing.write_text("fail")
    assert go(job).tally.rejected[Reason.FAILED] == 1
    seen.clear()
    go(replace(job, resume=True), work=lambda page: works.obey(replace(page, content=b"text 1")))
    assert seen == ["fail"]
    assert len(lines(job, "records.jsonl")) == 5


@pytest.mark.parametrize("stop_after", [1, 3, 5])
def test_interrupt_then_resume(seen, job, tmp_path, stop_after):
    whole = replace(job, to=tmp_path / "whole")
    go(whole)
    seen.clear()

    def interrupting(tally):
        if tally.pages == stop_after:
            raise KeyboardInterrupt

    report = go(job, watch=interrupting)
    assert report.status == "interrupted"
    assert json.loads((job.to / "manifest.json").read_text())["status"] == "interrupted"
    done = (job.to / "records.jsonl").read_bytes()
    assert done.endswith(b"\n")
    assert (whole.to / "records.jsonl").read_bytes().startswith(done)
    report = go(replace(job, resume=True))
    assert report.status == "complete"
    assert report.tally.resumed == stop_after
    assert len(seen) == 6
    assert contents(job.to) | {FILE: b""} == contents(whole.to) | {FILE: b""}


def test_kill_then_resume(seen, job, tmp_path):
    """After a kill there is a journal whose last line may be cut short, and files that are not complete."""
    whole = replace(job, to=tmp_path / "whole")
    go(whole)
    job.to.mkdir()
    journal = (whole.to / FILE).read_bytes()
    (job.to / FILE).write_bytes(journal[:-150])
    (job.to / ".svodka-part").mkdir()
    (job.to / ".svodka-part/records.jsonl").write_text("half a rec")
    seen.clear()
    report = go(replace(job, resume=True))
    assert 0 < report.tally.resumed < 6
    assert len(seen) == 6 - report.tally.resumed
    assert contents(job.to) | {FILE: b""} == contents(whole.to) | {FILE: b""}
    assert len((job.to / FILE).read_bytes()) == len(journal)


def test_a_damaged_journal_line_is_done_anew(seen, job):
    go(job)
    path = job.to / FILE
    first = contents(job.to)["records.jsonl"]
    path.write_bytes(path.read_bytes().replace(b'"id":"text 1"', b'"id":\0\0\0\0\0\0\0\0'))
    seen.clear()
    go(replace(job, resume=True))
    assert seen == ["text 1"]
    assert (job.to / "records.jsonl").read_bytes() == first


def test_a_journal_of_other_code_begins_anew(seen, job, monkeypatch):
    go(job)
    seen.clear()
    monkeypatch.setattr("pipeline.engine.fingerprint", lambda: "0" * 64)
    report = go(replace(job, resume=True))
    assert report.outdated
    assert len(seen) == 6
    assert not go(replace(job, resume=True)).outdated


@pytest.mark.usefixtures("seen")
def test_two_runs_into_one_folder(job):
    job.to.mkdir()
    other = Journal(job.to, "0" * 64, resume=False)
    with pytest.raises(OutputError, match="another run"):
        go(job)
    other.close()
    go(job)


class _Choosy(jsonl.JsonlSink):
    def write(self, outcome):
        if "text 2" in str(outcome):
            raise ValueError("no such column")
        super().write(outcome)


@pytest.mark.usefixtures("seen")
def test_a_sink_that_breaks_is_named(job, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.engine.open_sinks", lambda _, folder: [_Choosy(folder)])
        with pytest.raises(OutputError, match=r"test_run fails at .*2\.txt: ValueError: no such column; .*--resume"):
            go(job)
    assert go(replace(job, resume=True)).tally.resumed == 3


class _FullDisk(jsonl.JsonlSink):
    def write(self, outcome):
        if "text 2" in str(outcome):
            raise OSError(28, "No space left on device")
        super().write(outcome)


@pytest.mark.usefixtures("seen")
def test_a_full_disk_keeps_the_earlier_results_and_the_journal(job, monkeypatch):
    go(job)
    before = contents(job.to)["records.jsonl"]
    (job.to.parent / "news/0.txt").write_text("text nought")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.engine.open_sinks", lambda _, folder: [_FullDisk(folder)])
        with pytest.raises(OutputError, match=r"No space left on device.*--resume"):
            go(job)
    assert contents(job.to)["records.jsonl"] == before
    assert not (job.to / ".svodka-part").exists()
    assert go(replace(job, resume=True)).tally.resumed == 3


@pytest.mark.usefixtures("seen")
def test_files_that_this_run_did_not_write(job):
    """Of the earlier run's files, those it left are removed; changed ones and those of others stay."""
    go(job)
    (job.to / "notes.txt").write_text("mine")
    manifest = json.loads((job.to / "manifest.json").read_text())
    for name, digest in {"old.csv": hashlib.sha256(b"old").hexdigest(), "mended.csv": "0" * 64}.items():
        (job.to / name).write_text("old")
        manifest["outputs"][name] = {"bytes": 3, "sha256": digest}
    (job.to / "manifest.json").write_text(json.dumps(manifest))
    go(job)
    assert {path.name for path in job.to.iterdir()} >= {"notes.txt", "mended.csv", "records.jsonl"}
    assert not (job.to / "old.csv").exists()


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"outputs": 5}', '{"outputs": {"../x": {"sha256": "0"}}}'])
@pytest.mark.usefixtures("seen")
def test_a_manifest_of_somebody_else(job, manifest):
    job.to.mkdir()
    (job.to / "manifest.json").write_text(manifest)
    assert go(job).status == "complete"


@pytest.mark.usefixtures("seen")
def test_a_destination_that_is_a_file(job):
    job.to.write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"):
        go(job)


@pytest.mark.usefixtures("seen")
def test_options_that_cannot_be_followed(job, tmp_path):
    with pytest.raises(OptionError, match=r"'docx'; there are .*jsonl"):
        go(replace(job, formats=("jsonl", "docx")))
    with pytest.raises(OptionError, match="workers"):
        go(replace(job, workers=0))
    with pytest.raises(OptionError, match="both read and written"):
        go(replace(job, to=tmp_path / "news"))


def test_results_inside_the_folder_that_is_read(seen, job):
    inside = replace(job, to=job.to.parent / "news/out")
    go(inside)
    seen.clear()
    assert go(inside).tally.pages == 7


@pytest.mark.usefixtures("seen")
def test_duplicates_are_records_of_their_own(job):
    """Two files of one content are two sources; the journal does not take one for the other."""
    for name in ("7.txt", "8.txt"):
        (job.to.parent / "news" / name).write_text("text same")
    go(job)
    go(replace(job, resume=True))
    records = lines(job, "records.jsonl")
    assert [r["article"]["source"]["file"][-5:] for r in records if r["article"]["id"] == "text same"] == [
        "7.txt",
        "8.txt",
    ]


def test_workers_that_cannot_start_stop_the_run(job, monkeypatch):
    monkeypatch.setattr("pipeline.engine._pool._STILLBORN", 1)
    monkeypatch.setattr("pipeline.engine._pool.serve", works.stillborn)
    with pytest.raises(EngineError):
        go(job)
