"""Short stand-ins for button commands that are longer than a chat system allows."""

from __future__ import annotations

import base64
import hashlib

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

MAX_BYTES = 64
"""Telegram's limit for callback data (Bot API, InlineKeyboardButton)."""

_DIGEST_BYTES = 18
"""144 bits, 24 characters: enough that two commands never share a token."""


async def remember(conn: Connection, command: str) -> str:
    """The command itself if it fits into 64 bytes, else a token `~…` that `recall` turns back."""
    if len(command.encode()) <= MAX_BYTES and not command.startswith("~"):
        return command
    digest = hashlib.sha256(command.encode()).digest()[:_DIGEST_BYTES]
    token = "~" + base64.urlsafe_b64encode(digest).decode()
    row = {"token": token, "command": command}
    await conn.execute(insert(conn, tables.shortcuts).values(row).on_conflict_do_nothing())
    return token


async def recall(conn: Connection, token: str) -> str | None:
    """The command behind a token; None if there is none."""
    table = tables.shortcuts
    return (await conn.execute(sa.select(table.c.command).where(table.c.token == token))).scalar_one_or_none()
