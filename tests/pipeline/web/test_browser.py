"""The pages in a real browser: Debian's chromium, driven by Playwright; skipped where either is missing."""

import os
import shutil
import threading
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest

from pipeline.registry.belief.articles import article_view
from pipeline.registry.database import reading
from pipeline.registry.resolve import resolve
from pipeline.web import access, application, listen, server
from tests.pipeline.records import a_record
from tests.pipeline.registry.test_load import load
from tests.pipeline.web.test_routes import an_id, statuses

WIDTHS = {"desktop": 1280, "phone": 375}


@contextmanager
def served(database):
    """A server on a free port of this machine, for as long as it is wanted."""
    taken = listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    running = server(application(database, access("127.0.0.1", port), who="ольга"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [taken]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(timeout=20)
        taken.close()
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip(f"needs one of {', '.join(names)}")
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        launched = playwright.chromium.launch(executable_path=path, args=options)
        yield launched
        launched.close()


@contextmanager
def visit(browser, here, width=1280):
    """A page that may ask nobody but the server, and whose complaints fail the test."""
    complaints, outside = [], []
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="ru-RU")

    def route(handled):
        if urlsplit(handled.request.url).netloc == urlsplit(here).netloc:
            handled.continue_()
        else:
            outside.append(handled.request.url)
            handled.abort()

    context.route("**/*", route)
    page = context.new_page()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(60_000)
    try:
        yield page
    finally:
        context.close()
    assert complaints == []
    assert outside == []


def says(page, words):
    """Wait for words on a page that is all there, its script too."""
    page.get_by_text(words).wait_for()
    page.wait_for_load_state("load")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_an_article_with_its_evidence(browser, database, width):
    load(database, a_record())
    with reading(database) as connection:
        said = article_view(connection, "a1").said
    told = next(one.testimony for one in said if one.prop == "inn")
    with served(database) as here, visit(browser, here, width) as page:
        page.goto(f"{here}/article/a1?statement={told.seq}")
        mark = page.locator("mark.chosen")
        assert mark.text_content() == told.original
        assert mark.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
        )
        page.locator("a.mark", has_text="Тверь").or_(page.locator("a.mark", has_text="Твери")).first.click()
        assert page.locator("mark.chosen").text_content() == "Твери"
        assert fits(page)


def test_the_queue_by_keys(browser, database):
    load(database, a_record())
    load(database, a_record("a2"))
    with served(database) as here, visit(browser, here) as page:
        page.goto(f"{here}/review?matter=holder")
        first = page.locator("form#whole input[name=claims]").get_attribute("value")
        page.keyboard.press("s")
        says(page, "Отложено на потом")
        assert page.locator("form#whole input[name=claims]").get_attribute("value") != first
        page.keyboard.press("a")
        says(page, "Принято.")
        page.keyboard.press("u")
        says(page, "Отменено")
        page.keyboard.press("r")
        says(page, "Отвергнуто.")
    assert statuses(database, "holder") == {"rejected", "proposed"}


def test_typing_presses_no_buttons(browser, database):
    load(database, a_record())
    with served(database) as here, visit(browser, here) as page:
        page.goto(f"{here}/review")
        page.get_by_text("Исправить…").first.click()
        page.get_by_placeholder("Верное значение").first.fill("")
        page.keyboard.type("arsu")
        assert page.get_by_placeholder("Верное значение").first.input_value() == "arsu"
    assert statuses(database, "holder") == {"proposed"}


def test_from_a_search_to_what_is_new(browser, database):
    """The keeper's way: search as one types, card, evidence, article, a decision by its key, and what came of it."""
    load(database, a_record())
    resolve(database)
    with served(database) as here, visit(browser, here) as page:
        page.goto(here)
        page.get_by_placeholder("Название").fill("исто")
        page.get_by_role("button", name="Найти").click()
        page.get_by_placeholder("Название").fill("берёзкиной")
        page.locator("#found a", has_text="Анна Берёзкина").wait_for()
        assert page.locator("#found a", has_text="Исток").count() == 0
        assert page.url.endswith(f"/search?{urlencode({'q': 'берёзкиной', 'kind': ''})}")
        page.locator("#found a", has_text="Анна Берёзкина").click()
        page.get_by_role("heading", name="Анна Берёзкина", level=1).wait_for()
        page.locator(".row .why > summary").first.click()
        page.locator(".row .why blockquote mark", has_text="Анна Берёзкина").first.wait_for()
        page.locator(".row .why[open] .source a").first.click()
        assert "Анна Берёзкина" in page.locator("mark.chosen").first.text_content()
        page.get_by_role("link", name="Проверка").click()
        page.get_by_role("navigation", name="О чём").get_by_role("link", name="Должности").click()
        page.get_by_role("heading", name="Анна Берёзкина").wait_for()
        page.wait_for_load_state("load")
        page.keyboard.press("a")
        says(page, "Принято.")
        page.get_by_role("link", name="Что нового").click()
        page.get_by_role("heading", name="Решения людей").wait_for()
        assert page.get_by_text("Анна Берёзкина — директор").count() > 0
    assert statuses(database, "holder") == {"accepted"}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_fits_and_is_named(browser, database, width):
    for name in ("a1", "a2"):
        load(database, a_record(name))
    resolve(database)
    fund = an_id(database, "organization")
    addresses = ("/", "/search?q=исток", f"/entity/{fund}", f"/entity/{fund}/history", f"/entity/{fund}/merge",
                 "/article/a1", "/review", "/review/list", f"/review?entity={fund}", "/changes",
                 "/conflicts")  # fmt: skip
    with served(database) as here, visit(browser, here, width) as page:
        for address in addresses:
            page.goto(here + address)
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
            assert fits(page), address
            assert page.locator("h1").count() == 1, address
            assert page.evaluate(UNNAMED) == [], address


# Fields and buttons that a screen reader could not name, and ids that are there twice.
UNNAMED = """() => {
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, button")];
  const named = (field) => field.labels?.length && field.labels[0].textContent.trim() || field.textContent.trim()
    || field.getAttribute("aria-label");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return [...fields.filter((field) => !named(field)).map((field) => field.outerHTML),
          ...ids.filter((id, place) => ids.indexOf(id) !== place)];
}"""
