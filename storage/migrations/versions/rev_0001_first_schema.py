"""The first schema: documents and their resolutions, chats and their messages, sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _publications()
    _resolutions()
    _revisions()
    _applicants()
    _items()
    _protocol_notes()
    _note_states()
    _demands()
    _words()
    _chats()
    _subscriptions()
    _digest_entries()
    _outbox()
    _sources()
    _entries()
    _rounds()
    _shortcuts()
    _full_text()


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_address"), "publications", ["address"], unique=False)
    op.create_index(op.f("ix_publications_sha256"), "publications", ["sha256"], unique=False)


def _resolutions() -> None:
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("natural_key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "publication_id", sa.Integer(), nullable=False, comment="where it first stood; each revision has its own"
        ),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("number_key", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "newest_on", sa.Date(), nullable=False, comment="the conference's first day, else the day it was stored"
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("vote", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False, comment="the revision that a person last looked at"),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_resolutions_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
        sa.UniqueConstraint("natural_key", name=op.f("uq_resolutions_natural_key")),
    )
    op.create_index("ix_resolutions_newest", "resolutions", ["newest_on", "publication_id", "position"], unique=False)
    op.create_index(op.f("ix_resolutions_number_key"), "resolutions", ["number_key"], unique=False)
    op.create_index(op.f("ix_resolutions_publication_id"), "resolutions", ["publication_id"], unique=False)


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_revisions_publication_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_revisions_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "revision", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_publication_id"), "revisions", ["publication_id"], unique=False)


def _applicants() -> None:
    op.create_table(
        "applicants",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_applicants_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_applicants")),
    )
    op.create_index(op.f("ix_applicants_state"), "applicants", ["state"], unique=False)


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=True),
        sa.Column("last_line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_items_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_items")),
    )


def _protocol_notes() -> None:
    op.create_table(
        "protocol_notes",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=True),
        sa.Column("last_line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_protocol_notes_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_protocol_notes")),
    )


def _note_states() -> None:
    op.create_table(
        "note_states",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resolution_id", "position"],
            ["protocol_notes.resolution_id", "protocol_notes.position"],
            name=op.f("fk_note_states_resolution_id_position"),
        ),
        sa.PrimaryKeyConstraint("resolution_id", "position", "state", name=op.f("pk_note_states")),
    )
    op.create_index(op.f("ix_note_states_state"), "note_states", ["state"], unique=False)


def _demands() -> None:
    op.create_table(
        "demands",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_demands_resolution_id")),
        sa.PrimaryKeyConstraint("resolution_id", "position", name=op.f("pk_demands")),
    )
    op.create_index(op.f("ix_demands_addressee"), "demands", ["addressee"], unique=False)


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("resolutions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_words")),
    )
    op.create_index(op.f("ix_words_resolutions"), "words", ["resolutions"], unique=False)


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("digest_minute", sa.Integer(), nullable=True),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'paused')", name="ck_chats_state"),
        sa.CheckConstraint("digest_minute BETWEEN 0 AND 1439", name="ck_chats_digest_minute"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_chats")),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("query_key", sa.Text(), nullable=False, comment="the query without case and spare blanks"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name=op.f("fk_subscriptions_chat"), onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("chat", "kind", "query_key", name=op.f("uq_subscriptions_chat_kind_query_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_kind_query_key", "subscriptions", ["kind", "query_key"], unique=False)


def _digest_entries() -> None:
    op.create_table(
        "digest_entries",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False, comment="the revision that was told before; 0 for a new one"),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name=op.f("fk_digest_entries_chat"), onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_digest_entries_resolution_id")),
        sa.PrimaryKeyConstraint("chat", "resolution_id", name=op.f("pk_digest_entries")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, comment="place in the queue; the parts of a message share it"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("chat", "event", "revision", "part", name=op.f("uq_outbox_chat_event_revision_part")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["chat", "turn", "part"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "turn", "part"], unique=False)
    op.create_index("ix_outbox_turn", "outbox", ["turn", "part"], unique=False)


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("last_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_once", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_entries_source_id")),
        sa.PrimaryKeyConstraint("source_id", "address", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_due", "entries", ["source_id", "next_due"], unique=False)


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_rounds_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    op.create_index(op.f("ix_rounds_source_id"), "rounds", ["source_id"], unique=False)


def _shortcuts() -> None:
    op.create_table(
        "shortcuts",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_shortcuts")),
    )


def _full_text() -> None:
    """Word forms per resolution; PostgreSQL will get its own kind of index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE resolution_search USING fts5(title, topics, body,"
            " tokenize = \"unicode61 remove_diacritics 0 tokenchars '_-'\")"
        )
