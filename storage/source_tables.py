"""The tables about sources that administrators look at (see `storage.tables` for all others)."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text
from storage.metadata import metadata

troubles = sa.Table(
    "troubles",
    metadata,
    sa.Column("source", Text, primary_key=True),
    sa.Column("kind", Text, primary_key=True),
    sa.Column("detail", Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
)
