"""A table of what resolutions refer to, filled from the records that are stored already."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from feeds.as_json import resolution_from_json
from storage.identity import number_key

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = op.create_table(
        "citations",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the conference that is cited, in small letters"),
        sa.Column("session", sa.Integer()),
        sa.Column("number_key", sa.Text()),
        sa.Column("held_on", sa.Date()),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_citations_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_body_number_key"), "citations", ["body", "number_key"], unique=False)
    _fill(made)


def _fill(citations: sa.Table) -> None:
    """With the newest revision of every resolution."""
    conn = op.get_bind()
    asked = (
        "SELECT resolutions.id, record FROM resolutions"
        " JOIN revisions ON resolution_id = resolutions.id AND revisions.revision = resolutions.revision"
    )
    for id, record in conn.execute(sa.text(asked)).all():
        resolution = resolution_from_json(json.loads(record) if isinstance(record, str) else record)
        rows = [
            {
                "resolution_id": id,
                "position": at,
                "body": one.body.lower(),
                "session": one.session,
                "number_key": None if one.number is None else number_key(one.number),
                "held_on": one.date,
            }
            for at, one in enumerate(resolution.references)
        ]
        if rows:
            conn.execute(sa.insert(citations), rows)
