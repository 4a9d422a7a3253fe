"""Subscriptions with a name, a pause and a way back; digests that wait for a day; watched demands; open questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from config.topics import load_topics

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _subscriptions()
    op.add_column("digest_entries", sa.Column("not_before", sa.Date(), nullable=True))
    _watches()
    op.create_table(
        "dialogs",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat", "person", name=op.f("pk_dialogs")),
    )


def _subscriptions() -> None:
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("paused_until", moment, nullable=True),
        sa.Column("unclear_since", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
    ):
        op.add_column("subscriptions", column)
    table = sa.table("subscriptions", sa.column("kind"), sa.column("query"), sa.column("topic"))
    ids = [topic.id for topic in load_topics()]
    # What names a topic was stored by the topic's id.
    op.execute(sa.update(table).where(table.c.kind == "topic", table.c.query.in_(ids)).values(topic=table.c.query))


def _watches() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("text_key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name=op.f("fk_watches_chat"), onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_watches_resolution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("chat", "resolution_id", "text_key", name=op.f("uq_watches_chat_resolution_id_text_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_watches_remind_on"), "watches", ["remind_on"], unique=False)
