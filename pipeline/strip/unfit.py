"""Turns pages away before any parsing: empty, too large, not text, in no encoding that makes sense."""

from pipeline.model import Page, Reason, Rejected
from pipeline.strip.decode import decode, wide_text

MAX_BYTES = 10_000_000  # of a page's content; a large story page has a tenth of it
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a RIFF file (an image or a recording)",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "gzip data",
    b"BZh": "bzip2 data",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
    b"{\\rtf": "an RTF document",
    b"\x00\x00\x01\x00": "an icon",
    b"SQLite format 3": "a database",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL_SHARE = 0.03  # share of control bytes from which content is not text
_SAMPLE = 100_000


def readable(page: Page) -> str | Rejected:
    """Give the text of a page's bytes, or say why there is none."""
    content = page.content
    if len(content) > MAX_BYTES:
        detail = f"{len(content):,} bytes, the limit is {MAX_BYTES:,}"
        return Rejected(page.source, Reason.TOO_LARGE, detail, page.url)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Rejected(page.source, Reason.EMPTY, f"{len(content):,} bytes, none of them text", page.url)
    if kind := _binary(content):
        return Rejected(page.source, Reason.BINARY, f"the content is {kind}", page.url)
    text = decode(content, page.charset)
    if text is None:
        detail = "no encoding gives text: UTF-8, windows-1251, KOI8-R and others were tried"
        return Rejected(page.source, Reason.UNDECODABLE, detail, page.url)
    if not text.strip():
        return Rejected(page.source, Reason.EMPTY, f"{len(content):,} bytes, only white space", page.url)
    return text


def _binary(content: bytes) -> str | None:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content.startswith(_UTF16_MARKS):
        return None
    sample = content[:_SAMPLE]
    if sample.count(0) > len(sample) // 5:  # UTF-16 without its mark: `decode` knows
        return None if wide_text(sample) else "binary data (zero bytes)"
    controls = sum(sample.count(byte) for byte in (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20))
    return "binary data (control bytes)" if controls > len(sample) * _CONTROL_SHARE else None
