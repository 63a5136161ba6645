"""Bytes without a name, from standard input or a pipe: what they are is told from how they begin."""

import json
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Page, Reason, Rejected
from pipeline.read._dispatch import expand
from pipeline.read._entry import Entry, Trouble, gunzip, peek

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_BLANK = b"\xef\xbb\xbf \t\r\n"


def expand_stream(entry: Entry) -> Iterator[Page | Rejected]:
    """Read a nameless stream: HTML, a plain-text copy, ready articles, or one of these in gzip.

    An archive needs a name, and a .zip a file.
    """
    try:
        if peek(entry.stream).startswith(_GZIP):
            entry = replace(entry, stream=gunzip(entry.stream, entry.limits), unpacked=True)
        head = peek(entry.stream)
    except Trouble as trouble:
        yield entry.rejected(trouble.reason, trouble.detail)
        return
    if head.startswith(_ZIP):
        yield entry.rejected(Reason.UNSUPPORTED, "a .zip cannot be read from a pipe; give it as a file")
    else:
        yield from expand(replace(entry, name=f"stream{_suffix(head)}"))


def _suffix(head: bytes) -> str:
    r"""Tell the kind of a stream by its first bytes, as a file's suffix would.

    >>> [_suffix(head) for head in (b"<!DOCTYPE html>", b'{"id": "1"}', b'{\n  "id"', b"[{", b"text", b"")]
    ['.html', '.jsonl', '.json', '.json', '.txt', '.txt']
    """
    start = head.lstrip(_BLANK)
    if start.startswith(b"<"):
        return ".html"
    if start.startswith(b"{"):
        return ".jsonl" if _line_of_json(start) else ".json"
    return ".json" if start.startswith(b"[") and start[1:].lstrip().startswith(b"{") else ".txt"


def _line_of_json(start: bytes) -> bool:
    """Tell an object that ends with its line, or whose line is longer than what was looked at."""
    line, end, _ = start.partition(b"\n")
    try:
        return bool(json.loads(line))
    except ValueError:
        return not end and len(line.strip()) > 1
