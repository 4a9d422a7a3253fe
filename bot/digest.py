"""The digest tick: chats whose moment has come get what waits for them as one row in the outbox.

Each chat knows when it is to be looked at, so a tick asks for those alone, however many chats there are. Each local
date is closed once: a day that was missed (the program was down) is made up for at the next tick, and two missed days
give one digest. When a moment is, `bot.digest_calendar` says.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.digest_calendar import due_date, next_moment
from handlers.services import Services
from storage import digests
from storage.chats import Chat
from storage.digests import Closing

# 07:30, for entries of a chat that has no time of its own: it switched its digest off while something waited.
MORNING = 7 * 60 + 30

BATCH = 500
"""Chats in one transaction."""

_LATER = dt.timedelta(days=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Look:
    """What looking at a chat, because of its moment `seen`, showed: whether a digest is to be closed, and when to look
    again."""

    chat: str
    seen: dt.datetime
    closing: Closing | None
    again: dt.datetime | None


async def enqueue_digests(services: Services, now: dt.datetime, sent_from: dt.datetime | None = None) -> int:
    """Enqueue every digest that is due at `now`; how many. Calling it again changes nothing.

    They may be sent from `now` on, or from `sent_from`: an operator who asks what another moment would bring sends it
    at once. A chat that fails is logged and does not hold up the others.
    """
    count = 0
    while True:
        async with services.database.read() as conn:
            waiting = await digests.due(conn, now, BATCH)
        if not waiting:
            return count
        looks = [_look(chat, now) for chat in waiting]
        count += await _carry_out(services, looks, sent_from or now)


def _look(chat: Chat, now: dt.datetime) -> _Look:
    """Never raises: a chat whose zone does not exist is looked at again tomorrow."""
    seen = chat.look_at or now
    if chat.paused_until is not None and chat.paused_until > now:
        return _Look(chat.key, seen, None, chat.paused_until)
    timed = chat if chat.digest_minute is not None else replace(chat, digest_minute=MORNING)
    try:
        date, again = due_date(timed, now), next_moment(timed, now)
    except Exception:
        _log.exception("digest.failed", extra={"fields": {"date": now.date().isoformat(), "zone": chat.timezone}})
        return _Look(chat.key, seen, None, now + _LATER)
    empty_too = chat.empty_digests and chat.digest_minute is not None
    return _Look(chat.key, seen, Closing(chat.key, date, empty_too, chat.last_digest_on) if date else None, again)


async def _carry_out(services: Services, looks: Sequence[_Look], sent_from: dt.datetime) -> int:
    """All in one transaction; if that fails, each chat in its own, so that only the one that is ill goes without."""
    try:
        return await _together(services, looks, sent_from)
    except Exception:
        if len(looks) == 1:
            raise
        _log.exception("digest.batch_failed", extra={"fields": {"chats": len(looks)}})
    return sum([await _alone(services, look, sent_from) for look in looks])


async def _alone(services: Services, look: _Look, sent_from: dt.datetime) -> int:
    """Raises when not even the moment of the next look can be written: then it is the store, not the chat."""
    try:
        return await _together(services, [look], sent_from)
    except Exception:
        _log.exception("digest.failed", extra={"fields": {"chat": look.chat}})
    return await _together(services, [_Look(look.chat, look.seen, None, sent_from + _LATER)], sent_from)


async def _together(services: Services, looks: Sequence[_Look], sent_from: dt.datetime) -> int:
    closings = [look.closing for look in looks if look.closing is not None]
    async with services.database.begin() as conn:
        written = await digests.close_all(conn, closings, sent_from)
        seen = {look.chat: look.seen for look in looks}
        await digests.look_again(conn, {look.chat: look.again for look in looks}, seen)
    return len(written)
