"""A table of deadlines, filled from the records that are stored already."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from feeds.as_json import resolution_from_json
from feeds.due import due_on

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = op.create_table(
        "deadlines",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="among all dates of the resolution, from 0"),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, comment="the last day of what the text says"),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_deadlines_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_deadlines")),
    )
    op.create_index(op.f("ix_deadlines_due_on"), "deadlines", ["due_on"], unique=False)
    _fill(made)


def _fill(deadlines: sa.Table) -> None:
    """With the newest revision of every resolution."""
    conn = op.get_bind()
    asked = (
        "SELECT resolutions.id, record FROM resolutions"
        " JOIN revisions ON resolution_id = resolutions.id AND revisions.revision = resolutions.revision"
    )
    for id, record in conn.execute(sa.text(asked)).all():
        resolution = resolution_from_json(json.loads(record) if isinstance(record, str) else record)
        rows = [
            {"resolution_id": id, "position": at, "date": one.date, "due_on": due_on(one)}
            for at, one in enumerate(resolution.dates)
            if one.role == "deadline"
        ]
        if rows:
            conn.execute(sa.insert(deadlines), rows)
