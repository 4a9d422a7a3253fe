"""What is kept about a chat is shown whole and erased whole, in every table there is."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from storage import (
    admissions,
    channels,
    chats,
    dialogs,
    digests,
    outbox,
    personal,
    received,
    subscriptions,
    tables,
    watches,
)
from storage.database import Connection
from storage.received import Arrived
from storage.watches import Sentence
from tests.storage.samples import NOW, reading, resolution
from tests.storage.taking import take

ANNA, BERT, CHANNEL = "telegram:4711", "telegram:4712", "telegram:-1007"
KEYS = {ANNA, "4711"}


async def fill(conn: Connection, chat: str) -> None:
    """A row of this chat in every table that can have one."""
    (stored,) = (await take(conn, reading(resolution()))).resolutions
    await chats.ensure(conn, chat, "Europe/Berlin", NOW)
    await subscriptions.add(conn, chat, "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)
    await digests.put(conn, chat, stored.id, 1, "new", ["Sprachkurse"], NOW)
    await watches.add(conn, chat, stored.id, Sentence("Ein Satz"), None, NOW)
    await dialogs.ask(conn, "telegram:-5", chat, "/abo", NOW)
    await outbox.enqueue(conn, chat, "digest:1", "text", {"text": "geheim"}, NOW)
    await admissions.admit(conn, chat, "Referat 21", NOW)
    arrived = Arrived(77, {"message": {"text": "/stopp"}}, chat.partition(":")[2])
    await received.keep(conn, "telegram", [arrived], NOW)
    await channels.connect(conn, CHANNEL, chat, "Kanal", "Europe/Berlin", NOW)
    await subscriptions.add(conn, CHANNEL, "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)


def places() -> set[str]:
    """Tables that name a chat in a column of theirs, by whatever name."""
    named = {
        table.name
        for table in tables.metadata.sorted_tables
        for column in table.c
        if column.name in personal.NAMES or any(key.column is tables.chats.c.key for key in column.foreign_keys)
    }
    return named | {tables.chats.name}


async def test_everything_is_shown(conn: Connection) -> None:
    await fill(conn, ANNA)
    kept = await personal.kept(conn, ANNA)
    assert set(kept) == places(), "a table that is new here: fill it above, and see that it is erased"
    assert {row["note"] for row in kept["admissions"]} == {"Referat 21"}
    assert await personal.kept(conn, BERT) == {}


async def mentions(conn: Connection) -> set[str]:
    """Tables in which the chat still stands, in any column."""
    found = set()
    for table in tables.metadata.sorted_tables:
        for row in await conn.execute(sa.select(table)):
            if any(str(value) in KEYS for value in row):
                found.add(table.name)
    return found


async def test_everything_is_erased(conn: Connection) -> None:
    await fill(conn, ANNA)
    assert len(await mentions(conn)) == len(places())
    assert await personal.erase(conn, ANNA)
    assert await mentions(conn) == {"received"}, "the very update that asks for it; it goes when it is handled"
    assert await chats.get(conn, CHANNEL) is None, "nobody could manage it any more"
    assert not await personal.erase(conn, ANNA)


async def test_others_stay(conn: Connection) -> None:
    await fill(conn, ANNA)
    await chats.ensure(conn, BERT, "Europe/Berlin", NOW)
    await channels.connect(conn, CHANNEL, BERT, "Kanal", "Europe/Berlin", NOW)
    await outbox.enqueue(conn, BERT, "digest:1", "text", {"text": "x"}, NOW + dt.timedelta(minutes=1))
    await personal.erase(conn, ANNA)
    assert set(await personal.kept(conn, BERT)) == {"chats", "outbox", "channels"}
    assert len(await subscriptions.of_chat(conn, CHANNEL)) == 1
