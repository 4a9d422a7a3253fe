"""The daily duties that a chat's own calendar sets: reminders of watched demands, and word of subscriptions that mean
nothing any more.

A reminder is due on the morning of its local date; one that was missed (the program was down) is made up for at the
next tick, once. Written to the outbox and taken off the list in one transaction, it is written exactly once; quiet
hours and pauses are the delivery's business, as for every message.
"""

from __future__ import annotations

import datetime as dt
import logging
from zoneinfo import ZoneInfo

from handlers.reminder_dates import next_reminder, ripe_day
from handlers.services import Services
from handlers.understood import is_understood
from storage import outbox, subscriptions, watches
from storage.database import Connection
from storage.subscriptions import Subscription

BATCH = 200
"""Reminders in one transaction."""

_AHEAD = dt.timedelta(hours=14)
"""No place on earth is further ahead of UTC."""

_log = logging.getLogger(__name__)


async def enqueue_reminders(services: Services, now: dt.datetime) -> int:
    """Write every reminder that is due at `now`; how many. Calling it again changes nothing.

    A chat whose zone does not exist is logged and does not hold up the others.
    """
    async with services.database.read() as conn:
        zones = await watches.zones(conn, (now + _AHEAD).date())
    return sum([await _in_zone(services, name, now) for name in zones])


async def tell_unclear(services: Services, now: dt.datetime) -> int:
    """Tell every chat of its subscriptions that are not understood any more, each once; how many were told."""
    async with services.database.begin() as conn:
        await subscriptions.purge(conn, now)
        doubtful = await subscriptions.doubtful(conn)
        changed = [one for one in doubtful if is_understood(one, services) == (one.unclear_since is not None)]
        return sum([await _tell(conn, one, now) for one in changed])


async def _in_zone(services: Services, name: str, now: dt.datetime) -> int:
    try:
        zone = ZoneInfo(name)
    except Exception:
        _log.exception("reminder.failed", extra={"fields": {"zone": name}})
        return 0
    day, today, count = ripe_day(now, zone), now.astimezone(zone).date(), 0
    while True:
        async with services.database.begin() as conn:
            due = await watches.due(conn, name, day, BATCH)
            for one in due:
                count += await watches.remind(conn, one, next_reminder(one.due_on, today), now)
        if len(due) < BATCH:
            return count


async def _tell(conn: Connection, one: Subscription, now: dt.datetime) -> bool:
    """One that is understood again is only noted, so that it would be told another time."""
    gone = one.unclear_since is None
    await subscriptions.configure(conn, one.chat, one.id, unclear_since=now if gone else None)
    if not gone:
        return False
    event = f"unclear:{one.id}:{now.isoformat()}"
    return await outbox.enqueue(conn, one.chat, event, "unclear", {"subscription": one.id}, now)
