"""Tables about chats: what each wants to hear of, and how."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.tables.schema import metadata

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("key", Text, primary_key=True),
    sa.Column("timezone", Text, nullable=False),
    sa.Column("digest_minute", Whole),
    sa.Column("last_digest_on", sa.Date),
    sa.Column("state", Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("digest_days", Whole, nullable=False, server_default="127", comment="bit 0: Monday … 6: Sunday"),
    sa.Column("empty_digests", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("quiet_from", Whole, comment="minutes from local midnight; may lie after quiet_until"),
    sa.Column("quiet_until", Whole),
    sa.Column("paused_until", Moment, comment="the chat's own wish; `state` is what the chat system says"),
    sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("closed_at", Moment, comment="since when `state` is paused"),
    sa.Column("look_at", Moment, comment="when its digest is to be looked at again"),
    sa.Column("barred_at", Moment, comment="since when it has no access, and nothing is sent there"),
    sa.Column("language", Text, comment="two letters; NULL: not chosen"),
    sa.CheckConstraint("digest_minute BETWEEN 0 AND 1439", name="ck_chats_digest_minute"),
    sa.CheckConstraint("state IN ('active', 'paused')", name="ck_chats_state"),
    sa.Index("ix_chats_look_at", "look_at"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("query", Text, nullable=False),
    sa.Column("query_key", Text, nullable=False, comment="the query without case and spare blanks"),
    sa.Column("label", Text, nullable=False),
    sa.Column("rhythm", Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("name", Text, comment="what the chat calls it; NULL: by its label"),
    sa.Column("topic", Text, comment="the id that the query is, where it is one"),
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("paused_until", Moment, comment="NULL while paused: until further notice"),
    sa.Column("unclear_since", Moment, comment="when the chat was told that it is not understood any more"),
    sa.Column("ended_at", Moment, comment="ended, and for a while to be had back"),
    sa.UniqueConstraint("chat", "kind", "query_key"),
    sa.Index("ix_subscriptions_kind_query_key", "kind", "query_key"),
    sqlite_autoincrement=True,
)

digest_entries = sa.Table(
    "digest_entries",
    metadata,
    sa.Column(
        "chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("revision", Whole, nullable=False),
    sa.Column("since", Whole, nullable=False, comment="the revision that was told before; 0 for a new one"),
    sa.Column("change", Text, nullable=False),
    sa.Column("labels", sa.JSON, nullable=False, comment="why it is told, see storage.reasons"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("not_before", sa.Date, comment="the local date of the first digest that it may stand in; NULL: any"),
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), nullable=False),
    sa.Column("text_key", Text, nullable=False, comment="hash over the text"),
    sa.Column("text", Text, nullable=False, comment="the demand word for word, as it stood when it was marked"),
    sa.Column("item", Whole),
    sa.Column("addressee", Text),
    sa.Column("due_on", sa.Date, comment="by when it is to be done"),
    sa.Column("due_said", Text, comment="the words for it where they name no day; due_on is then the last of them"),
    sa.Column("lead_days", Whole, nullable=False, comment="so long before that day it is reminded of"),
    sa.Column("remind_on", sa.Date, index=True, comment="local date of the next reminder; NULL: none is to come"),
    sa.Column("note", Text),
    sa.Column("done_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("chat", "resolution_id", "text_key"),
    sqlite_autoincrement=True,
)

dialogs = sa.Table(
    "dialogs",
    metadata,
    sa.Column("chat", Text, primary_key=True),
    sa.Column("person", Text, primary_key=True, comment="who was asked; empty in a chat of two"),
    sa.Column("command", Text, nullable=False, comment="what the answer completes, e.g. /meinabo 12 name"),
    sa.Column("expires_at", Moment, nullable=False),
)
