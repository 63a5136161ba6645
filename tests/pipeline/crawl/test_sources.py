from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.crawl.capture import Role
from pipeline.crawl.sources import example, read_sources, sources_from
from pipeline.errors import SourcesError

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEAD = 'contact = "bot@primer.ru"\n'


def one(table, head=HEAD):
    """Read a table with one source."""
    return sources_from(f"{head}[sources.primer]\n{table}").sources[0]


def problems(text):
    with pytest.raises(SourcesError) as caught:
        sources_from(text)
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def test_a_source_says_what_is_asked_for_each_night_feeds_first():
    source = one(
        'urls = ["https://primer.ru/a"]\nsections = ["https://primer.ru/news/"]\n'
        'sitemaps = ["https://primer.ru/s.xml"]\nfeeds = ["https://primer.ru/rss?utm_source=x"]'
    )
    asked = [(found.role, found.url, found.source) for found in source.documents()]
    assert asked == [
        (Role.FEED, "https://primer.ru/rss", "primer"),
        (Role.SITEMAP, "https://primer.ru/s.xml", "primer"),
        (Role.SECTION, "https://primer.ru/news/", "primer"),
        (Role.PAGE, "https://primer.ru/a", "primer"),
    ]


def test_defaults_are_for_all_sources_and_a_source_says_otherwise():
    table = sources_from(
        f'{HEAD}[defaults]\ndelay = 3\nheaders = {{Accept-Language = "ru", X-A = "1"}}\n'
        '[sources.a]\nfeeds = ["https://a.ru/rss"]\n'
        '[sources.b]\nfeeds = ["https://b.ru/rss"]\ndelay = 0.5\nheaders = {X-A = "2"}\ntime_zone = "Asia/Omsk"\n'
    )
    a, b = table.sources
    assert (a.delay, b.delay) == (3, 0.5)
    assert a.headers == {"Accept-Language": "ru", "X-A": "1"}
    assert b.headers == {"Accept-Language": "ru", "X-A": "2"}
    assert (a.time_zone, b.time_zone) == (ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Omsk"))


def test_who_asks():
    table = sources_from(
        'contact = "mailto:bot@primer.ru"\nuser_agent = "Moy-Bot/2.0"\n[sources.a]\nurls=["http://a.ru"]'
    )
    assert table.agent == "Moy-Bot/2.0 (+bot@primer.ru)"
    assert table.product == "Moy-Bot"


def test_a_disabled_source_is_not_crawled():
    table = sources_from(f'{HEAD}[sources.a]\nurls=["http://a.ru"]\n[sources.b]\nurls=["http://b.ru"]\nenabled=false')
    assert [source.name for source in table.sources] == ["a", "b"]
    assert [source.name for source in table.enabled] == ["a"]


def test_pages_are_of_the_sites_of_the_source_and_by_its_patterns():
    source = one(
        'feeds = ["https://feeds.primer.ru/rss"]\nsites = ["partner.ru"]\nurls = ["https://primer.ru/o/1"]\n'
        'include = ["/news/*"]\nexclude = ["/news/video/*"]'
    )
    assert source.takes("https://www.primer.ru/news/1")
    assert source.takes("https://www.partner.ru/news/1")
    assert source.takes("https://primer.ru/o/1")  # named by its address
    assert not source.takes("https://primer.ru/o/2")
    assert not source.takes("https://primer.ru/news/video/1")
    assert not source.takes("https://drugoy.ru/news/1")


@pytest.mark.parametrize(
    ("age", "days", "young"),
    [("7", 6, True), ("7", 8, False), ("7", None, True), ('"any"', 900, True), ("0", 1, False)],
)
def test_how_old_a_page_may_be(age, days, young):
    source = one(f'urls = ["https://primer.ru/"]\nmax_age_days = {age}')
    published = None if days is None else NOW - timedelta(days=days)
    assert source.recent(published, NOW) is young


def test_every_problem_is_told_at_once_with_its_place():
    told = problems(
        'contcat = "bot@primer.ru"\nallow_private = ["intranet"]\n[night]\nminuts = 3\n'
        "[defaults]\ndelya = 3\ndelay = -1\n"
        '[sources.x]\nfeds = []\nurls = ["https://x.ru/", "ftp://x.ru/"]\n'
        '[sources.y]\nfeeds = "https://y.ru/rss"\ntime_zone = "Moskva"\nfull_text = "both"'
    )
    assert told == [
        "contcat: there is no such key; did you mean contact?",
        "defaults.delay: should be greater than or equal to 0, not -1",
        "defaults.delya: there is no such key; did you mean delay?",
        "sources.x.urls[2]: should be an http or https address, such as https://example.ru/rss.xml, not 'ftp://x.ru/'",
        "sources.x.feds: there is no such key; did you mean feeds?",
        "sources.y.time_zone: should be a time zone's name, such as Europe/Moscow or Asia/Novosibirsk, not 'Moskva'",
        "sources.y.full_text: should be 'feed' or 'page', not 'both'",
        "sources.y.feeds: should be a list in brackets, not 'https://y.ru/rss'",
        "contact: is required",
        "allow_private[1]: should be a network or HOST:PORT, such as 10.1.0.0/16 or news.intranet:8080, not 'intranet'",
        "night.minuts: there is no such key; did you mean minutes?",
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "sources.primer: names nothing to read"),
        ('urls=["http://a.ru"]\nselector="a.title"', "sources.primer: has a selector, but no sections"),
        ('sections=["http://a.ru"]\nselector="a["', "sources.primer.selector: is no CSS selector"),
        ('urls=["http://a.ru"]\ndaily_min=5\ndaily_max=3', "sources.primer: daily_min = 5 is more than daily_max = 3"),
        ('urls=["http://a.ru"]\nexclude=["re:("]', "sources.primer.exclude[1]: is no regular expression"),
        ('urls=["http://a.ru"]\nname="b"', "sources.primer.name: a source's name is its table's"),
        ('urls=["http://a.ru"]\nsites=["http://a.ru/"]', "sources.primer.sites[1]: should be a host's name alone"),
        ('urls=["http://a.ru"]\nconcurrency=0', "sources.primer.concurrency: should be greater than or equal to 1"),
        ('urls=["http://a.ru"]\nignore_robots=true', "sources.primer.ignore_robots: there is no such key"),
    ],
)
def test_what_is_refused(table, told):
    (problem,) = problems(f"{HEAD}[sources.primer]\n{table}")
    assert problem.startswith(told)


@pytest.mark.parametrize("header", ["User-Agent", "host", "If-None-Match", "Accept-Encoding"])
def test_headers_of_the_crawler_are_its_own(header):
    (problem,) = problems(f'{HEAD}[sources.a]\nurls=["http://a.ru"]\nheaders={{{header}="tayna"}}')
    assert problem.startswith(f"sources.a.headers.{header}: is written by the crawler itself")


def test_what_headers_hold_is_never_shown():
    (problem,) = problems(f'{HEAD}[sources.a]\nurls=["http://a.ru"]\nheaders={{Cookie=12345}}')
    assert problem == "sources.a.headers.Cookie: should be a string in quotes"
    assert "tayna" not in repr(one('urls=["http://a.ru"]\nheaders={Cookie="tayna"}'))


@pytest.mark.parametrize(
    "text", ["", "contact = ", f"{HEAD}sources = 3", f"{HEAD}[sources]\n", f"{HEAD}[sources]\na = 1"]
)
def test_tables_without_sources(text):
    assert problems(text)


def test_broken_toml_is_told_with_its_line():
    (problem,) = problems(f"{HEAD}[sources.a\n")
    assert problem.startswith("is no TOML")
    assert "line 2" in problem


def test_a_file_that_is_not_there_and_one_that_is_no_text(tmp_path):
    with pytest.raises(SourcesError, match="there is no such file"):
        read_sources(tmp_path / "no.toml")
    (tmp_path / "cp1251.toml").write_bytes('contact = "почта"'.encode("cp1251"))
    with pytest.raises(SourcesError, match="cannot be read"):
        read_sources(tmp_path / "cp1251.toml")


def test_the_example_is_valid_and_names_fifteen_outlets():
    table = sources_from(example())
    assert len(table.enabled) == 15
    assert all(source.feeds for source in table.sources)
    assert min(source.delay for source in table.sources) >= 1


def test_the_command_prints_an_example_that_it_finds_right(tmp_path):
    file = tmp_path / "sources.toml"
    printed = CliRunner().invoke(app, ["sources", "example"])
    file.write_text(printed.output, encoding="utf-8")
    checked = CliRunner().invoke(app, ["sources", "check", str(file)])
    assert checked.exit_code == 0
    assert "kommersant" in checked.output
    assert "15 sources" in checked.output


def test_the_command_lists_every_problem(tmp_path):
    file = tmp_path / "sources.toml"
    file.write_text('[sources.a]\nfeds = []\n[sources.b]\nurls = ["x"]\n', encoding="utf-8")
    checked = CliRunner().invoke(app, ["sources", "check", str(file)])
    assert checked.exit_code == 2
    assert "sources.a.feds" in checked.output
    assert "sources.b.urls[1]" in checked.output
    assert "contact: is required" in checked.output
