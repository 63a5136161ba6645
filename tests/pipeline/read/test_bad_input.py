"""Every bad input is a Rejected with its own reason; what is good beside it is read all the same."""

import gzip
import io
import os
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import Page, Reason, Rejected, Source
from pipeline.read import read
from pipeline.read._dispatch import expand
from pipeline.read._entry import STEP, Entry, gunzip
from pipeline.settings import MIB, Limits
from tests.pipeline.read.files import ARTICLE, HTML, bomb, tarred, warc, zipped

SMALL = Limits(page_bytes=1000, expand_ratio=20, expand_free_bytes=10_000)
ANSWER = ("https://news.example/1", "200 OK", [("Content-Type", "text/html")], HTML)


def reasons(found):
    return [item.reason for item in found if isinstance(item, Rejected)]


@pytest.mark.parametrize(
    "name",
    ["a.html", "a.txt", "a.json", "a.jsonl", "a.mhtml", "a.html.gz", "a.tar.gz", "a.warc", "a.warc.gz", "a.jsonl.gz"],
)
def test_empty_file(read_file, name):
    [rejected] = read_file(name, b"")
    assert rejected.reason is Reason.EMPTY
    assert rejected.detail


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html.gz", gzip.compress(b"")),
        ("a.jsonl", b"\n \n"),
        ("a.json", b"[]"),
        ("a.tar", tarred({"a.html": b""})),
        ("a.zip", zipped({"a.html": b""})),
    ],
)
def test_empty_inside(read_file, name, content):
    assert reasons(read_file(name, content)) == [Reason.EMPTY]


@pytest.mark.parametrize("name", ["a.tar", "a.zip"])
def test_an_empty_file_is_no_archive(read_file, name):
    assert reasons(read_file(name, b"")) in ([Reason.EMPTY], [Reason.CORRUPT])


@pytest.mark.parametrize("lost", [1, 9, 40])
def test_truncated_gzip(read_file, lost):
    assert reasons(read_file("a.html.gz", gzip.compress(HTML)[:-lost])) == [Reason.TRUNCATED]


def test_lines_before_the_break_are_read(read_file):
    lines = b"".join(b'{"id": "%d", "text": "%s"}\n' % (i, os.urandom(2000).hex().encode()) for i in range(100))
    *pages, rejected = read_file("a.jsonl.gz", gzip.compress(lines)[:-1000])
    assert rejected.reason is Reason.TRUNCATED
    assert len(pages) > 50
    assert all(page.content in lines for page in pages)


def test_truncated_tar(read_file):
    whole = tarred({"1.html": HTML, "2.html": HTML * 100})
    page, *rest = read_file("a.tar", whole[:4000])
    assert page.content == HTML
    assert reasons(rest)[-1] in (Reason.TRUNCATED, Reason.CORRUPT)
    packed = tarred({"1.html": HTML, "2.html": os.urandom(200_000)}, "w:gz")
    page, *rest = read_file("a.tar.gz", packed[:-500])
    assert page.content == HTML
    assert Reason.TRUNCATED in reasons(rest)


@pytest.mark.parametrize("packed", [False, True])
def test_truncated_warc(read_file, packed):
    whole = warc([ANSWER, ANSWER], packed=packed)
    page, *rest = read_file("a.warc.gz" if packed else "a.warc", whole[:-60])
    assert page.content == HTML
    assert set(reasons(rest)) == {Reason.TRUNCATED}


@pytest.mark.parametrize("name", ["a.zip", "a.html.gz", "a.tar", "a.tar.gz", "a.warc", "a.warc.gz", "a.mhtml"])
def test_corrupt_archive(read_file, name):
    assert reasons(read_file(name, b"no archive at all " * 100)) == [Reason.CORRUPT]


def test_damaged_member_of_a_zip(read_file):
    content = zipped({"1.html": HTML, "2.html": HTML + b"x", "3.html": HTML}, zipfile.ZIP_STORED)
    damaged = content.replace(HTML + b"x", HTML + b"y")
    first, rejected, third = read_file("a.zip", damaged)
    assert (first.source.member, third.source.member) == ("1.html", "3.html")
    assert (rejected.reason, rejected.source.member) == (Reason.CORRUPT, "2.html")


def test_encrypted_member(read_file):
    content = bytearray(zipped({"1.html": HTML}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert reasons(read_file("a.zip", bytes(content))) == [Reason.UNREADABLE]


@pytest.mark.parametrize(
    "member", ["../evil.html", "news/../../evil.html", "/etc/evil.html", "C:\\evil.html", "..\\e.html"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_member_that_climbs_out(read_file, member, pack):
    rejected, page = read_file("a.zip" if pack is zipped else "a.tar", pack({member: HTML, "good.html": HTML}))
    assert (rejected.reason, rejected.source.member) == (Reason.UNSAFE_PATH, member)
    assert page.source.member == "good.html"


def test_links_in_a_tar_are_not_followed(read_file):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("passwd.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("1.html")
        info.size = len(HTML)
        archive.addfile(info, io.BytesIO(HTML))
    [page] = read_file("a.tar", buffer.getvalue())
    assert page.content == HTML


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html.gz", bomb(20)),
        ("a.jsonl.gz", bomb(20)),
        ("a.warc.gz", bomb(20)),
        ("a.zip", zipped({"a.html": bytes(20 * MIB)})),
        ("a.tar.gz", gzip.compress(tarred({"a.bin": bytes(20 * MIB), "b.html": HTML}))),
        ("a.zip", zipped({f"{i}.html": bytes(8 * MIB) for i in range(4)})),
    ],
)
def test_bomb_is_never_expanded(read_file, name, content):
    tracemalloc.start()
    found = read_file(name, content, Limits(page_bytes=16 * MIB))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert Reason.BOMB in reasons(found)
    assert not any(isinstance(item, Page) for item in found)
    assert peak < 12 * MIB


def test_many_members_over_one_another(read_file):
    """Each lies at the same place of the archive: small by itself, beyond measure together."""
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.html", HTML * 5)
        first = archive.filelist[0]
        for _ in range(2000):
            archive.filelist.append(first)
    assert Reason.BOMB in reasons(read_file("a.zip", buffer.getvalue(), SMALL))


def test_honest_packing_is_no_bomb(read_file):
    lines = b"".join(
        b'{"id": "%d", "text": "%s"}\n' % (i, "Завод выпустил трактор. ".encode() * 4) for i in range(5000)
    )
    found = read_file("a.jsonl.gz", gzip.compress(lines))
    assert len(found) == 5000
    assert all(isinstance(item, Page) for item in found)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.json", "a.jsonl", "a.mhtml", "a.zip", "a.tar", "a.warc"])
def test_fifty_megabytes(tmp_path, name):
    """No more than the limit is ever in memory."""
    size = 50 * MIB
    (tmp_path / name).write_bytes(
        {
            "a.zip": lambda: zipped({"a.html": os.urandom(MIB) * 50}, zipfile.ZIP_STORED),
            "a.tar": lambda: tarred({"a.html": bytes(size)}),
            "a.warc": lambda: warc([(*ANSWER[:3], bytes(size))]),
        }.get(name, lambda: b"x" * size)()
    )
    tracemalloc.start()
    found = list(read([str(tmp_path / name)], Limits(page_bytes=4 * MIB)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reasons(found) == [Reason.TOO_LARGE]
    assert peak < 10 * MIB


def test_a_line_over_the_limit_does_not_take_the_next_with_it(read_file):
    rejected, page = read_file("a.jsonl", b"x" * 5000 + b"\n" + ARTICLE, SMALL)
    assert (rejected.reason, rejected.source.offset) == (Reason.TOO_LARGE, 1)
    assert (page.content, page.source.offset) == (ARTICLE, 2)
    exact = b"x" * SMALL.page_bytes
    assert [page.content for page in read_file("b.jsonl", exact + b"\n" + exact, SMALL)] == [exact, exact]


def test_json_that_is_none(read_file):
    assert reasons(read_file("a.json", b'[{"id": 1}')) == [Reason.NOT_AN_ARTICLE]
    assert reasons(read_file("a.json", b"[" * 100_000)) == [Reason.NOT_AN_ARTICLE]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped({"b.zip": zipped({"a.html": HTML})})),
        ("a.tar", tarred({"b.tar.gz": tarred({"a.html": HTML}, "w:gz")})),
        ("a.zip", zipped({"b.warc": warc([ANSWER])})),
        ("a.html.gz.gz", gzip.compress(gzip.compress(HTML))),
        ("a.zip.gz", gzip.compress(zipped({"a.html": HTML}))),
    ],
)
def test_archive_in_an_archive(read_file, name, content):
    assert reasons(read_file(name, content)) == [Reason.NESTED]


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"PK"), ("picture.png", b"\x89PNG"), ("README", b"text")])
def test_a_kind_that_no_reader_takes(read_file, name, content):
    [rejected] = read_file(name, content)
    assert rejected.reason is Reason.UNSUPPORTED
    assert ".html" in rejected.detail
    [inside] = read_file("a.zip", zipped({name: content}))
    assert (inside.reason, inside.source.member) == (Reason.UNSUPPORTED, name)


def test_unreadable_file(tmp_path, monkeypatch):
    (tmp_path / "1.html").symlink_to(tmp_path / "gone.html")
    (tmp_path / "2.html").write_bytes(HTML)
    (tmp_path / "3.html").write_bytes(HTML)
    real = io.FileIO.__init__

    def refusing(self, path, *rest):
        if Path(path).name == "2.html":
            raise PermissionError(13, "Permission denied")
        real(self, path, *rest)

    monkeypatch.setattr("pipeline.read._paths._MeteredFile.__init__", lambda self, path, _: refusing(self, path))
    monkeypatch.setattr("pipeline.read._paths._MeteredFile.readinto", io.FileIO.readinto)
    gone, denied, page = read([str(tmp_path)], Limits())
    assert (gone.reason, denied.reason) == (Reason.UNREADABLE, Reason.UNREADABLE)
    assert denied.detail == "Permission denied"
    assert page.content == HTML


class _Breaking(io.RawIOBase):
    """A disk that fails after its first bytes."""

    def readable(self):
        return True

    def readinto(self, buffer):
        if self.__dict__.setdefault("given", False):
            raise OSError(5, "Input/output error")
        self.given = True
        buffer[:4] = b"text"
        return 4


def test_a_disk_that_fails_while_it_is_read():
    entry = Entry(Source("a.txt"), "a.txt", io.BufferedReader(_Breaking()), Limits())
    [rejected] = expand(entry)
    assert (rejected.reason, rejected.detail) == (Reason.UNREADABLE, "Input/output error")


KINDS = {
    "a.html.gz": gzip.compress(HTML, mtime=0),
    "a.jsonl.gz": gzip.compress(ARTICLE + b"\n" + ARTICLE, mtime=0),
    "a.zip": zipped({"1.html": HTML, "2.json": b"[" + ARTICLE + b"]"}),
    "a.tar": tarred({"1.html": HTML, "2.txt": b"text"}),
    "a.tar.gz": gzip.compress(tarred({"1.html": HTML}), mtime=0),
    "a.warc": warc([ANSWER]),
    "a.warc.gz": warc([ANSWER], packed=True),
    "a.mhtml": b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>text",
    "a.json": b"[" + ARTICLE + b"]",
}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_raises(data, capfd):
    """Bytes changed, cut off, put in: readers give pages and rejections, never an exception, and print nothing."""
    name = data.draw(st.sampled_from(sorted(KINDS)))
    content = bytearray(KINDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        match data.draw(st.sampled_from(["change", "cut", "insert"])):
            case "change":
                content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "cut":
                del content[at : at + data.draw(st.integers(1, 200))]
            case "insert":
                content[at:at] = data.draw(st.binary(max_size=20))
    entry = Entry(Source(name), name, io.BufferedReader(io.BytesIO(bytes(content))), SMALL)
    assert all(isinstance(item, Page | Rejected) for item in expand(entry))
    assert capfd.readouterr() == ("", "")


@given(st.lists(st.binary(max_size=3000), max_size=4), st.integers(0, 9), st.integers(1, 5000))
def test_expanding_agrees_with_gzip(members, level, step):
    packed = b"".join(gzip.compress(member, level) for member in members)
    stream = gunzip(io.BytesIO(packed), Limits()) if packed else io.BytesIO()
    parts = iter(lambda: stream.read(step), b"")
    assert b"".join(parts) == b"".join(members)


def test_output_that_waits_in_the_decompressor_is_no_truncation():
    """The last packed byte may be taken long before the last expanded byte is given."""
    content = bytes(3 * STEP)
    packed = zlib.compressobj(9, wbits=31)
    whole = packed.compress(content) + packed.flush()
    assert gunzip(io.BytesIO(whole), Limits()).read() == content
