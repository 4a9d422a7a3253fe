"""Sources that have moved, and the troubles that administrators were told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("moved_from", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("moved_to", sa.Text(), nullable=True))
    op.create_table(
        "troubles",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", name=op.f("pk_troubles")),
    )
