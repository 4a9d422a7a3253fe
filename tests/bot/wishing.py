"""A chat with wishes about when it hears of things."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from storage.chats import Chat

KEY = "telegram:1"


def chat_wishing(zone: str, created: dt.datetime, key: str = KEY, **wishes: Any) -> Chat:
    """As it is stored, active and without digests, but for `wishes` (fields of `Chat`)."""
    plain = Chat(key=key, timezone=zone, digest_minute=None, last_digest_on=None, state="active", created_at=created)
    return replace(plain, **wishes)
