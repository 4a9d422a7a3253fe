"""Tables about sources: what is known of them, their entries, rounds and troubles; documents on their way to a
reader."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.tables.schema import metadata

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("etag", Text),
    sa.Column("last_modified", Text),
    sa.Column("last_try", Moment),
    sa.Column("last_success", Moment),
    sa.Column("last_error", Text),
    sa.Column("failures", Whole, nullable=False),
    sa.Column("next_due", Moment),
    sa.Column("looked_once", sa.Boolean, nullable=False),
    sa.Column("moved_from", Text, comment="the catalogue's address that has moved for good"),
    sa.Column("moved_to", Text),
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("source_id", sa.ForeignKey("sources.id"), primary_key=True),
    sa.Column("address", Text, primary_key=True),
    sa.Column("position", Whole, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("title", Text),
    sa.Column("updated", Moment),
    sa.Column("etag", Text),
    sa.Column("last_modified", Text),
    sa.Column("sha256", Text),
    sa.Column("status", Text, nullable=False),
    sa.Column("silent", sa.Boolean, nullable=False),
    sa.Column("failures", Whole, nullable=False),
    sa.Column("next_due", Moment),
    sa.Column("error", Text),
    sa.Index("ix_entries_due", "source_id", "next_due"),
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("listed", Whole, nullable=False),
    sa.Column("fresh", Whole, nullable=False),
    sa.Column("error", Text),
)

troubles = sa.Table(
    "troubles",
    metadata,
    sa.Column("source", Text, primary_key=True),
    sa.Column("kind", Text, primary_key=True),
    sa.Column("detail", Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
)

unread = sa.Table(
    "unread",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("source", Text, nullable=False, comment="its address"),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="empty when it was read"),
    sa.Column("content_type", Text),
    sa.Column("put_at", Moment, nullable=False),
    sa.Column("answer", sa.JSON(none_as_null=True), comment="the reading, or why there is none; NULL: not read yet"),
    sqlite_autoincrement=True,
)
