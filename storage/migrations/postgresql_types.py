"""After the migrations, on PostgreSQL: every column is of the type that `storage.column_types` promises.

A migration says `Integer` and `Text`, for every store. So whoever writes one need not think of this, and a column that
was added long ago is no different from one that was added today.
"""

from __future__ import annotations

import sqlalchemy as sa

_COLUMNS = sa.text(
    "SELECT table_name, column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = current_schema AND table_name != 'alembic_version'"
    " AND (data_type = 'integer' OR (data_type = 'text' AND collation_name IS DISTINCT FROM 'C'))"
    " ORDER BY table_name, ordinal_position"
)
_SEQUENCES = sa.text(
    "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema AND data_type = 'integer'::regtype"
)
_TYPES = {"integer": "BIGINT", "text": 'TEXT COLLATE "C"'}


def adjust_types(conn: sa.Connection) -> None:
    """Whole numbers become BIGINT, texts get the collation "C"; what has them already is left alone."""
    changes: dict[str, list[str]] = {}
    for table, column, kind in conn.execute(_COLUMNS):
        changes.setdefault(table, []).append(f"ALTER COLUMN {_quoted(column)} TYPE {_TYPES[kind]}")
    for table, columns in changes.items():  # a table is rewritten once at most
        conn.exec_driver_sql(f"ALTER TABLE {_quoted(table)} {', '.join(columns)}")
    for sequence in conn.scalars(_SEQUENCES):
        conn.exec_driver_sql(f"ALTER SEQUENCE {_quoted(sequence)} AS bigint")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
