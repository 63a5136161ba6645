"""What every address of the site answers: articles by their fault, documents, robots.txt, the calendar without end."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import parse_qs

from tests.site.answer import Answer, Asked, Step
from tests.site.articles import FIRST_DAY, article, from_corpus
from tests.site.documents import calendar, document
from tests.site.faults import steps
from tests.site.plan import Host, Item, Plan
from tests.site.robots import PATHS, robots_steps


class News:
    """The plan, found by address."""

    def __init__(self, plan: Plan, port: int) -> None:
        self.port = port
        self._hosts = {host.address: host for host in plan.hosts}
        self._items = {(host.address, item.path): item for host in plan.hosts for item in host.items}
        self._documents = {(host.address, doc.path): doc for host in plan.hosts for doc in host.documents}
        self._document = lru_cache(64)(document)  # the large ones take longer than a client waits

    def latency(self, address: str) -> float:
        return self._hosts[address].latency

    def steps(self, asked: Asked) -> tuple[str, Iterator[Step]]:
        """Give the fault's name and the steps of the answer."""
        host, place = self._hosts[asked.host], (asked.host, asked.path)
        if item := self._items.get(place):
            return self._article(host, item, asked)
        if doc := self._documents.get(place):
            part = parse_qs(asked.query).get("part", [""])[0]
            good = self._document(host, doc, part, port=self.port, night=asked.night)
            return doc.fault, steps(doc.fault, asked, good)
        if asked.path in PATHS:
            return f"robots_{host.robots}", robots_steps(host.robots, asked)
        return "", iter((self._other(asked.path).wire(),))

    def _article(self, host: Host, item: Item, asked: Asked) -> tuple[str, Iterator[Step]]:
        if item.first_night > asked.night:
            return "", iter((Answer(404, b"not yet").wire(),))
        good = _page(host.address, item, item.version(asked.night))
        if _is_unchanged(asked, good):
            return item.fault, iter((Answer(304, headers=good.headers).wire(),))
        return item.fault, steps(item.fault, asked, good)

    @staticmethod
    def _other(path: str) -> Answer:
        if path.startswith("/calendar/"):
            return calendar(path)
        if path == "/" or path.startswith("/about"):
            return Answer(body="<html><body><h1>Газета «Вымышленные вести»</h1></body></html>".encode())
        return Answer(404, "<h1>Нет такой страницы</h1>".encode())


def _page(address: str, item: Item, version: int) -> Answer:
    if item.corpus:
        page = from_corpus(address, item.path, item.corpus, version)
    else:
        page = article(address, item.path, item.number, version)
    changed = format_datetime(FIRST_DAY + timedelta(days=version), usegmt=True)
    validators = {"etag": (("ETag", f'"{item.number}-{version}"'),), "date": (("Last-Modified", changed),), "none": ()}
    return Answer(200, page.encode(), headers=validators[item.validator])


def _is_unchanged(asked: Asked, good: Answer) -> bool:
    """Tell whether a conditional request names what is there."""
    ours = dict(good.headers)
    etag, since = asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")
    if etag is not None:
        return etag == ours.get("ETag")
    return since is not None and since == ours.get("Last-Modified")
