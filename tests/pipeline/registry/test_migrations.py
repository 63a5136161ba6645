"""What the migrations make is what the schema says; older registries are brought up to date, newer ones left alone."""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from pipeline.errors import RegistryError
from pipeline.registry.database import open_database
from pipeline.registry.database import versions as module
from pipeline.registry.database.versions import VERSION_TABLE
from pipeline.registry.schema import metadata

ROOT = Path(__file__).parents[3]
LATER = '''"""A made-up later version: a column more."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0001"


def upgrade():
    op.add_column("article", sa.Column("later", sa.Text(), nullable=True))
'''


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Give a switch to a Svodka that has one migration more."""
    folder = tmp_path / "100%later" / "migrations"
    shutil.copytree(module._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(LATER, encoding="utf-8")
    return lambda: monkeypatch.setattr(module, "_MIGRATIONS", folder)


def columns(database, table="article"):
    return {column["name"] for column in inspect(database.engine).get_columns(table)}


def test_the_migrations_make_the_schema(database):
    with database.engine.connect() as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        assert found == [], "schema.py was changed: python .ci/migration.py --first writes migration 0001 anew"


def test_text_compares_by_code_point(database):
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite compares so")
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'text' AND table_schema = 'public' AND collation_name IS DISTINCT FROM 'C'"  # noqa: E501
    with database.engine.connect() as connection:
        assert connection.execute(text(query)).all() == []


def test_the_script_that_compares_says_that_nothing_is_missing():
    done = subprocess.run([sys.executable, ".ci/migration.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_an_older_registry_is_brought_up_to_date(registry_url, later):
    open_database(registry_url, create=True).engine.dispose()
    later()
    with pytest.raises(RegistryError, match="of version 0001, this Svodka's of 9999; `svodka registry upgrade`"):
        open_database(registry_url)
    upgraded = open_database(registry_url, create=True)
    assert "later" in columns(upgraded)
    upgraded.engine.dispose()
    open_database(registry_url).engine.dispose()


@pytest.mark.parametrize("create", [True, False])
def test_a_newer_registry_is_left_alone(registry_url, later, monkeypatch, create):
    with monkeypatch.context():
        later()
        open_database(registry_url, create=True).engine.dispose()
    monkeypatch.undo()
    with pytest.raises(RegistryError, match="9999"):
        open_database(registry_url, create=create)


def test_a_migration_that_fails_leaves_the_older_version(registry_url, later):
    open_database(registry_url, create=True).engine.dispose()
    later()
    broken = module._MIGRATIONS / "versions" / "9999_later.py"
    broken.write_text(LATER + '    op.execute("nonsense")\n', encoding="utf-8")
    with pytest.raises(RegistryError, match="nonsense"):
        open_database(registry_url, create=True)
    broken.write_text(LATER, encoding="utf-8")
    mended = open_database(registry_url, create=True)
    assert "later" in columns(mended)
    mended.engine.dispose()


def test_another_programs_tables_are_left_alone(registry_url):
    engine = create_engine(registry_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE article (number INTEGER)"))
    engine.dispose()
    with pytest.raises(RegistryError, match=r"something else are there \(article\)"):
        open_database(registry_url, create=True)


def test_another_program_that_uses_alembic_is_not_in_the_way(registry_url):
    engine: Engine = create_engine(registry_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
    engine.dispose()
    open_database(registry_url, create=True).engine.dispose()
    open_database(registry_url).engine.dispose()


def opened(url, start):
    start.wait(30)
    open_database(url, create=True).engine.dispose()


def test_four_processes_make_the_same_registry_at_once(registry_url):
    for_processes = multiprocessing.get_context("spawn")
    start = for_processes.Barrier(4)
    workers = [for_processes.Process(target=opened, args=(registry_url, start)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    database = open_database(registry_url)
    assert set(metadata.tables) <= set(inspect(database.engine).get_table_names())
    database.engine.dispose()
