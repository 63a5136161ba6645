"""The corpus agrees with itself: what a gold record quotes is printed in its article, what it bars only in its page."""

import json
import tomllib
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
FOLDERS = [pytest.param(path.parent, id=path.parent.name) for path in sorted(PAGES.glob("*/record.json"))]


def gold(folder):
    return json.loads((folder / "record.json").read_text("utf-8")), (folder / "article.txt").read_text("utf-8")


def test_every_folder_is_complete():
    wanted = {"article.txt", "meta.toml", "record.json"}
    folders = [path for path in PAGES.iterdir() if path.is_dir()]
    assert len(folders) == len(FOLDERS) >= 24
    for folder in folders:
        names = {path.name for path in folder.iterdir()}
        assert len(names - wanted) == 1, folder.name
        assert names - wanted <= {"page.html", "page.txt"}, folder.name


def test_the_layouts_differ():
    layouts = {tomllib.loads((folder.values[0] / "meta.toml").read_text("utf-8"))["layout"] for folder in FOLDERS}
    assert len(layouts) >= 8


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_gold_quotes_is_in_the_article(folder):
    record, article = gold(folder)
    quoted = [fact["evidence"] for fact in record["facts"]]
    quoted += [entity["text"] for kind in ("dates", "money") for entity in record[kind]]
    quoted += [text for organization in record["organizations"] for text in organization["mentions"]]
    assert quoted
    assert [text for text in quoted if text not in article] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_must_not_appear_is_in_the_page_alone(folder):
    record, article = gold(folder)
    (path,) = folder.glob("page.*")
    page = path.read_bytes()
    barred = record["not_to_appear"]
    assert barred
    for words in barred:
        assert words not in article
        assert any(words.encode(charset, "replace") in page for charset in ("utf-8", "cp1251")), words
