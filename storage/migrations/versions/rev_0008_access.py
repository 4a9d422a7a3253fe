"""Who has access: invitations, admissions, and the chats whose access has ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    barred = sa.Column("barred_at", moment, comment="since when it has no access, and nothing is sent there")
    op.add_column("chats", barred)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="for whom it is, by role"),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
        sqlite_autoincrement=True,
    )
    _admissions(moment)
    op.create_table(
        "turned_away",
        sa.Column("who", sa.Text(), nullable=False, comment="a keyed hash of the chat"),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_turned_away")),
    )
    op.create_index(op.f("ix_turned_away_told_on"), "turned_away", ["told_on"], unique=False)


def _admissions(moment: sa.DateTime) -> None:
    op.create_table(
        "admissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False, comment="a whole chat, without topics"),
        sa.Column("note", sa.Text(), nullable=False, comment="for whom it is, by role"),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("admitted_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_admissions_invitation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admissions")),
        sa.UniqueConstraint("chat", name=op.f("uq_admissions_chat")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_admissions_invitation_id"), "admissions", ["invitation_id"], unique=False)
