"""The archive: what is kept is kept once, whatever kills the crawl, and is read back as pages."""

import gzip
import os
import random
import resource
import signal
import time
import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from pipeline.crawl.archive import RobotsFile, Sizes, item_page, open_archive
from pipeline.crawl.capture import Capture, Found, Outcome, Role
from pipeline.errors import OutputError
from pipeline.model import FeedItem, Page
from pipeline.net import Ask, Reply
from pipeline.read import read
from pipeline.settings import Limits

START = datetime(2026, 11, 24, 2, tzinfo=UTC)
ITEM = FeedItem("https://vestnik.example/rss", "Открыт цех", "<p>Текст новости.</p>", START, ("Анна Тестова",))
KILLS = int(os.environ.get("SVODKA_KILLS", "12"))


def now():
    return START


def reply(url, body="<html>Проба</html>", status=200, **headers):
    packed = body if isinstance(body, bytes) else body.encode()
    told = (("Content-Type", "text/html; charset=utf-8"), *((k.replace("_", "-"), v) for k, v in headers.items()))
    ask = Ask(url, headers={"User-Agent": "проба", "Authorization": "secret"})
    return Reply(ask, START, status, "OK", "HTTP/1.1", told, packed, "127.0.0.1", 0.1)


def capture(url, body="<html>Проба</html>", outcome=Outcome.NEW, *, at=START, retry_at=None, item=None, **headers):
    return Capture(Found(url, "vestnik", item=item), outcome, at, (reply(url, body, **headers),), retry_at=retry_at)


def pages(folder):
    found = list(read([str(folder)], Limits()))
    assert all(isinstance(page, Page) for page in found), found
    return found


def url(number, host="vestnik.example"):
    return f"https://{host}/news/{number}"


def test_a_page_comes_back_with_what_the_feed_told(tmp_path):
    with open_archive(tmp_path, now, {"operator": "desk@vestnik.example"}) as archive:
        assert archive.add([Found(url(1), "vestnik", item=ITEM)] * 2) == 1
        (known,) = archive.due(START)
        assert known.found.item == ITEM
        assert (
            archive.keep(capture(url(1), item=known.found.item, ETag='"1"', Transfer_Encoding="chunked")).outcome
            == "new"
        )
        assert list(archive.due(START)) == []
        assert archive.known(url(1)).etag == '"1"'
    (page,) = pages(tmp_path)
    assert (page.url, page.content.decode(), page.item) == (url(1), "<html>Проба</html>", ITEM)
    assert b"secret" not in b"".join(gzip.decompress(path.read_bytes()) for path in tmp_path.glob("*.warc.gz"))


def test_outcomes_are_judged_by_the_digest_and_only_versions_are_pages(tmp_path):
    with open_archive(tmp_path, now) as archive:
        bodies = ["один", "один", "два", "один"]
        seen = [
            archive.keep(capture(url(1), body, at=START + timedelta(days=i))).outcome for i, body in enumerate(bodies)
        ]
        seen.append(
            archive.keep(capture(url(1), "", Outcome.UNCHANGED, at=START + timedelta(days=9), status=304)).outcome
        )
        archive.keep(capture(url(2), "проверка браузера", Outcome.WALL))
        archive.keep(Capture(Found(url(3), "vestnik"), Outcome.GONE, START, (reply(url(3), status=404),)))
        feed = Found("https://vestnik.example/rss", "vestnik", Role.FEED)
        archive.keep(Capture(feed, Outcome.NEW, START, (reply(feed.url),)))
        assert len(list(archive.versions(url(1)))) == 3
    assert seen == ["new", "unchanged", "changed", "changed", "unchanged"]
    assert [page.content.decode() for page in pages(tmp_path) if "rss" not in page.url] == ["один", "два", "один"]
    assert len(pages(tmp_path)) == 3


def test_a_page_had_from_the_feed_alone(tmp_path):
    with open_archive(tmp_path, now) as archive:
        found = Found(url(1), "vestnik", item=ITEM)
        assert archive.keep(Capture(found, Outcome.NEW, START)).outcome == "new"
        assert archive.keep(Capture(found, Outcome.NEW, START)).outcome == "unchanged"
    (page,) = pages(tmp_path)
    assert (page.content, page.item, page.url) == (item_page(ITEM), ITEM, url(1))


def twice(body):
    return gzip.compress(brotli.compress(body))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("br", brotli.compress), ("deflate", zlib.compress), ("gzip", gzip.compress), ("br, gzip", twice)],
)
def test_packed_bodies_are_unpacked_by_the_reader(tmp_path, encoding, pack):
    with open_archive(tmp_path, now) as archive:
        archive.keep(capture(url(1), pack("Новость".encode()), Content_Encoding=encoding))
    assert [page.content.decode() for page in pages(tmp_path)] == ["Новость"]


def test_redirects_are_kept_and_are_no_pages(tmp_path):
    hops = (reply("http://vestnik.example/1", status=301, Location=url(1)), reply(url(1)))
    with open_archive(tmp_path, now) as archive:
        archive.keep(Capture(Found("http://vestnik.example/1", "vestnik"), Outcome.NEW, START, hops))
    assert [page.url for page in pages(tmp_path)] == [url(1)]


def test_due_is_fair_and_what_is_new_comes_first(tmp_path):
    with open_archive(tmp_path, now) as archive:
        archive.add([Found(url(i, "a.example"), "a") for i in range(3)] + [Found(url(9, "b.example"), "b")])
        archive.keep(capture(url(7), retry_at=START))
        assert [known.found.source for known in archive.due(START, limit=2)] == ["a", "b"]
        assert [known.found.source for known in archive.due(START)] == ["a", "a", "vestnik"]
        assert list(archive.due(START)) == []
    with open_archive(tmp_path, now) as archive:
        assert {known.found.source for known in archive.due(START, sources={"b"})} == {"b"}


def test_a_page_is_due_again_at_its_time_or_when_its_source_tells_of_a_change(tmp_path):
    later = START + timedelta(hours=2)
    with open_archive(tmp_path, now) as archive:
        archive.keep(Capture(Found(url(1), "vestnik"), Outcome.UNREACHABLE, START, retry_at=later))
        archive.keep(capture(url(2)))
        assert list(archive.due(START)) == []
        assert [(known.found.url, known.tries) for known in archive.due(later)] == [(url(1), 1)]
        archive.add([Found(url(2), "vestnik", modified_at=START)])
        assert list(archive.due(START)) == []
        archive.add([Found(url(2), "vestnik", modified_at=later)])
        assert [known.found.url for known in archive.due(START)] == [url(2)]


def test_nights_robots_and_extraction_are_remembered(tmp_path):
    with open_archive(tmp_path, now) as archive:
        assert archive.begin_night() == 1
        archive.keep(Capture(Found(url(1), "vestnik"), Outcome.BROKEN, START, detail="breaks off"))
        archive.keep(Capture(Found(url(2), "vestnik"), Outcome.BROKEN, START))
        archive.keep(capture(url(2)))
        archive.remember_robots("vestnik.example", RobotsFile(START, 200, b"User-agent: *\n"))
        first = archive.unextracted()
        archive.mark_extracted(first)
        archive.keep(capture(url(3)))
        archive.end_night({"agreement": {"vestnik": 0.9}})
    with open_archive(tmp_path, now) as archive:
        assert [path.name for path in archive.unextracted()] == ["pages-20261124T020000Z-0002.warc.gz"]
        (night,) = archive.nights(datetime.min.replace(tzinfo=UTC))
        assert night.notes == {"agreement": {"vestnik": 0.9}}
        assert [(failure.url, failure.detail) for failure in archive.failures(1)] == [(url(1), "breaks off")]
        assert {(tally.outcome, tally.number) for tally in archive.tallies(1)} == {("broken", 2), ("new", 2)}
        assert archive.robots("vestnik.example").body == b"User-agent: *\n"


def test_files_rotate_and_the_frontier_can_be_built_anew(tmp_path):
    with open_archive(tmp_path, now, sizes=Sizes(file_bytes=3000)) as archive:
        for number in range(20):
            archive.keep(capture(url(number), f"Новость {number}", item=ITEM))
        kept = sorted(archive.versions(), key=str)
    assert len(list(tmp_path.glob("pages-*.warc.gz"))) > 3
    for path in tmp_path.glob(".svodka-frontier.sqlite*"):
        path.unlink()
    with open_archive(tmp_path, now) as archive:
        assert sorted(archive.versions(), key=str) == kept
        assert archive.keep(capture(url(3), "Новость 3")).outcome == "unchanged"
    assert len(pages(tmp_path)) == 20


def test_a_second_process_is_told_who_has_it(tmp_path):
    said = pytest.raises(OutputError, match=f"process {os.getpid()}")
    with open_archive(tmp_path, now), said, open_archive(tmp_path, now):
        pass


@pytest.mark.parametrize("kind", ["pages", "log"])
def test_a_torn_tail_is_cut_off_and_kept_aside(tmp_path, kind):
    with open_archive(tmp_path, now) as archive:
        archive.keep(capture(url(1)))
        archive.keep(capture(url(1)))
    (path,) = tmp_path.glob(f"{kind}-*")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:150])
    with open_archive(tmp_path, now) as archive:
        assert len(list(archive.versions())) == 1
    assert path.read_bytes() == whole
    assert (tmp_path / f".{path.name}.torn").read_bytes() == whole[:150]


def test_a_full_disk_is_told_and_leaves_the_archive_sound(tmp_path):
    with open_archive(tmp_path, now) as archive:
        archive.keep(capture(url(1)))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
        try:
            with open_archive(tmp_path, now) as archive:
                for number in range(2, 500):
                    archive.keep(capture(url(number), random.Random(number).randbytes(5000)))  # noqa: S311 - any bytes
        except OutputError:
            os._exit(3)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    with open_archive(tmp_path, now) as archive:
        kept = {version.url for version in archive.versions()}
    assert len(kept) > 20
    assert sorted(page.url for page in pages(tmp_path)) == sorted(kept)


def work(folder, told):
    """Crawl two hundred pages, saying on a pipe which have been flushed; seldom enough in time to be killed."""
    sizes = Sizes(20_000, 7, group_time=timedelta(seconds=9))
    with open_archive(folder, lambda: datetime.now(UTC), sizes=sizes) as archive:
        archive.add(Found(url(number), "vestnik", item=ITEM) for number in range(200))
        done = []
        for known in archive.due(datetime.now(UTC)):
            archive.keep(capture(known.found.url, known.found.url, item=ITEM, at=datetime.now(UTC)))
            done.append(known.found.url)
            if len(done) % 5 == 0:
                archive.flush()
                os.write(told, "".join(f"{one}\n" for one in done).encode())
                done = []


def killed_crawl(folder, seconds):
    """Give the pages that a crawl killed after so many seconds had said to be safe, and whether it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        work(folder, theirs)
        os._exit(0)
    os.close(theirs)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    with os.fdopen(ours, encoding="utf-8") as told:
        return set(told.read().split()), killed


def test_killed_at_any_instant_nothing_is_lost_and_nothing_kept_twice(tmp_path):
    chance = random.Random(7)  # noqa: S311 - when to kill
    kills = 0
    for turn in range(KILLS):
        folder, safe, killed = tmp_path / str(turn), set(), True
        while killed:
            newly, killed = killed_crawl(folder, chance.uniform(0.0, 0.35))
            kills += killed
            safe |= newly
            with open_archive(folder, now) as archive:
                kept = [version.url for version in archive.versions()]
            assert len(kept) == len(set(kept))
            assert safe <= set(kept)
            assert sorted(page.url for page in pages(folder)) == sorted(kept)
        assert len(kept) == 200
        assert all(page.item == ITEM for page in pages(folder))
    assert kills


def test_a_file_that_was_but_begun_is_gone(tmp_path):
    with open_archive(tmp_path, now) as archive:
        archive.keep(capture(url(1)))
    (tmp_path / "pages-20261124T020000Z-0009.warc.gz").touch()
    with open_archive(tmp_path, now):
        assert len(pages(tmp_path)) == 1


@pytest.mark.parametrize(("module", "instant"), [("_frontier.Frontier", "commit"), ("_tape.Tape", "sync")])
def test_killed_beside_the_commit_nothing_is_fetched_again(tmp_path, monkeypatch, module, instant):
    child = os.fork()
    if not child:
        with open_archive(tmp_path, now) as archive:
            archive.add([Found(url(1), "vestnik", item=ITEM), Found(url(2), "vestnik")])
            archive.flush()
            archive.keep(capture(url(1), item=ITEM, retry_at=START + timedelta(days=1), ETag='"7"'))
            monkeypatch.setattr(f"pipeline.crawl.archive.{module}.{instant}", lambda *_: os.kill(os.getpid(), 9))
            archive.flush()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    with open_archive(tmp_path, now) as archive:
        assert [known.found.url for known in archive.due(START)] == [url(2)]
        (again,) = archive.due(START + timedelta(days=1))
        assert (again.found.url, again.etag, again.found.item) == (url(1), '"7"', ITEM)
    assert [page.item for page in pages(tmp_path)] == [ITEM]
