"""The chats that use the bot: no more about them than their key, zone and digest time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from storage.database import Connection


@dataclass(frozen=True, slots=True)
class Chat:
    """`key` is "<transport>:<id>"; `digest_minute` counts from local midnight in `timezone` (IANA name)."""

    key: str
    timezone: str
    digest_minute: int | None
    last_digest_on: dt.date | None
    state: Literal["active", "paused"]
    created_at: dt.datetime


async def get(conn: Connection, key: str) -> Chat | None:
    raise NotImplementedError


async def ensure(conn: Connection, key: str, timezone: str, now: dt.datetime) -> Chat:
    """The chat, made with that zone if it is not known yet (a known one keeps its own)."""
    raise NotImplementedError


async def set_digest(conn: Connection, key: str, minute: int | None) -> Chat | None:
    """Set or clear the time of the daily digest (0 … 1439); None where the chat is unknown."""
    raise NotImplementedError


async def pause(conn: Connection, key: str) -> bool:
    """Nothing more is sent, nothing is lost: rows wait. False where the chat is unknown."""
    raise NotImplementedError


async def resume(conn: Connection, key: str) -> bool:
    """Send again, what waited first. False where the chat is unknown."""
    raise NotImplementedError


async def forget(conn: Connection, key: str) -> bool:
    """Erase everything about the chat, messages included. False where nothing was kept."""
    raise NotImplementedError


async def move(conn: Connection, old: str, new: str) -> bool:
    """A chat got a new key (group → supergroup): subscriptions and messages go along."""
    raise NotImplementedError


async def count(conn: Connection) -> int:
    raise NotImplementedError
