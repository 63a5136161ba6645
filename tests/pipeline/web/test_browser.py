"""The pages in a real browser: Debian's chromium, driven by Playwright; skipped where either is missing."""

import os
import shutil
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from pipeline.registry.articles import article_view
from pipeline.registry.database import reading
from pipeline.web import access, application, listen, server
from tests.pipeline.records import a_record
from tests.pipeline.registry.test_load import load
from tests.pipeline.web.test_routes import statuses

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
    page.set_default_timeout(10_000)
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
