"""`svodka registry show`, `history`, `conflicts`, `diff` and `trust` as a keeper meets them."""

import json

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import OptionError, RegistryError
from pipeline.registry.belief.find import find
from pipeline.registry.database import reading
from tests.pipeline.registry.stories import identify, on, tell

VEGA, ANNA, OLEG = "кластер «Вега»", "Анна Берёзкина", "Олег Седов"
MINISTRY = "Минэкономики Ольской области"


@pytest.fixture
def told(database, registry_url):
    """A registry with a cluster that came to a register, a minister who left and one who came."""
    tell(
        database,
        on("2024-01-10", "ria.ru").cluster(VEGA, status="planned", industry="станки"),
        on("2024-02-01", "ria.ru").holds(ANNA, "министр", MINISTRY, status="appointed", since="2024-01-30"),
        now="2024-03-01T03:00:00Z",
    )
    tell(
        database,
        on("2024-02-20", "tass.ru").cluster(VEGA, status="in_registry", industry="[мебель]").amount(VEGA, "2000000"),
        on("2024-06-20", "tass.ru").holds(ANNA, "министр", MINISTRY, status="dismissed", since="2024-06-18"),
        on("2024-06-21", "rbc.ru").holds(OLEG, "министр", MINISTRY, status="appointed"),
        now="2024-07-01T03:00:00Z",
    )
    identify(database)
    return registry_url


def ask(url, *arguments):
    result = CliRunner().invoke(app, ["registry", *arguments, "--registry", url], env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_show(told):
    shown = ask(told, "show", VEGA)
    for part in (VEGA, "cluster · clu-", "2 articles", "in_registry", "planned", "[мебель]", "ria.ru", "2000000"):
        assert part in shown, part
    assert "claim" not in shown


def test_show_why(told, database):
    shown = ask(told, "show", VEGA, "--why")
    with reading(database) as connection:
        (vega,) = find(connection, VEGA)
    assert ask(told, "show", vega.id, "--why") == shown
    for part in (
        "Упомянут 2024-02-20 tass.ru: кластер «Вега».»",
        "https://tass.ru/tass.ru-2024-02-20",
        "claim",
        "told",
    ):
        assert part in shown, part


def test_show_as_of_a_day(told):
    shown = ask(told, "show", VEGA, "--as-of", "2024-02-01")
    assert "planned" in shown
    assert "in_registry" not in shown


def test_who_was_minister_on_the_first_of_march(told):
    shown = ask(told, "show", MINISTRY, "--as-of", "2024-03-01")
    held = shown.partition("in post on 2024-03-01")[2]
    assert ANNA in held
    assert "certain" not in held.partition(ANNA)[0]
    assert OLEG not in held
    shown = ask(told, "show", MINISTRY)
    for part in ("2024-01-30", "2024-06-18", "by 2024-06-21", "open, seen 2024-06-21"):
        assert part in shown, part


def test_show_json(told):
    shown = json.loads(ask(told, "show", VEGA, "--json"))
    assert shown["name"] == VEGA
    status = next(value for value in shown["values"] if value["prop"] == "status")
    assert (status["value"], status["modality"]) == ("in_registry", "actual")
    assert 0 < status["standing"] < 1
    assert status["testimony"][0]["source"] == "tass.ru"


def test_history(told):
    shown = ask(told, "history", VEGA, "status")
    assert shown.index("status: planned") < shown.index("status: in_registry")
    assert "industry" not in shown
    assert "loaded 2024-07-01T03:00:00Z" in shown
    entries = json.loads(ask(told, "history", VEGA, "--json"))["entries"]
    assert {entry["prop"] for entry in entries} >= {"name", "status", "industry", "subject", "min"}


def test_conflicts(told):
    shown = ask(told, "conflicts")
    for part in (f"values: {VEGA}", "станки", "[мебель]", "1 conflicts", "claim"):
        assert part in shown, part
    assert ask(told, "conflicts", "--kind", "holders") == "0 conflicts\n"
    (conflict,) = json.loads(ask(told, "conflicts", "--json"))
    assert {side["value"] for side in conflict["sides"]} == {"станки", "[мебель]"}


def test_diff(told):
    shown = ask(told, "diff", "--since", "2024-06-30")
    for part in ("3 new articles", f"{VEGA}  planned (", "→ in_registry (", f"{OLEG} — министр, {MINISTRY}",
                 "status: dismissed", "end: 2024-06-18", "new conflicts (1)"):  # fmt: skip
        assert part in shown, part
    assert json.loads(ask(told, "diff", "--since", "2024-06-30T00:00+03:00", "--json"))["articles"] == 3
    assert "0 new articles" in ask(told, "diff", "--since", "2025-01-01")


def test_trust(told):
    assert (
        ask(told, "trust", "https://www.TASS.ru/news", "0.2", "--why", "спорные заметки", "--who", "Ольга")
        == "tass.ru: 0.2\n"
    )
    shown = ask(told, "trust")
    for part in ("tass.ru", "0.2", "Ольга", "спорные заметки", "rbc.ru", "0.85"):
        assert part in shown, part


def test_a_name_of_several(told, database):
    tell(
        database,
        on("2024-03-01", "kp.ru").organization("Вега"),
        on("2024-03-02", "kp.ru").organization("Вега", region="Ольск"),
    )
    with pytest.raises(RegistryError, match="means 2 entities"):
        ask(told, "show", "Вега")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("show", "никого"), RegistryError, "nothing of that name"),
        (("show", VEGA, "--as-of", "01.03.2024"), OptionError, "--as-of 01.03.2024: no day"),
        (("show", VEGA, "--json", "--why"), OptionError, "--json"),
        (("history", VEGA, "цвет"), OptionError, "no property"),
        (("diff", "--since", "вчера"), OptionError, "--since вчера"),
        (("trust", "tass.ru"), OptionError, "give its weight"),
        (("trust", "tass", "1"), RegistryError, "is no site"),
        (("trust", "tass.ru", "7"), RegistryError, "between 0"),
    ],
)
def test_what_cannot_be_answered(told, arguments, error, message):
    with pytest.raises(error, match=message):
        ask(told, *arguments)
