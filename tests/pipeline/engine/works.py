"""What worker processes do in the tests: the content of a page says what becomes of it."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from pipeline.model import Reason, Rejected
from pipeline.record import ArticleSource
from tests.pipeline.records import a_record

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
    """The record is one and the same but for its id and source."""
    made = a_record(page.content.decode())
    source = ArticleSource(page.source.file, page.source.member, page.source.offset)
    return replace(made, article=replace(made.article, source=source))


def stillborn(connection, work):
    os._exit(3)
