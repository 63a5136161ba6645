"""How alembic runs a migration here: on the connection that `pipeline.registry.database` hands it."""

from alembic import context

from pipeline.registry.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=context.config.attributes["version_table"],
)
context.run_migrations()
