"""The page on sources tells of every key, and its examples are what is said of them."""

import re
from pathlib import Path

import pytest

from pipeline.crawl.sources import Limits, Night, Source, Sources, sources_from
from pipeline.crawl.sources.source import Habits
from pipeline.errors import SourcesError

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
ROWS = {
    name: cells[1:]
    for line in PAGE.splitlines()
    if (cells := [cell.strip() for cell in line.strip("|").split(" | ")]) and line.startswith("| `")
    for name in re.findall(r"`(\w+)`", cells[0])
}


@pytest.mark.parametrize("model", [Sources, Source, Night, Limits])
def test_every_key_is_told(model):
    assert [
        key for key in model.model_fields if key != "name" and f"`{key}`" not in PAGE and f"[{key}" not in PAGE
    ] == []


@pytest.mark.parametrize("key", [*Habits.model_fields, "user_agent", "concurrency", "retries"])
def test_the_defaults_are_as_told(key):
    told = {name: cells[0] for name, cells in ROWS.items() if len(cells) > 1}[key].strip("`")
    if key == "user_agent":
        assert told.strip('"') == Sources.model_fields[key].default
        return
    written = {"headers": "headers = {}"}.get(key, f"{key} = {told}")
    source = 'contact = "a@b.ru"\n[sources.a]\nurls = ["http://a.ru"]\n'
    if key in Habits.model_fields:
        assert sources_from(source + written) == sources_from(source)
    else:
        assert sources_from(f"{written}\n{source}") == sources_from(source)


def test_the_budgets_are_as_told():
    for model in (Night, Limits):
        for key, field in model.model_fields.items():
            assert f"`{key}` ({field.default:g}" in PAGE


def test_the_smallest_table_is_valid():
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert sources_from(block).sources[0].name == "vestnik"


def test_the_problems_are_as_printed():
    (block,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    with pytest.raises(SourcesError) as caught:
        sources_from('[sources.vestnik]\nurls = ["http://a.ru"]\nfeds = []\ntime_zone = "Omsk"')
    printed = [f"sources.toml: {problem}" for problem in caught.value.problems]
    assert sorted(block.splitlines()) == sorted(printed)
