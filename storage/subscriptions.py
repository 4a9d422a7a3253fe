"""What a chat wants to hear about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from storage.database import Connection

LIMIT = 50
"""Subscriptions per chat."""

Kind = Literal["topic", "state"]
Rhythm = Literal["immediate", "digest"]


class SubscriptionLimitError(Exception):
    """The chat has as many subscriptions as it may have; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"A chat may have at most {limit} subscriptions; end one first.")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Subscription:
    """`query` is what was typed (kind topic) or the full name of the Land (kind state); `label` is shown."""

    id: int
    chat: str
    kind: Kind
    query: str
    label: str
    rhythm: Rhythm
    created_at: dt.datetime


async def add(
    conn: Connection, chat: str, kind: Kind, query: str, label: str, rhythm: Rhythm, now: dt.datetime
) -> tuple[Subscription, bool]:
    """The subscription and whether it is new; the same kind and query (case apart) in one chat is one.

    The chat must exist (`chats.ensure`). Raises `SubscriptionLimitError`.
    """
    raise NotImplementedError


async def of_chat(conn: Connection, chat: str) -> tuple[Subscription, ...]:
    """All of a chat, oldest first."""
    raise NotImplementedError


async def get(conn: Connection, chat: str, id: int) -> Subscription | None:
    """Only if it belongs to that chat."""
    raise NotImplementedError


async def remove(conn: Connection, chat: str, id: int) -> Subscription | None:
    """The one that was ended; None if that chat has none such."""
    raise NotImplementedError


async def set_rhythm(conn: Connection, chat: str, id: int | None, rhythm: Rhythm) -> int:
    """For one, or with None for all of the chat; how many were found."""
    raise NotImplementedError


async def count(conn: Connection) -> int:
    """Of all chats."""
    raise NotImplementedError
