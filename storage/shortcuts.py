"""Short stand-ins for button commands that are longer than a chat system allows."""

from __future__ import annotations

from storage.database import Connection

MAX_BYTES = 64
"""Telegram's limit for callback data (Bot API, InlineKeyboardButton)."""


async def remember(conn: Connection, command: str) -> str:
    """The command itself if it fits into 64 bytes, else a token `~…` that `recall` turns back."""
    raise NotImplementedError


async def recall(conn: Connection, token: str) -> str | None:
    """The command behind a token; None if there is none."""
    raise NotImplementedError
