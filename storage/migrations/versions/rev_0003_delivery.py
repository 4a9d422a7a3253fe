"""Delivery: a chat's wishes about when and how, held resolutions, what a message tells of, updates handled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _chats()
    op.add_column("outbox", sa.Column("about", sa.Text(), nullable=True))
    op.create_table(
        "holds",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_holds_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", name=op.f("pk_holds")),
    )
    op.create_table(
        "updates",
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("transport", "number", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_begun_at"), "updates", ["begun_at"], unique=False)


def _chats() -> None:
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("digest_days", sa.Integer(), nullable=False, server_default="127"),
        sa.Column("empty_digests", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("paused_until", moment, nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("look_at", moment, nullable=True),
    ):
        op.add_column("chats", column)
    op.create_index("ix_chats_look_at", "chats", ["look_at"], unique=False)
    # Every chat there is is looked at once; that finds out when its next digest is.
    op.execute("UPDATE chats SET look_at = created_at")
