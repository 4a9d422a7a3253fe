"""Watched demands keep the words for a deadline that names no day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    said = sa.Column(
        "due_said",
        sa.Text(),
        nullable=True,
        comment="the words for it where they name no day; due_on is then the last of them",
    )
    op.add_column("watches", said)
