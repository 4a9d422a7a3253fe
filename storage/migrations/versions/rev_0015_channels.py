"""Channels, and the private chats that they are managed from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=False, comment="a private chat"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name=op.f("fk_channels_chat"), onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("chat", "manager", name=op.f("uq_channels_chat_manager")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_channels_manager"), "channels", ["manager"], unique=False)
