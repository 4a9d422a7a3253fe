"""Alembic's entry: run inside the transaction that `storage.migrate` has opened, never on its own."""

from __future__ import annotations

from alembic import context

from storage.migrations.postgresql_types import adjust_types
from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
    if connection.dialect.name == "postgresql":
        adjust_types(connection)
