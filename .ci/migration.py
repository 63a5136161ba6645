"""Write the steps from the registry's last migration to its schema, as `pipeline/registry/schema.py` has it now.

    python .ci/migration.py            prints what a new migration has to do; nothing when nothing is missing
    python .ci/migration.py --first    writes 0001 anew: only as long as no registry is in use anywhere

A new migration is a module `NNNN_what.py` in `migrations/versions` with `revision`, `down_revision` and these steps;
steps that move data are written by hand.
tests/pipeline/registry/test_migrations.py compares the outcome with the schema.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp, MigrateOperation, UpgradeOps
from sqlalchemy import create_engine

from pipeline.registry.database import open_database
from pipeline.registry.database.versions import VERSION_TABLE
from pipeline.registry.schema import metadata

FIRST = Path(__file__).parents[1] / "pipeline" / "registry" / "migrations" / "versions" / "0001_registry.py"
WIDTH = 120
ALIASES = (
    ('sa.Text().with_variant(sa.Text(collation="C"), "postgresql")', "TEXT"),
    ('sa.BigInteger().with_variant(sa.Integer(), "sqlite")', "SEQ"),
)
HEAD = '''"""The registry's first tables. Written by .ci/migration.py; frozen once a registry is in use."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# fmt: off
'''


def missing(*, first: bool) -> list[MigrateOperation]:
    """Compare the schema with no tables at all, or with those that the migrations make."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/registry.db"
        engine = create_engine(url) if first else open_database(url, create=True).engine
        with engine.connect() as connection:
            options = {"compare_type": True, "version_table": VERSION_TABLE}
            context = MigrationContext.configure(connection, opts=options)
            return list(produce_migrations(context, metadata).upgrade_ops.ops)


def step(operation: MigrateOperation) -> str:
    """Write a step as Python."""
    code = render_python_code(UpgradeOps(ops=[operation])).replace("'", '"')
    lines = [line.strip() for line in code.splitlines() if not line.strip().startswith("#")]
    for long, short in ALIASES:
        lines = [line.replace(long, short) for line in lines]
    return "\n".join(packed(lines) if isinstance(operation, CreateTableOp) else (f"    {line}" for line in lines))


def packed(lines: Sequence[str]) -> Iterator[str]:
    """Put as many columns in a line as fit."""
    first, *columns, last = lines
    yield f"    {first}"
    line = " " * 7
    for column in columns:
        if len(line) + 1 + len(column) > WIDTH:
            yield line
            line = " " * 7
        line += f" {column}"
    yield line
    yield f"    {last}"


def first() -> str:
    """Write the module of the first migration: a function a table, then one that calls them all."""
    tables: dict[str, list[str]] = {}
    for operation in missing(first=True):
        tables.setdefault(operation.table_name, []).append(step(operation))  # type: ignore[attr-defined]
    functions = [f"\ndef _{name}() -> None:\n" + "\n".join(steps) + "\n" for name, steps in tables.items()]
    calls = "\n".join(f"    _{name}()" for name in tables)
    return HEAD + "\n".join(functions) + f'\n\ndef upgrade() -> None:\n    """Make the tables."""\n{calls}\n'


def main() -> int:
    """Do what the command line asks for."""
    if "--first" in sys.argv:
        FIRST.write_text(first(), encoding="utf-8")
        return 0
    steps = [step(operation) for operation in missing(first=False)]
    print("\n".join(steps), end="\n" if steps else "")
    return 1 if steps else 0


if __name__ == "__main__":
    sys.exit(main())
