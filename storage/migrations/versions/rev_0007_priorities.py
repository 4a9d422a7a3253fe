"""The outbox in order of urgency: answers before news before digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column(
        "priority", sa.Integer(), nullable=False, server_default="1", comment="0 answer, 1 notice, 2 digest"
    )
    op.add_column("outbox", column)
    op.execute("UPDATE outbox SET priority = 0 WHERE event LIKE 'answer:%'")
    op.execute("UPDATE outbox SET priority = 2 WHERE event LIKE 'digest:%'")
    op.create_index("ix_outbox_priority", "outbox", ["state", "priority", "turn", "part"], unique=False)
