"""Several instances on one PostgreSQL: who has claimed an update, documents to read, and news by NOTIFY."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TOLD = {"outbox": "INSERT", "revisions": "INSERT", "unread": "INSERT OR UPDATE"}


def upgrade() -> None:
    op.add_column("received", sa.Column("claimed_by", sa.Integer(), nullable=True))
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "unread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("put_at", moment, nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        _tell()


def _tell() -> None:
    """The deliverer wakes, and every index catches up, whoever has written."""
    op.execute(
        "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM pg_notify('beschlussbote', TG_TABLE_NAME); RETURN NULL; END $$"
    )
    for table, events in TOLD.items():
        op.execute(f"CREATE TRIGGER tell AFTER {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION tell()")
