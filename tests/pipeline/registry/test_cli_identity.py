"""`svodka registry resolve`, `merge`, `split` and `search`."""

import json

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import OptionError
from pipeline.registry import schema
from pipeline.registry.database import reading
from tests.pipeline.registry.stories import on, tell


def run(url, *arguments):
    return CliRunner().invoke(app, ["registry", *arguments, "--registry", url], env={"SVODKA_KEEPER": "Анна"})


def said(url, *arguments):
    result = run(url, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def told(database, registry_url):
    names = ("Анна Берёзкина", "Анна Берёзкина", "Олег Седов")
    tell(database, *(on(f"2024-03-0{day}", name=f"article-{day}").person(name) for day, name in enumerate(names, 1)))
    assert "2 descriptions of entities compared" in said(registry_url, "resolve")
    with reading(database) as connection:
        query = select(schema.entity.c.id).order_by(schema.entity.c.first_seen)
        return connection.execute(query).scalars().all()


def found(url, query):
    return [found["id"] for found in json.loads(said(url, "search", query, "--json"))]


def test_search(told, registry_url):
    one, _, other = told
    assert found(registry_url, "берёзкиной") == [one]
    assert "Олег Седов" in said(registry_url, "search", "седов", "--kind", "person")
    assert "nothing found" in said(registry_url, "search", "седов", "--kind", "place")
    assert found(registry_url, other) == [other]
    assert isinstance(run(registry_url, "search", "седов", "--kind", "wizard").exception, OptionError)


def test_merge_and_its_undoing(told, registry_url, database):
    one, _, other = told
    assert f"{other} and {one} are {one} now" in said(registry_url, "merge", other, one, "--why", "замужем")
    assert found(registry_url, "седов") == [one]
    with reading(database) as connection:
        [word] = connection.execute(select(schema.judgement)).all()
    assert (word.verdict, word.who, word.why) == ("same", "Анна", "замужем")
    said(registry_url, "merge", other, one, "--undo")
    assert found(registry_url, "седов") == [other]


def test_split_and_its_undoing(told, registry_url):
    one, two, other = told
    listed = said(registry_url, "split", one)
    assert one in listed
    assert two in listed
    assert other not in listed
    assert f"{two} is {two} now, and {one} is {one}" in said(registry_url, "split", one, two)
    assert sorted(found(registry_url, "берёзкина")) == sorted([one, two])
    assert "taken back: 1 judgements" in said(registry_url, "split", two, "--undo")
    assert found(registry_url, "берёзкина") == [one]


def test_what_is_refused(told, registry_url):
    one, *_ = told
    assert "per-none: no such entity" in str(run(registry_url, "merge", one, "per-none").exception)


def test_all_anew(told, registry_url):
    assert "2 descriptions of entities compared" in said(registry_url, "resolve", "--all")
    assert found(registry_url, "берёзкина") == [told[0]]
