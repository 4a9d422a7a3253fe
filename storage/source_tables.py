"""The tables about sources that administrators look at (see `storage.tables` for all others)."""

from __future__ import annotations

import sqlalchemy as sa

from storage.metadata import metadata
from storage.moment import Moment

troubles = sa.Table(
    "troubles",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
)
