"""The version of a registry's tables: found, compared with this Svodka's, brought up to date by alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from pipeline.errors import RegistryError
from pipeline.registry.schema import metadata

VERSION_TABLE = "registry_version"  # a name of its own: a team's database may hold other tables by alembic

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def migrate(connection: Connection, name: str, target: str = "head") -> None:
    """Make the tables, or bring them up to a version; the caller sees to it that nobody else does so at this time.

    Raises RegistryError where the tables are newer than this Svodka or something else's. `name`: of the registry.
    """
    found = tables_version(connection)
    if found is None:
        _check_room(connection, name)
    elif not is_known(found):
        raise RegistryError(f"{name}: its tables are of version {found}, which is newer than this Svodka; "
                            "bring Svodka up to date")  # fmt: skip
    command.upgrade(_config(connection), target)


def check_version(connection: Connection, name: str) -> None:
    """Raise RegistryError unless the tables are there and of this Svodka's version."""
    found, wanted = tables_version(connection), _scripts().get_current_head()
    if found is None:
        raise RegistryError(f"{name}: no registry in it; `svodka registry load` makes one")
    if found != wanted:
        raise RegistryError(f"{name}: its tables are of version {found}, this Svodka's of {wanted}; "
                            "`svodka registry upgrade` brings older ones up to date")  # fmt: skip


def tables_version(connection: Connection) -> str | None:
    """Tell the version of the tables that are there; None where there are none."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def is_known(version: str) -> bool:
    """Tell whether this Svodka has that version, its own or an older one."""
    return version in {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    return config


def _check_room(connection: Connection, name: str) -> None:
    """Refuse a database in which a registry cannot be made."""
    if taken := sorted(set(inspect(connection).get_table_names()) & set(metadata.tables)):
        raise RegistryError(f"{name}: tables of something else are there ({', '.join(taken)}); "
                            "give the registry a database of its own")  # fmt: skip
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise RegistryError(f"{name}: its encoding is {encoding}; a registry needs UTF8: "
                                "createdb --encoding=UTF8 --template=template0 NAME")  # fmt: skip
