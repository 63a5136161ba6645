"""Every kind of file gives its pages."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.model import Media, Page, Reason
from pipeline.read import suffixes
from tests.pipeline.read.files import ARTICLE, HTML, tarred, warc, zipped

MHTML = """From: <Saved by a browser>
Snapshot-Content-Location: https://news.example/1
Date: Tue, 9 Jul 2024 14:20:00 +0300
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html; charset=windows-1251
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.example/1

<title>=CD=EE=E2=EE=F1=F2=FC</title>
------B
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
------B--
"""


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("page.html", HTML, Media.HTML),
        ("page.HTM", HTML, Media.HTML),
        ("page.xhtml", HTML, Media.HTML),
        ("page.txt", "Новость".encode(), Media.TEXT),
        ("page.json", ARTICLE, Media.ARTICLE),
        ("page.jsonl", ARTICLE, Media.ARTICLE),
        ("12345", HTML, Media.HTML),
        ("index.php?id=5", b"\xef\xbb\xbf\n<HTML lang=ru>", Media.HTML),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_one_page_a_file(read_file, name, content, media, packed):
    name += ".gz" * packed
    [page] = read_file(name, gzip.compress(content) if packed else content)
    assert isinstance(page, Page)
    assert (page.media, page.content, Path(page.source.file).name) == (media, content, name)
    assert page.source.member is None
    assert page.source.offset == (1 if ".jsonl" in name else None)


def test_lines_are_counted_and_blank_ones_passed_over(read_file):
    pages = read_file("a.jsonl", ARTICLE + b"\n\n  \r\n" + ARTICLE + b"\r\n" + ARTICLE)
    assert [page.source.offset for page in pages] == [1, 4, 5]
    assert {page.content for page in pages} == {ARTICLE}


def test_a_list_of_articles(read_file):
    pages = read_file("a.json", b" [" + ARTICLE + b", 5]")
    assert [page.source.offset for page in pages] == [1, 2]
    assert [page.content for page in pages] == [ARTICLE, b"5"]  # the stripper says that 5 is no article


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0022)https://news.example/1 -->",
        "<!--\n Page saved with SingleFile\n url: https://news.example/1\n saved date: Tue -->",
    ],
)
def test_the_address_a_browser_noted(read_file, note):
    [page] = read_file("page.html", f"<!DOCTYPE html>\n{note}\n<html>".encode())
    assert page.url == "https://news.example/1"


def test_mhtml(read_file):
    [page] = read_file("page.mhtml", MHTML.replace("\n", "\r\n").encode())
    assert page.content.decode("cp1251").strip() == "<title>Новость</title>"
    assert (page.url, page.charset) == ("https://news.example/1", "windows-1251")
    assert page.fetched_at == datetime(2024, 7, 9, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tar.gz", lambda members: tarred(members, "w:gz")),
        ("a.tgz", lambda members: tarred(members, "w:gz")),
    ],
)
def test_members_of_archives(read_file, name, pack):
    members = {
        "news/1.html": HTML,
        "news/2.txt": b"text",
        "news/3.jsonl": ARTICLE + b"\n" + ARTICLE,
        "news/4.html.gz": gzip.compress(HTML),
        "__MACOSX/news/._1.html": b"\0",
        "news/.hidden.html": HTML,
    }
    pages = read_file(name, pack(members))
    assert [(page.source.member, page.source.offset, page.content) for page in pages] == [
        ("news/1.html", None, HTML),
        ("news/2.txt", None, b"text"),
        ("news/3.jsonl", 1, ARTICLE),
        ("news/3.jsonl", 2, ARTICLE),
        ("news/4.html.gz", None, HTML),
    ]


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_russian_names_in_a_zip(read_file, encoding):
    name = "новости/Завод.html"
    standin = "x" * len(name.encode(encoding)[:-5]) + ".html"
    content = zipped({standin: HTML}).replace(standin.encode(), name.encode(encoding))
    assert [page.source.member for page in read_file("a.zip", content)] == [name]
    assert [page.source.member for page in read_file("a.zip", zipped({name: HTML}))] == [name]


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", ARTICLE), ("a.json", ARTICLE), ("b.json", b"[" + ARTICLE + b"]")]
)
def test_byte_order_mark(read_file, name, content):
    [page] = read_file(name, b"\xef\xbb\xbf" + content)
    assert page.content == ARTICLE


ANSWERS = [
    ("https://news.example/1", "200 OK", [("Content-Type", "text/html; charset=windows-1251")], HTML),
    ("https://news.example/logo.png", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
    ("https://news.example/old", "301 Moved", [("Content-Type", "text/html")], b""),
    (
        "https://news.example/2",
        "200 OK",
        [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")],
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(HTML, mtime=0)), gzip.compress(HTML, mtime=0)),
    ),
    ("https://news.example/3", "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")], b"\x8b\x02"),
]


@pytest.mark.parametrize("shape", ["plain", "gzip a record", "one gzip"])
def test_warc(read_file, shape):
    content = warc(ANSWERS, packed=shape == "gzip a record")
    name = "news.warc" if shape == "plain" else "news.warc.gz"
    if shape == "one gzip":
        content = gzip.compress(content)
    first, second, brotli, others = read_file(name, content)
    assert (first.url, first.charset, first.content) == ("https://news.example/1", "windows-1251", HTML)
    assert first.fetched_at == datetime(2024, 7, 9, 14, 20, tzinfo=UTC)
    assert (second.url, second.charset, second.content) == ("https://news.example/2", None, HTML)
    assert (brotli.reason, brotli.url) == (Reason.TRUNCATED, "https://news.example/3")
    assert others.reason is Reason.UNSUPPORTED
    assert "1 image/png" in others.detail
    assert "1 answers 301" in others.detail
    if shape == "one gzip":
        assert first.source.offset is None
    else:  # a WARC can be read from the offset on
        rest = content[second.source.offset :]
        assert (gzip.decompress(rest) if name.endswith("gz") else rest).startswith(b"WARC/1.")


def test_every_suffix_has_been_tried():
    tried = {".html", ".htm", ".xhtml", ".txt", ".json", ".jsonl", ".gz", ".mhtml", ".zip", ".tar", ".tar.gz", ".tgz"}
    assert set(suffixes()) == tried | {".warc", ".warc.gz", ".mht", ".ndjson"}  # the last two are other names
