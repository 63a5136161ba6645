"""Files, folders, patterns, standard input: which files are read, once each, in which order."""

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.model import Media, Page, Reason
from pipeline.read import Meter, check_paths, measure, read
from pipeline.settings import Limits
from tests.pipeline.read.files import ARTICLE, HTML, zipped

LIMITS = Limits()


@pytest.fixture
def news(tmp_path):
    """A folder of folders."""
    for name in ("b/2.html", "b/1.html", "a.html", "b/.hidden.html", ".git/x.html", "c/deep/er/3.html"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(HTML)
    return tmp_path / "news"


def names(found, under):
    return [Path(page.source.file).relative_to(under).as_posix() for page in found]


def test_a_folder_in_the_order_of_names(news):
    assert names(read([str(news)], LIMITS), news) == ["a.html", "b/1.html", "b/2.html", "c/deep/er/3.html"]


def test_a_hidden_file_that_is_named(news):
    assert names(read([str(news / "b/.hidden.html")], LIMITS), news) == ["b/.hidden.html"]


def test_patterns(news):
    assert names(read([str(news / "b/*.html")], LIMITS), news) == ["b/1.html", "b/2.html"]
    assert len(list(read([str(news / "**/*.html")], LIMITS))) == 4


def test_a_name_with_the_signs_of_a_pattern(tmp_path):
    (tmp_path / "[1].html").write_bytes(HTML)
    check_paths([str(tmp_path / "[1].html")])
    assert len(list(read([str(tmp_path / "[1].html")], LIMITS))) == 1


def test_read_once(news):
    paths = [str(news / "b"), str(news / "b/1.html"), str(news), str(news / "*/*.html")]
    assert names(read(paths, LIMITS), news) == ["b/1.html", "b/2.html", "a.html", "c/deep/er/3.html"]


def test_links_that_go_in_circles(news):
    (news / "b/up").symlink_to(news, target_is_directory=True)
    (news / "b/self").symlink_to("self")
    (news / "b/again.html").symlink_to("1.html")
    found = list(read([str(news)], LIMITS))
    pages = [item for item in found if isinstance(item, Page)]
    assert len(pages) == 4
    assert [item.reason for item in found if item not in pages] == [Reason.UNREADABLE]


def test_destination_is_left_out(news):
    assert names(read([str(news)], LIMITS, leave_out=news / "b"), news) == ["a.html", "c/deep/er/3.html"]


def test_what_a_browser_saved_along(news):
    (news / "a_files").mkdir()
    (news / "a_files/frame.html").write_bytes(HTML)
    (news / "big_files").mkdir()
    (news / "big_files/page.html").write_bytes(HTML)
    found = list(read([str(news)], LIMITS))
    [along] = [item for item in found if not isinstance(item, Page)]
    assert (along.reason, Path(along.source.file).name) == (Reason.UNSUPPORTED, "a_files")
    assert "big_files/page.html" in names(found, news)


def test_a_pipe_in_a_folder_is_not_waited_for(news):
    os.mkfifo(news / "0.html")
    rejected, *_ = read([str(news)], LIMITS)
    assert (rejected.reason, rejected.detail) == (Reason.UNREADABLE, "not a regular file")


def test_a_folder_that_cannot_be_listed(news, monkeypatch):
    real = Path.iterdir

    def refusing(path):
        if path.name == "b":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    found = list(read([str(news)], LIMITS))
    assert [item.reason for item in found if not isinstance(item, Page)] == [Reason.UNREADABLE]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (HTML, [Media.HTML]),
        (b"\n  <html>", [Media.HTML]),
        ("Завод выпустил трактор.".encode(), [Media.TEXT]),
        ("[Фото] Завод выпустил трактор.".encode(), [Media.TEXT]),
        (ARTICLE, [Media.ARTICLE]),
        (ARTICLE + b"\n" + ARTICLE + b"\n", [Media.ARTICLE] * 2),
        (b'{\n  "id": "1",\n  "text": "x"\n}', [Media.ARTICLE]),
        (b"[" + ARTICLE + b",\n" + ARTICLE + b"]", [Media.ARTICLE] * 2),
        (b'{"id": "1", "text": "' + b"x" * 200_000 + b'"}\n' + ARTICLE, [Media.ARTICLE] * 2),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input(monkeypatch, content, media, packed):
    stream = io.BufferedReader(io.BytesIO(gzip.compress(content) if packed else content))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    found = list(read(["-"], LIMITS))
    assert [page.media for page in found] == media
    assert {page.source.file for page in found} == {"-"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", Reason.EMPTY), (zipped({"a.html": HTML}), Reason.UNSUPPORTED), (b"\x1f\x8bnot gzip", Reason.CORRUPT)],
)
def test_bad_standard_input(monkeypatch, content, reason):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    assert [item.reason for item in read(["-"], LIMITS)] == [reason]


@pytest.mark.parametrize("path", ["gone.html", "gone/*.html"])
def test_a_path_that_is_not_there(tmp_path, path):
    with pytest.raises(InputError, match="gone"):
        check_paths([str(tmp_path / path)])


def test_the_meter_follows_the_reading(news):
    total = measure([str(news), "-"])
    assert total == 4 * len(HTML)
    meter = Meter()
    seen = [meter.read for _ in read([str(news)], LIMITS, meter=meter)]
    assert seen == [len(HTML) * i for i in range(1, 5)]


def test_pages_come_one_at_a_time(tmp_path):
    """The second file is not opened before the first page is taken."""
    for name in ("1.html", "2.html"):
        (tmp_path / name).write_bytes(HTML)
    found = read([str(tmp_path)], LIMITS)
    next(found)
    (tmp_path / "2.html").write_bytes(b"later")
    assert next(found).content == b"later"
