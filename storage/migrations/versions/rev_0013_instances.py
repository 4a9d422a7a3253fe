"""Several instances on one PostgreSQL: who has claimed an update, documents to read, and news by NOTIFY."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TOLD = ("outbox", "revisions", "unread")


def upgrade() -> None:
    op.add_column("received", sa.Column("claimed_by", sa.Integer(), nullable=True))
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "unread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=True),
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
    for table in TOLD:
        op.execute(f"CREATE TRIGGER tell AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION tell()")
