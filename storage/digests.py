"""What waits for a chat's next daily digest."""

from __future__ import annotations

import datetime as dt

from storage.chats import Chat
from storage.database import Connection


async def waiting(conn: Connection) -> tuple[Chat, ...]:
    """The active chats that have a digest time or entries waiting (or both)."""
    raise NotImplementedError


async def entries(conn: Connection, chat: str) -> int:
    """How many entries wait for that chat."""
    raise NotImplementedError


async def close(conn: Connection, chat: str, local_date: dt.date, now: dt.datetime) -> int:
    """Close the chat's digest of that local date: all entries that wait become ONE outbox row.

    Returns how many entries it holds. A date that was closed before, or an earlier one, gives 0 and changes nothing;
    a day without entries is closed silently.
    """
    raise NotImplementedError
