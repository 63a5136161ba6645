"""Three nights over a site that changes end in a registry whose differences are what the site changed."""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.crawl.archive import open_archive
from pipeline.crawl.capture import Outcome, Stop
from pipeline.crawl.crawler import crawl
from pipeline.crawl.sources import sources_from
from pipeline.errors import RegistryError
from pipeline.net import World
from pipeline.night.nightly import Plan, nightly
from pipeline.night.report import Verdict, from_json, verdict
from pipeline.registry.kinds import EntityKind
from pipeline.settings import Settings

FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
APPOINTED = (
    "Директором завода «Тальский фарфор» назначен Игнат Лукошкин. Об этом сообщила пресс-служба предприятия. "
    "Прежде он пять лет отвечал за сбыт и знает всех крупных покупателей."
)
PLANNED = (
    "В Тверской области планируют создать промышленный кластер «Верхневолжский фарфор». Решение обсудили на совещании "
    "в областном правительстве. Участники рассчитывают подать заявку до конца года."
)
EXISTING = (
    "В Тверской области действует промышленный кластер «Верхневолжский фарфор». Его участники закупили печи. "
    "Участники рассчитывают на новые заказы до конца года."
)
MEMBER = (
    "Завод «Кедр-Пласт» вошёл в промышленный кластер «Верхневолжский фарфор» Тверской области. "
    "Предприятие будет поставлять формы для литья. Об этом рассказал директор завода «Кедр-Пласт» Тимур Оболенцев."
)


@dataclass
class Paper:
    """A newspaper's site: what stands on it now, and how often each address was asked for."""

    stories: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    full: bool = False  # whether the feed has the whole text

    def page(self, path):
        text = self.stories[path]
        paragraphs = "".join(f"<p>{sentence.strip()}.</p>" for sentence in text.split(". "))
        return (
            f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{title(text)}</title>'
            f'<meta property="og:type" content="article"></head><body><nav><a href="/">Главная</a></nav>'
            f"<article><h1>{title(text)}</h1>{paragraphs}</article></body></html>"
        )

    def feed(self, base):
        items = "".join(
            f"<item><title>{title(text)}</title><link>{base}{path}</link>"
            f"<pubDate>Sun, 01 Mar 2026 18:00:00 +0300</pubDate>"
            + (f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>" if self.full else "")
            + "</item>"
            for path, text in self.stories.items()
        )
        return (
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>Вести</title>{items}</channel></rss>"
        )


def title(text):
    return text.split(". ")[0]


@pytest.fixture
def paper():
    paper = Paper()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            status, kind, body = self.answer()
            tag = f'"{hash(body)}"'
            if status == 200 and self.headers["If-None-Match"] == tag:
                status, body = 304, ""
            paper.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def answer(self):
            base = f"http://127.0.0.1:{self.server.server_port}"
            if self.path == "/feed.xml":
                return 200, "application/rss+xml", paper.feed(base)
            if self.path in paper.stories:
                return 200, "text/html", paper.page(self.path)
            return 404, "text/plain", "нет"

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paper.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield paper
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def night(paper, tmp_path):
    """Carry out the night of a number."""
    table = f"""
    contact = "tests@example.org"
    allow_private = ["127.0.0.0/24"]
    [sources.vesti]
    feeds = ["{paper.base}/feed.xml"]
    delay = 0
    recheck_days = 7
    """
    sources = sources_from(table)
    plan = Plan(sources, tmp_path / "archive", tmp_path / "nights", f"sqlite:///{tmp_path / 'r.db'}", Settings(), 1)

    def carry_out(number):
        paper.asked.clear()
        start = time.monotonic()
        day = FIRST + timedelta(days=number - 1)
        return nightly(plan, World(now=lambda: day + timedelta(seconds=time.monotonic() - start)))

    carry_out.plan = plan
    return carry_out


def names(difference, kind):
    return {entity.name for entity in difference.entities if entity.kind is kind}


def test_the_registry_learns_each_night_what_the_site_changed(paper, night):
    paper.stories = {"/news/1": APPOINTED, "/news/2": PLANNED}
    first = night(1)
    assert first.report.outcomes == {Outcome.NEW: 2}
    assert (first.difference.articles, first.difference.revised) == (2, 0)
    assert len(names(first.difference, EntityKind.CLUSTER)) == 1
    assert "Игнат Лукошкин" in names(first.difference, EntityKind.PERSON)
    assert verdict(first.report) is Verdict.FINE

    paper.stories |= {"/news/2": EXISTING, "/news/3": MEMBER}
    second = night(2)
    assert second.report.outcomes == {Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.UNCHANGED: 1}
    assert ("/news/1", 304) in paper.asked
    assert second.report.extraction.pages == 2
    assert (second.difference.articles, second.difference.revised) == (1, 1)
    (turn,) = second.difference.turns
    assert (turn.before.value, turn.after.value) == ("planned", "existing")
    assert names(second.difference, EntityKind.CLUSTER) == set()
    assert any("Кедр-Пласт" in name for name in names(second.difference, EntityKind.ORGANIZATION))
    assert "Тимур Оболенцев" in names(second.difference, EntityKind.PERSON)

    del paper.stories["/news/1"]
    third = night(3)
    assert third.report.outcomes == {Outcome.GONE: 1, Outcome.UNCHANGED: 2}
    assert third.report.extraction.pages == 0
    assert (third.difference.articles, third.difference.revised, third.difference.superseded) == (0, 0, 0)
    assert third.difference.entities == third.difference.turns == third.difference.conflicts == ()


def test_what_was_fetched_and_not_extracted_is_the_next_nights(paper, night):
    paper.stories = {"/news/1": APPOINTED}
    with open_archive(night.plan.archive, lambda: FIRST) as archive:
        crawl(night.plan.sources, archive, World(now=lambda: FIRST))
    made = night(1)
    assert made.report.outcomes == {}
    assert made.report.extraction.records == made.difference.articles == 1


def test_a_registry_that_cannot_be_reached_costs_no_night(paper, night, tmp_path):
    paper.stories = {"/news/1": APPOINTED}
    (tmp_path / "r.db").write_bytes(b"no database at all, whatever its name says")
    lost = night(1)
    assert lost.report.outcomes == {Outcome.NEW: 1}
    assert lost.report.extraction.records == 1
    assert lost.report.feeding is lost.difference is None
    assert "реестр не пополнен" in lost.text
    assert verdict(lost.report) is Verdict.PARTIAL
    (tmp_path / "r.db").unlink()
    paper.stories |= {"/news/3": MEMBER}
    assert night(2).difference.articles == 2


def test_what_an_unfinished_night_taught_the_registry_is_told_by_the_next(paper, night, monkeypatch):
    def failing(_):
        raise RegistryError("the disk is full")

    paper.stories = {"/news/1": APPOINTED}
    monkeypatch.setattr("pipeline.night.feeding.resolve", failing)
    assert "the disk is full" in night(1).text
    monkeypatch.undo()
    paper.stories |= {"/news/3": MEMBER}
    assert night(2).difference.articles == 2
    paper.stories |= {"/news/2": PLANNED}
    assert night(3).difference.articles == 1


def test_an_interrupted_crawl_is_the_end_of_the_night(paper, night, monkeypatch):
    paper.stories = {"/news/1": APPOINTED}

    def stopped(*given):
        return replace(crawl(*given), stopped=Stop.INTERRUPTED)

    monkeypatch.setattr("pipeline.night.nightly.crawl", stopped)
    made = night(1)
    assert made.report.stopped is Stop.INTERRUPTED
    assert made.report.extraction.records == 0
    assert "ночь прервана" in made.text
    monkeypatch.undo()
    assert night(2).report.extraction.records == 1


def test_a_night_leaves_its_folder(paper, night):
    paper.stories = {"/news/1": APPOINTED}
    made = night(1)
    files = {file.name for file in made.folder.iterdir()}
    told = {
        "report.html",
        "report.txt",
        "night.json",
        "metrics.prom",
        "records.jsonl",
        "rejected.jsonl",
        "manifest.json",
    }
    assert files == told
    assert made.folder.name == "2026-03-02T020000Z"
    assert from_json((made.folder / "night.json").read_bytes()) == made.report
    assert (made.folder / "report.txt").read_text(encoding="utf-8") == made.text


def test_a_redesign_is_told_by_the_feed(paper, night):
    paper.full = True
    paper.stories = {f"/news/{number}": f"{PLANNED} Дополнение номер {number}." for number in range(3)}
    first = night(1)
    (source,) = first.report.sources
    assert source.compared == 3
    assert source.agreement > 0.9
    paper.page = lambda _path: (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Вести</title></head><body><article>'
        "<h1>Прогноз погоды</h1>"
        + "<p>Завтра на всей территории ожидается ясная погода без осадков и ветра.</p>" * 6
        + "</article></body></html>"
    )
    paper.stories = {f"/news/{number}": f"{MEMBER} Дополнение номер {number}." for number in range(10, 13)}
    second = night(2)
    (source,) = second.report.sources
    assert source.usual > 0.9
    assert source.agreement < 0.3
    assert "текст страниц разошёлся с лентой" in second.text
    assert any("Кедр-Пласт" in name for name in names(second.difference, EntityKind.ORGANIZATION))
