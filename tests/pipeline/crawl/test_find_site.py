"""The documents of the test site, in all their forms, through the finders."""

from zoneinfo import ZoneInfo

import pytest

from pipeline.crawl.capture import Found, Role
from pipeline.crawl.find import read_document
from tests.site.documents import WRITERS, calendar, document
from tests.site.plan import FORMS, TRAPS, random_plan

MOSCOW = ZoneInfo("Europe/Moscow")
PLANS = [random_plan(seed) for seed in range(8)]
ROLES = {form: Role(role) for role, forms in FORMS.items() for form in forms}


def read(content, role, path="/x"):
    return read_document(content, Found(f"http://127.0.0.1:80{path}", "s", role), MOSCOW)


def written(host, doc, part=""):
    return document(host, doc, part, port=80, night=3).body


CASES = [(host, doc) for plan in PLANS for host in plan.hosts for doc in host.documents if doc.form in ROLES]


@pytest.mark.parametrize(("host", "doc"), CASES, ids=lambda value: getattr(value, "form", ""))
def test_a_document_gives_its_articles_and_no_others(host, doc):
    finding = read(written(host, doc), ROLES[doc.form], doc.path)
    if doc.form in {"index", "loop"}:
        assert {found.role for found in finding.founds} <= {Role.SITEMAP}
        finding = read(written(host, doc, "0"), Role.SITEMAP, doc.path)
    paths = {found.url.partition("//")[2].partition("/")[2] for found in finding.founds}
    assert paths == {
        item.path.removeprefix("/") for item in host.items if item.listed == doc.path and item.first_night <= 3
    }


def test_an_endless_calendar_gives_nothing():
    assert read(calendar("/calendar/2026/11/").body, Role.SECTION, "/calendar/2026/11/").founds == ()


@pytest.mark.parametrize("form", TRAPS)
def test_traps_give_nothing(form):
    for role in (Role.FEED, Role.SITEMAP, Role.SECTION):
        finding = read(WRITERS[form][0]([]), role)
        assert finding.founds == ()
        assert "refused" in finding.complaints[0]
