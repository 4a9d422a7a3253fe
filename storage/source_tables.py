"""Tables about sources: what administrators look at, and documents on their way to a reader (see `storage.tables`)."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.metadata import metadata

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
    sa.Column("source_id", Text, nullable=False),
    sa.Column("address", Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("content_type", Text),
    sa.Column("etag", Text),
    sa.Column("last_modified", Text),
    sa.Column("seen_at", Moment, nullable=False, comment="the moment of the round that fetched it"),
    sa.Column("outcome", sa.JSON(none_as_null=True), comment="what became of it; NULL: not read yet"),
    sqlite_autoincrement=True,
)
