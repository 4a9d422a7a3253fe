"""Tables about what was decided. The full record of each revision is kept as JSON; the others are there to be asked.

Query tables (`applicants`, `items`, …) describe the newest revision only. What is searched in is no table: the search
index is derived from the revisions (see `search_index.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.tables.schema import metadata

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("address", Text, nullable=False, index=True),
    sa.Column("source_id", Text),
    sa.Column("sha256", Text, nullable=False, index=True),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)

resolutions = sa.Table(
    "resolutions",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("natural_key", Text, nullable=False, unique=True),
    sa.Column("revision", Whole, nullable=False),
    sa.Column(
        "publication_id",
        sa.ForeignKey("publications.id"),
        nullable=False,
        index=True,
        comment="where it first stood; each revision has its own",
    ),
    sa.Column("body", Text),
    sa.Column("session", Whole),
    sa.Column("number", Text),
    sa.Column("number_key", Text, index=True),
    sa.Column("position", Whole, nullable=False),
    sa.Column("newest_on", sa.Date, nullable=False, comment="the conference's first day, else the day it was stored"),
    sa.Column("title", Text, nullable=False),
    sa.Column("vote", Text),
    sa.Column("outcome", Text),
    sa.Column("needs_review", sa.Boolean, nullable=False, default=False),
    sa.Column("reviewed", Whole, nullable=False, default=1, comment="the revision that a person last looked at"),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Index("ix_resolutions_newest", "newest_on", "publication_id", "position"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("revision", Whole, primary_key=True),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), nullable=False, index=True),
    sa.Column("fingerprint", Text, nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("change", Whole, nullable=False, comment="counts all revisions of the store, growing"),
    sa.Column("trail", Text, nullable=False, comment="hash over this and all earlier changes"),
    sa.UniqueConstraint("change"),
)

last_change = sa.Table(
    "last_change",
    metadata,
    sa.Column("id", Whole, primary_key=True, comment="always 1: there is one row"),
    sa.Column("change", Whole, nullable=False),
    sa.Column("trail", Text, nullable=False),
)

applicants = sa.Table(
    "applicants",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("state", Text, nullable=False, index=True),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("number", Whole, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("first_line", Whole),
    sa.Column("last_line", Whole),
)

protocol_notes = sa.Table(
    "protocol_notes",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("item", Whole),
    sa.Column("text", Text, nullable=False),
    sa.Column("first_line", Whole),
    sa.Column("last_line", Whole),
)

note_states = sa.Table(
    "note_states",
    metadata,
    sa.Column("resolution_id", Whole, primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("state", Text, primary_key=True, index=True),
    sa.ForeignKeyConstraint(["resolution_id", "position"], ["protocol_notes.resolution_id", "protocol_notes.position"]),
)

demands = sa.Table(
    "demands",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("item", Whole),
    sa.Column("addressee", Text, index=True, comment="NULL: the document names nobody"),
    sa.Column("verb", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
)

deadlines = sa.Table(
    "deadlines",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True, comment="among all dates of the resolution, from 0"),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False, index=True, comment="the last day of what the text says"),
)

deadline_addressees = sa.Table(
    "deadline_addressees",
    metadata,
    sa.Column("resolution_id", Whole, primary_key=True),
    sa.Column("position", Whole, primary_key=True, comment="of the deadline"),
    sa.Column("addressee", Text, primary_key=True, index=True, comment="who is to have met a demand by then"),
    sa.ForeignKeyConstraint(
        ["resolution_id", "position"], ["deadlines.resolution_id", "deadlines.position"], ondelete="CASCADE"
    ),
)

citations = sa.Table(
    "citations",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("body", Text, nullable=False, comment="the conference that is cited, in small letters"),
    sa.Column("session", Whole),
    sa.Column("number_key", Text),
    sa.Column("held_on", sa.Date),
    sa.Index("ix_citations_body_number_key", "body", "number_key"),
)

words = sa.Table(
    "words",
    metadata,
    sa.Column("word", Text, primary_key=True),
    sa.Column("resolutions", Whole, nullable=False, index=True),
)

abbreviations = sa.Table(
    "abbreviations",
    metadata,
    sa.Column("short", Text, primary_key=True),
    sa.Column("long", Text, primary_key=True),
    sa.Column("resolutions", Whole, nullable=False),
)
