"""Tables about messages: those that go out, what holds them back, and those that came in."""

from __future__ import annotations

import sqlalchemy as sa

from storage.column_types import Moment, Text, Whole
from storage.tables.schema import metadata

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
    sa.Column("fence", sa.BigInteger, nullable=False, comment="the number of the claim"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("message_id", Text),
    sa.Column("reason", Text),
    sa.Column("about", Text, comment="the resolutions it tells of, as |1|22|"),
    sa.Column(
        "made_from",
        sa.JSON(none_as_null=True),
        comment="kind and payload before the words were fixed, until it has left",
    ),
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
