"""The tables about who has access, and what administrators say."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.tables.schema import metadata

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("token_hash", Text, nullable=False, unique=True),
    sa.Column("note", Text, nullable=False, comment="for whom it is, by role"),
    sa.Column("uses", Whole, nullable=False),
    sa.Column("used", Whole, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

admissions = sa.Table(
    "admissions",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", Text, nullable=False, unique=True, comment="a whole chat, without topics"),
    sa.Column("note", Text, nullable=False, comment="for whom it is, by role"),
    sa.Column("invitation_id", sa.ForeignKey("invitations.id", ondelete="SET NULL"), index=True),
    sa.Column("admitted_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("manager", Text, nullable=False, index=True, comment="a private chat"),
    sa.Column("title", Text, nullable=False),
    sa.Column("connected_at", Moment, nullable=False),
    sa.UniqueConstraint("chat", "manager"),
    sqlite_autoincrement=True,
)

broadcasts = sa.Table(
    "broadcasts",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("text", Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("sent_at", Moment, comment="NULL: a draft"),
    sa.Column("chats", Whole, nullable=False, comment="to how many it went"),
    sqlite_autoincrement=True,
)

turned_away = sa.Table(
    "turned_away",
    metadata,
    sa.Column("who", Text, primary_key=True, comment="a keyed hash of the chat"),
    sa.Column("told_on", sa.Date, nullable=False, index=True),
)
