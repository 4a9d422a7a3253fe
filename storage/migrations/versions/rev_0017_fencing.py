"""Every claim on a message has a number, and words that were fixed can be made anew while nothing of them has left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    fence = sa.Column("fence", sa.BigInteger(), nullable=False, server_default="0", comment="the number of the claim")
    op.add_column("outbox", fence)
    made_from = sa.Column(
        "made_from", sa.JSON(), nullable=True, comment="kind and payload before the words were fixed, until it has left"
    )
    op.add_column("outbox", made_from)
