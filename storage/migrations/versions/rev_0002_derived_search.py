"""Search in an index beside the store: changes are numbered, abbreviations kept, the full-text table goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.changes import BEGINNING, ONLY_ROW, trail_after

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _last_change()
    _abbreviations()
    _numbered_revisions()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS resolution_search")


def _last_change() -> None:
    op.create_table(
        "last_change",
        sa.Column("id", sa.Integer(), nullable=False, comment="always 1: there is one row"),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_change")),
    )


def _abbreviations() -> None:
    op.create_table(
        "abbreviations",
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("long", sa.Text(), nullable=False),
        sa.Column("resolutions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("short", "long", name=op.f("pk_abbreviations")),
    )


def _numbered_revisions() -> None:
    with op.batch_alter_table("revisions") as batch:
        batch.add_column(
            sa.Column("change", sa.Integer(), nullable=True, comment="counts all revisions of the store, growing")
        )
        batch.add_column(sa.Column("trail", sa.Text(), nullable=True, comment="hash over this and all earlier changes"))
    _number_what_is_there()
    with op.batch_alter_table("revisions") as batch:
        batch.alter_column("change", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("trail", existing_type=sa.Text(), nullable=False)
        batch.create_unique_constraint(op.f("uq_revisions_change"), ["change"])


def _number_what_is_there() -> None:
    """In the order in which they were stored."""
    conn = op.get_bind()
    asked = (
        "SELECT resolution_id, natural_key, revisions.revision, fingerprint FROM revisions"
        " JOIN resolutions ON resolutions.id = resolution_id"
        " ORDER BY revisions.stored_at, resolution_id, revisions.revision"
    )
    numbered = (
        "UPDATE revisions SET change = :change, trail = :trail WHERE resolution_id = :id AND revision = :revision"
    )
    change, trail = 0, BEGINNING
    for change, (id, key, number, fingerprint) in enumerate(conn.execute(sa.text(asked)).all(), 1):
        trail = trail_after(trail, id, key, number, fingerprint)
        values = {"change": change, "trail": trail, "id": id, "revision": number}
        conn.execute(sa.text(numbered), values)
    conn.execute(
        sa.text("INSERT INTO last_change (id, change, trail) VALUES (:id, :change, :trail)"),
        {"id": ONLY_ROW, "change": change, "trail": trail},
    )
