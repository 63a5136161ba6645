"""What worker processes do in the tests: the content of a page says what becomes of it."""

import os
import signal
import time
from pathlib import Path

from extractors import ClusterKind, ClusterStatus
from pipeline.model import Reason, Rejected
from pipeline.record import ArticleSource, Cluster, Record, RecordArticle

# ruff: noqa: ARG001 - verbs have one signature


def obey(page):
    verb, _, rest = page.content.decode().partition(" ")
    return _VERBS.get(verb, _record)(page, rest)


def _reject(page, rest):
    return Rejected(page.source, Reason.NO_ARTICLE, rest)


def _fail(page, rest):
    raise ValueError(rest)


def _leave(page, rest):
    raise SystemExit(rest)


def _exit(page, rest):
    os._exit(int(rest))


def _kill(page, rest):
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_once(page, rest):
    if not Path(rest).exists():
        Path(rest).touch()
        _kill(page, rest)
    return _record(page, rest)


def _sleep(page, rest):
    time.sleep(float(rest))
    return _record(page, rest)


_VERBS = {
    "reject": _reject,
    "fail": _fail,
    "leave": _leave,
    "exit": _exit,
    "kill": _kill,
    "kill-once": _kill_once,
    "sleep": _sleep,
}


def _record(page, rest):
    nothing = dict.fromkeys(
        ("url", "canonical_url", "site", "site_name", "title", "lead", "published_at", "published_source"), None
    )
    article = RecordArticle(
        id=page.content.decode(),
        authors=(),
        modified_at=None,
        fetched_at=None,
        text=page.content.decode(),
        text_sha256="",
        paragraphs=(),
        captions=(),
        source=ArticleSource(page.source.file, page.source.member, page.source.offset),
        language="ru",
        extractors={},
        **nothing,
    )
    cluster = Cluster("clu1", "Кластер", ClusterKind.INDUSTRIAL, None, None, None, ClusterStatus.EXISTING, (), ())
    return Record(article, clusters=(cluster,))
