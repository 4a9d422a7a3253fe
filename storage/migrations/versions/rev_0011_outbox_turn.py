"""Places in the outbox come from a sequence, on stores that have sequences."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.supports_sequences:
        op.execute("CREATE SEQUENCE outbox_turn")
        op.execute("SELECT setval('outbox_turn', max(turn)) FROM outbox HAVING max(turn) IS NOT NULL")
