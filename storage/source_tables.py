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
    sa.Column("source", Text, nullable=False, comment="its address"),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="empty when it was read"),
    sa.Column("content_type", Text),
    sa.Column("put_at", Moment, nullable=False),
    sa.Column("answer", sa.JSON(none_as_null=True), comment="the reading, or why there is none; NULL: not read yet"),
    sqlite_autoincrement=True,
)
