"""The tables. The full record of each revision is kept as JSON; the other tables are there to be asked.

Query tables (`applicants`, `items`, …) describe the newest revision only. What is searched in is no table: the search
index is derived from the revisions (see `search_index.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from storage.access_tables import admissions as admissions
from storage.access_tables import broadcasts as broadcasts
from storage.access_tables import channels as channels
from storage.access_tables import invitations as invitations
from storage.access_tables import turned_away as turned_away
from storage.column_types import Moment, Text, Whole
from storage.metadata import metadata as metadata
from storage.source_tables import entries as entries
from storage.source_tables import rounds as rounds
from storage.source_tables import sources as sources
from storage.source_tables import troubles as troubles
from storage.source_tables import unread as unread

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

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("key", Text, primary_key=True),
    sa.Column("timezone", Text, nullable=False),
    sa.Column("digest_minute", Whole),
    sa.Column("last_digest_on", sa.Date),
    sa.Column("state", Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("digest_days", Whole, nullable=False, server_default="127", comment="bit 0: Monday … 6: Sunday"),
    sa.Column("empty_digests", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("quiet_from", Whole, comment="minutes from local midnight; may lie after quiet_until"),
    sa.Column("quiet_until", Whole),
    sa.Column("paused_until", Moment, comment="the chat's own wish; `state` is what the chat system says"),
    sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("closed_at", Moment, comment="since when `state` is paused"),
    sa.Column("look_at", Moment, comment="when its digest is to be looked at again"),
    sa.Column("barred_at", Moment, comment="since when it has no access, and nothing is sent there"),
    sa.Column("language", Text, comment="two letters; NULL: not chosen"),
    sa.CheckConstraint("digest_minute BETWEEN 0 AND 1439", name="ck_chats_digest_minute"),
    sa.CheckConstraint("state IN ('active', 'paused')", name="ck_chats_state"),
    sa.Index("ix_chats_look_at", "look_at"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("query", Text, nullable=False),
    sa.Column("query_key", Text, nullable=False, comment="the query without case and spare blanks"),
    sa.Column("label", Text, nullable=False),
    sa.Column("rhythm", Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("name", Text, comment="what the chat calls it; NULL: by its label"),
    sa.Column("topic", Text, comment="the id that the query is, where it is one"),
    sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("paused_until", Moment, comment="NULL while paused: until further notice"),
    sa.Column("unclear_since", Moment, comment="when the chat was told that it is not understood any more"),
    sa.Column("ended_at", Moment, comment="ended, and for a while to be had back"),
    sa.UniqueConstraint("chat", "kind", "query_key"),
    sa.Index("ix_subscriptions_kind_query_key", "kind", "query_key"),
    sqlite_autoincrement=True,
)

digest_entries = sa.Table(
    "digest_entries",
    metadata,
    sa.Column(
        "chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("revision", Whole, nullable=False),
    sa.Column("since", Whole, nullable=False, comment="the revision that was told before; 0 for a new one"),
    sa.Column("change", Text, nullable=False),
    sa.Column("labels", sa.JSON, nullable=False, comment="why it is told, see storage.reasons"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("not_before", sa.Date, comment="the local date of the first digest that it may stand in; NULL: any"),
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), nullable=False),
    sa.Column("text_key", Text, nullable=False, comment="hash over the text"),
    sa.Column("text", Text, nullable=False, comment="the demand word for word, as it stood when it was marked"),
    sa.Column("item", Whole),
    sa.Column("addressee", Text),
    sa.Column("due_on", sa.Date, comment="by when it is to be done"),
    sa.Column("lead_days", Whole, nullable=False, comment="so long before that day it is reminded of"),
    sa.Column("remind_on", sa.Date, index=True, comment="local date of the next reminder; NULL: none is to come"),
    sa.Column("note", Text),
    sa.Column("done_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("chat", "resolution_id", "text_key"),
    sqlite_autoincrement=True,
)

dialogs = sa.Table(
    "dialogs",
    metadata,
    sa.Column("chat", Text, primary_key=True),
    sa.Column("person", Text, primary_key=True, comment="who was asked; empty in a chat of two"),
    sa.Column("command", Text, nullable=False, comment="what the answer completes, e.g. /meinabo 12 name"),
    sa.Column("expires_at", Moment, nullable=False),
)

OPEN = "state IN ('pending', 'sending')"

outbox_turn = sa.Sequence("outbox_turn", metadata=metadata)
"""Places in the outbox, on stores that have sequences."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("chat", Text, nullable=False),
    sa.Column("event", Text, nullable=False),
    sa.Column("revision", Whole, nullable=False),
    sa.Column("part", Whole, nullable=False),
    sa.Column("turn", Whole, nullable=False, comment="place in the queue; the parts of a message share it"),
    sa.Column("priority", Whole, nullable=False, comment="0 answer, 1 notice, 2 digest"),
    sa.Column("kind", Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("state", Text, nullable=False),
    sa.Column("attempts", Whole, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("claimed_until", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("message_id", Text),
    sa.Column("reason", Text),
    sa.Column("about", Text, comment="the resolutions it tells of, as |1|22|"),
    sa.UniqueConstraint("chat", "event", "revision", "part"),
    sa.Index("ix_outbox_open", "chat", "turn", "part", sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)),
    sa.Index("ix_outbox_turn", "turn", "part"),
    sa.Index("ix_outbox_priority", "state", "priority", "turn", "part"),
    sa.Index("ix_outbox_state", "state", "turn", "part"),
    sqlite_autoincrement=True,
)

shortcuts = sa.Table(
    "shortcuts",
    metadata,
    sa.Column("token", Text, primary_key=True),
    sa.Column("command", Text, nullable=False),
)

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("held_at", Moment, nullable=False),
)

updates = sa.Table(
    "updates",
    metadata,
    sa.Column("transport", Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("owner", Text, nullable=False, comment="the process that handles it"),
    sa.Column("done", sa.Boolean, nullable=False),
    sa.Column("begun_at", Moment, nullable=False, index=True),
)

received = sa.Table(
    "received",
    metadata,
    sa.Column("transport", Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("chat", Text, nullable=False, comment="whose order it belongs to"),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("claimed_until", Moment),
    sa.Column("claimed_by", Whole, comment="the number of the instance; NULL: nobody can say whether it is alive"),
    sa.Index("ix_received_chat", "transport", "chat", "number"),
)
