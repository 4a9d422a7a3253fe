"""Whom each deadline concerns; the dates of all resolutions are read anew, since fewer of them are deadlines now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from alembic import op

from feeds.as_json import resolution_from_json, resolution_to_json
from feeds.demand_deadline import demands_due
from feeds.due import due_on
from feeds.find_dates import find_dates
from feeds.found import texts_of
from feeds.record import Resolution
from storage.documents import publication_from_json

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_DEADLINES = sa.table(
    "deadlines",
    sa.column("resolution_id"),
    sa.column("position"),
    sa.column("date", sa.Date()),
    sa.column("due_on", sa.Date()),
)
_REVISIONS = sa.table("revisions", sa.column("resolution_id"), sa.column("revision"), sa.column("record", sa.JSON()))
_NEWEST = """
    SELECT resolutions.id, resolutions.revision, revisions.record AS said, publications.record AS told FROM resolutions
    JOIN revisions ON resolution_id = resolutions.id AND revisions.revision = resolutions.revision
    JOIN publications ON publications.id = revisions.publication_id
"""


def upgrade() -> None:
    made = op.create_table(
        "deadline_addressees",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="of the deadline"),
        sa.Column("addressee", sa.Text(), nullable=False, comment="who is to have met a demand by then"),
        sa.ForeignKeyConstraint(
            ["resolution_id", "position"],
            ["deadlines.resolution_id", "deadlines.position"],
            name=op.f("fk_deadline_addressees_resolution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resolution_id", "position", "addressee", name=op.f("pk_deadline_addressees")),
    )
    op.create_index(op.f("ix_deadline_addressees_addressee"), "deadline_addressees", ["addressee"], unique=False)
    _fill(made)


def _fill(addressees: sa.Table) -> None:
    """With the newest revision of every resolution."""
    conn = op.get_bind()
    conn.execute(sa.delete(_DEADLINES))
    for id, number, said, told in conn.execute(sa.text(_NEWEST)).all():
        publication = publication_from_json(_json(told))
        resolution = resolution_from_json(_json(said))
        resolution = replace(resolution, dates=find_dates(texts_of(resolution), publication.date_end))
        mine = (_REVISIONS.c.resolution_id == id, _REVISIONS.c.revision == number)
        conn.execute(sa.update(_REVISIONS).where(*mine).values(record=resolution_to_json(resolution)))
        for table, rows in ((_DEADLINES, _deadlines(resolution)), (addressees, _addressees(resolution))):
            if found := [{"resolution_id": id, **row} for row in rows]:
                conn.execute(sa.insert(table), found)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _deadlines(resolution: Resolution) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(resolution.dates):
        if one.role == "deadline":
            yield {"position": at, "date": one.date, "due_on": due_on(one)}


def _addressees(resolution: Resolution) -> Iterator[dict[str, Any]]:
    for at, demands in demands_due(resolution):
        for name in dict.fromkeys(one.addressee for one in demands if one.addressee):
            yield {"position": at, "addressee": name}
