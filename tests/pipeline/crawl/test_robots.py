"""robots.txt by RFC 9309."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.crawl.archive import RobotsFile
from pipeline.crawl.robots import MOST_BYTES, is_fresh, remembered, robots_url, rules

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
SITE = "https://vestnik.example"


def allows(text, path="/a", product="SvodkaBot"):
    body = text if isinstance(text, bytes) else text.encode()
    return rules(RobotsFile(NOW, 200, body), product, NOW).allows(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("<!doctype html><title>Вестник</title>", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("user-AGENT : * # all\ndisallow : /a # this", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /a", "/a/1", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),  # equivalent: allow
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b", False),  # the longest
        ("User-agent: *\nDisallow: /*.php$", "/x.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x.php?a=1", True),
        ("User-agent: *\nDisallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", False),
        ("User-agent: *\nDisallow: /a?b", "/a?b=1", False),
        ("User-agent: svodkabot\nDisallow: /", "/a", False),
        ("User-agent: SvodkaBot/2.0\nDisallow: /", "/a", False),
        ("User-agent: SvodkaBot\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SvodkaBot\nDisallow: /b", "/a", True),
        ("User-agent: Other\nUser-agent: SvodkaBot\nDisallow: /a", "/a", False),
        ("User-agent: SvodkaBot\nDisallow: /a\n\nUser-agent: Other\n\nUser-agent: SvodkaBot\nDisallow: /b",
         "/b", False),  # groups of one name are one
        ("User-agent: Svodka\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", False),  # another's name
        ("User-agent: SvodkaBot-News\nDisallow: /", "/a", True),
        ("Disallow: /", "/a", True),  # of no group
        ("User-agent: *\nCrawl-delay: soon\nNonsense\nDisallow: /a", "/a", False),
        (b"User-agent: *\nDisallow: /\xff\xfe\n\0Disallow: /a", "/a", False),
    ],
)  # fmt: skip
def test_rules(text, path, allowed):
    assert allows(text, path) is allowed


def test_delay_and_sitemaps():
    ours = rules(RobotsFile(NOW, 200, b"Sitemap: https://vestnik.example/s.xml\nUser-agent: *\nCrawl-delay: 2.5\n"
                            b"User-agent: x\nCrawl-delay: 9\nSitemap: /t.xml"), "SvodkaBot", NOW)  # fmt: skip
    assert ours.delay == 2.5
    assert ours.sitemaps == ("https://vestnik.example/s.xml", "/t.xml")
    assert rules(RobotsFile(NOW, 200, b"User-agent: *\nRequest-rate: 1/10"), "SvodkaBot", NOW).delay == 10
    assert rules(RobotsFile(NOW, 200, b"User-agent: *\nCrawl-delay: -5"), "SvodkaBot", NOW).delay == 0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 301])
def test_where_there_is_none_all_is_allowed(status):
    file = remembered(None, status, b"User-agent: *\nDisallow: /", NOW)
    assert rules(file, "SvodkaBot", NOW).allows(SITE)
    assert not file.failing_since


@pytest.mark.parametrize("status", [None, 429, 500, 503])
def test_where_it_is_unreachable_all_is_disallowed_for_a_month(status):
    before = RobotsFile(NOW - timedelta(days=2), 200, b"User-agent: *\nDisallow: /b")
    file = remembered(before, status, b"", NOW)
    assert not rules(file, "SvodkaBot", NOW).is_reachable
    assert not rules(file, "SvodkaBot", NOW).allows(SITE + "/a")
    assert rules(file, "SvodkaBot", NOW).allows(SITE + "/robots.txt")
    again = remembered(file, None, b"", NOW + timedelta(days=31))
    ours = rules(again, "SvodkaBot", NOW + timedelta(days=31))
    assert (ours.allows(SITE + "/a"), ours.allows(SITE + "/b")) == (True, False)  # by the last that was had
    nothing = remembered(remembered(None, status, b"", NOW), status, b"", NOW + timedelta(days=31))
    assert rules(nothing, "SvodkaBot", NOW + timedelta(days=31)).allows(SITE + "/a")
    assert rules(remembered(again, 200, b"", NOW), "SvodkaBot", NOW).is_reachable


def test_it_is_asked_for_again_after_a_day_and_sooner_while_it_fails():
    good, bad = remembered(None, 200, b"", NOW), remembered(None, 500, b"", NOW)
    hours = (0, 0.9, 23.9, 24)
    assert [is_fresh(good, NOW + timedelta(hours=h)) for h in hours] == [True, True, True, False]
    assert [is_fresh(bad, NOW + timedelta(hours=h)) for h in hours] == [True, True, False, False]
    assert not is_fresh(None, NOW)
    assert not is_fresh(good, NOW - timedelta(hours=1))  # a clock that was wrong


def test_half_a_mebibyte_is_read():
    padding = b"# x\n" * (500 * 1024 // 4)
    assert not allows(padding + b"User-agent: *\nDisallow: /")
    assert len(remembered(None, 200, b"x" * 10**7, NOW).body) == MOST_BYTES


def test_where_it_is():
    assert robots_url("http://me:word@vestnik.example:81/a?b#c") == "http://vestnik.example:81/robots.txt"
