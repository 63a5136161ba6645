"""`svodka sources check --fetch` and `discover`, on a real server."""

import tomllib

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import NetError, OptionError
from tests.site import Document, Host, Item, Plan, open_site
from tests.site.table import table

ITEMS = (Item(1, "/news/2026/11/24/100001-vesti", "/feed"), Item(2, "/news/2026/11/24/100002-vesti", "/feed"))


def run(*words):
    return CliRunner().invoke(app, ["sources", *words])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    good = Host("127.0.0.2", ITEMS, (Document("/feed", "rss"),), robots="open")
    down = Host("127.0.0.3", (), (Document("/gone", "rss", "410"),), robots="open")
    with open_site(Plan((good, down)), tmp_path_factory.mktemp("site")) as opened:
        yield opened


def test_a_barren_source_is_told_and_has_its_exit_code(site, tmp_path):
    file = tmp_path / "sources.toml"
    file.write_text(table(site, each='max_age_days = "any"'), encoding="utf-8")
    ran = run("check", str(file), "--fetch")
    assert ran.exit_code == 9, ran.output
    assert "gone" in ran.output
    assert "nothing to fetch from host1;" in ran.stderr
    asked = [request.path for request in site.settled()]
    assert sorted(asked) == ["/feed", "/gone", "/robots.txt", "/robots.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]
    file.write_text(file.read_text(encoding="utf-8").partition("[sources.host1]")[0], encoding="utf-8")
    assert run("check", str(file), "--fetch").exit_code == 0


def test_discover_proposes_a_table(site):
    ran = run("discover", site.url(0, "/feed"), "--contact", "tests@example.org", "--allow-private", "127.0.0.0/24")
    assert ran.exit_code == 0, ran.output
    [source] = tomllib.loads(ran.stdout)["sources"].values()
    assert source["feeds"] == [site.url(0, "/feed")]
    assert "tests@example.org" in site.settled()[-1].agent


def test_discover_tells_what_is_wrong(site):
    gone, allowed = site.url(1, "/gone"), ("--allow-private", "127.0.0.0/24")
    ran = run("discover", gone, "--contact", "tests@example.org", *allowed)
    assert isinstance(ran.exception, NetError)
    assert "gone" in str(ran.exception)
    private = run("discover", gone, "--contact", "tests@example.org")
    assert isinstance(private.exception, NetError)
    for words in ((gone, "--contact", "nobody"), ("ftp://vestnik.example", "--contact", "tests@example.org")):
        assert isinstance(run("discover", *words).exception, OptionError)
    assert run("discover", gone).exit_code == 2
