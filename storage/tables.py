"""The tables. The full record of each revision is kept as JSON; the other tables are there to be asked.

Query tables (`applicants`, `items`, …) describe the newest revision only. What is searched in is no table: the search
index is derived from the revisions (see `search_index.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from storage.moment import Moment

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("source_id", sa.Text),
    sa.Column("sha256", sa.Text, nullable=False, index=True),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)

resolutions = sa.Table(
    "resolutions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("natural_key", sa.Text, nullable=False, unique=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column(
        "publication_id",
        sa.ForeignKey("publications.id"),
        nullable=False,
        index=True,
        comment="where it first stood; each revision has its own",
    ),
    sa.Column("body", sa.Text),
    sa.Column("session", sa.Integer),
    sa.Column("number", sa.Text),
    sa.Column("number_key", sa.Text, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("newest_on", sa.Date, nullable=False, comment="the conference's first day, else the day it was stored"),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("vote", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("needs_review", sa.Boolean, nullable=False, default=False),
    sa.Column("reviewed", sa.Integer, nullable=False, default=1, comment="the revision that a person last looked at"),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Index("ix_resolutions_newest", "newest_on", "publication_id", "position"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), nullable=False, index=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("stored_at", Moment, nullable=False),
    sa.Column("change", sa.Integer, nullable=False, comment="counts all revisions of the store, growing"),
    sa.Column("trail", sa.Text, nullable=False, comment="hash over this and all earlier changes"),
    sa.UniqueConstraint("change"),
)

last_change = sa.Table(
    "last_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, comment="always 1: there is one row"),
    sa.Column("change", sa.Integer, nullable=False),
    sa.Column("trail", sa.Text, nullable=False),
)

applicants = sa.Table(
    "applicants",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("state", sa.Text, nullable=False, index=True),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("first_line", sa.Integer),
    sa.Column("last_line", sa.Integer),
)

protocol_notes = sa.Table(
    "protocol_notes",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("item", sa.Integer),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("first_line", sa.Integer),
    sa.Column("last_line", sa.Integer),
)

note_states = sa.Table(
    "note_states",
    metadata,
    sa.Column("resolution_id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("state", sa.Text, primary_key=True, index=True),
    sa.ForeignKeyConstraint(["resolution_id", "position"], ["protocol_notes.resolution_id", "protocol_notes.position"]),
)

demands = sa.Table(
    "demands",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("item", sa.Integer),
    sa.Column("addressee", sa.Text, index=True, comment="NULL: the document names nobody"),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

deadlines = sa.Table(
    "deadlines",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, comment="among all dates of the resolution, from 0"),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False, index=True, comment="the last day of what the text says"),
)

citations = sa.Table(
    "citations",
    metadata,
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False, comment="the conference that is cited, in small letters"),
    sa.Column("session", sa.Integer),
    sa.Column("number_key", sa.Text),
    sa.Column("held_on", sa.Date),
    sa.Index("ix_citations_body_number_key", "body", "number_key"),
)

words = sa.Table(
    "words",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("resolutions", sa.Integer, nullable=False, index=True),
)

abbreviations = sa.Table(
    "abbreviations",
    metadata,
    sa.Column("short", sa.Text, primary_key=True),
    sa.Column("long", sa.Text, primary_key=True),
    sa.Column("resolutions", sa.Integer, nullable=False),
)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("digest_minute", sa.Integer),
    sa.Column("last_digest_on", sa.Date),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("digest_days", sa.Integer, nullable=False, server_default="127", comment="bit 0: Monday … 6: Sunday"),
    sa.Column("empty_digests", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("quiet_from", sa.Integer, comment="minutes from local midnight; may lie after quiet_until"),
    sa.Column("quiet_until", sa.Integer),
    sa.Column("paused_until", Moment, comment="the chat's own wish; `state` is what the chat system says"),
    sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("closed_at", Moment, comment="since when `state` is paused"),
    sa.Column("look_at", Moment, comment="when its digest is to be looked at again"),
    sa.Column("barred_at", Moment, comment="since when it has no access, and nothing is sent there"),
    sa.Column("language", sa.Text, comment="two letters; NULL: not chosen"),
    sa.CheckConstraint("digest_minute BETWEEN 0 AND 1439", name="ck_chats_digest_minute"),
    sa.CheckConstraint("state IN ('active', 'paused')", name="ck_chats_state"),
    sa.Index("ix_chats_look_at", "look_at"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("query_key", sa.Text, nullable=False, comment="the query without case and spare blanks"),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("rhythm", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("name", sa.Text, comment="what the chat calls it; NULL: by its label"),
    sa.Column("topic", sa.Text, comment="the id that the query is, where it is one"),
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
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("since", sa.Integer, nullable=False, comment="the revision that was told before; 0 for a new one"),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("labels", sa.JSON, nullable=False, comment="why it is told, see storage.reasons"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("not_before", sa.Date, comment="the local date of the first digest that it may stand in; NULL: any"),
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat", sa.ForeignKey("chats.key", onupdate="CASCADE", ondelete="CASCADE"), nullable=False),
    sa.Column("resolution_id", sa.ForeignKey("resolutions.id"), nullable=False),
    sa.Column("text_key", sa.Text, nullable=False, comment="hash over the text"),
    sa.Column("text", sa.Text, nullable=False, comment="the demand word for word, as it stood when it was marked"),
    sa.Column("item", sa.Integer),
    sa.Column("addressee", sa.Text),
    sa.Column("due_on", sa.Date, comment="by when it is to be done"),
    sa.Column("lead_days", sa.Integer, nullable=False, comment="so long before that day it is reminded of"),
    sa.Column("remind_on", sa.Date, index=True, comment="local date of the next reminder; NULL: none is to come"),
    sa.Column("note", sa.Text),
    sa.Column("done_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("chat", "resolution_id", "text_key"),
    sqlite_autoincrement=True,
)

dialogs = sa.Table(
    "dialogs",
    metadata,
    sa.Column("chat", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True, comment="who was asked; empty in a chat of two"),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False, comment="what the question is about, e.g. the id of a subscription"),
    sa.Column("expires_at", Moment, nullable=False),
)

OPEN = "state IN ('pending', 'sending')"

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False, comment="place in the queue; the parts of a message share it"),
    sa.Column("priority", sa.Integer, nullable=False, comment="0 answer, 1 notice, 2 digest"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("claimed_until", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("message_id", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("about", sa.Text, comment="the resolutions it tells of, as |1|22|"),
    sa.UniqueConstraint("chat", "event", "revision", "part"),
    sa.Index("ix_outbox_open", "chat", "turn", "part", sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)),
    sa.Index("ix_outbox_turn", "turn", "part"),
    sa.Index("ix_outbox_priority", "state", "priority", "turn", "part"),
    sa.Index("ix_outbox_state", "state", "turn", "part"),
    sqlite_autoincrement=True,
)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("last_try", Moment),
    sa.Column("last_success", Moment),
    sa.Column("last_error", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("next_due", Moment),
    sa.Column("looked_once", sa.Boolean, nullable=False),
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("source_id", sa.ForeignKey("sources.id"), primary_key=True),
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("updated", Moment),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("sha256", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("silent", sa.Boolean, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("next_due", Moment),
    sa.Column("error", sa.Text),
    sa.Index("ix_entries_due", "source_id", "next_due"),
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("sources.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("listed", sa.Integer, nullable=False),
    sa.Column("fresh", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
)

shortcuts = sa.Table(
    "shortcuts",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("command", sa.Text, nullable=False),
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
    sa.Column("transport", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False, comment="the process that handles it"),
    sa.Column("done", sa.Boolean, nullable=False),
    sa.Column("begun_at", Moment, nullable=False, index=True),
)

received = sa.Table(
    "received",
    metadata,
    sa.Column("transport", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False, comment="whose order it belongs to"),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("claimed_until", Moment),
    sa.Index("ix_received_chat", "transport", "chat", "number"),
)

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("note", sa.Text, nullable=False, comment="for whom it is, by role"),
    sa.Column("uses", sa.Integer, nullable=False),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

admissions = sa.Table(
    "admissions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False, unique=True, comment="a whole chat, without topics"),
    sa.Column("note", sa.Text, nullable=False, comment="for whom it is, by role"),
    sa.Column("invitation_id", sa.ForeignKey("invitations.id", ondelete="SET NULL"), index=True),
    sa.Column("admitted_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

turned_away = sa.Table(
    "turned_away",
    metadata,
    sa.Column("who", sa.Text, primary_key=True, comment="a keyed hash of the chat"),
    sa.Column("told_on", sa.Date, nullable=False, index=True),
)
