"""Small files of every kind, made on the spot."""

import gzip
import io
import tarfile
import zipfile

HTML = "<!DOCTYPE html><title>Новость</title><p>Завод в Приморске выпустил первый трактор.".encode()
ARTICLE = '{"id": "a1", "text": "Завод выпустил трактор."}'.encode()


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def warc(answers, *, packed=False):
    """`answers`: (url, status, headers, body as sent)."""
    records = [_warc_record("warcinfo", "", b"software: a test\r\n")]
    for url, status, headers, body in answers:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        records.append(_warc_record("response", url, f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body))
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _warc_record(kind, url, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-07-09T14:20:00Z\r\n"
    head += f"WARC-Target-URI: {url}\r\n" * bool(url) + f"Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def bomb(mebibytes):
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as packed:
        for _ in range(mebibytes):
            packed.write(bytes(1024 * 1024))
    return buffer.getvalue()
