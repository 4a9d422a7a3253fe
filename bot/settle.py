"""Writing down what became of a message that was handed over, and drawing the conclusions for its chat and for all."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable

from bot.clock import Clock
from bot.delivery_report import Fate
from bot.group_commit import GroupCommit
from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.transports.transport import chat_key, parse_chat_key
from bot.turnstile import Turnstile
from bot.weather import Weather
from storage import chats, holds, outbox
from storage.database import Connection
from storage.outbox import OutboxMessage

# How long everything waits when a whole chat system seems to refuse everybody.
OUTAGE_PAUSE = dt.timedelta(minutes=5)


_log = logging.getLogger(__name__)


class Settling:
    """Keeps the weather of each transport from one message to the next."""

    def __init__(self, commits: GroupCommit, clock: Clock, turnstile: Turnstile) -> None:
        self._commits = commits
        self._clock = clock
        self._turnstile = turnstile
        self._weathers: dict[str, Weather] = {}

    async def settle(self, message: OutboxMessage, outcome: Outcome) -> Fate:
        return await self._commits.run(lambda conn: self._concluded(conn, message, outcome, self._clock.now()))

    async def _concluded(self, conn: Connection, message: OutboxMessage, outcome: Outcome, now: dt.datetime) -> Fate:
        fate = await self._settled(conn, message, outcome, now)
        if isinstance(outcome, Rejected):
            await holds.keep_back(conn, message, now)
        return fate

    async def _settled(self, conn: Connection, message: OutboxMessage, outcome: Outcome, now: dt.datetime) -> Fate:
        match outcome:
            case Accepted(message_id):
                self._weather(message.chat).accepted()
                await self._write(message, outbox.mark_sent(conn, message, message_id, now))
                return Fate.SENT
            case Unknown(reason):
                _log.warning("delivery.unknown", extra={"fields": {"message": message.id, "reason": reason}})
                await self._write(message, outbox.mark_unknown(conn, message, reason, now))
                return Fate.UNKNOWN
            case Rejected(reason, moved_to=str(new_id)):
                await self._write(message, outbox.postpone(conn, message, now, reason))
                name, _ = parse_chat_key(message.chat)
                await chats.move(conn, chats.whole(message.chat), chat_key(name, new_id))
                return Fate.MOVED
            case Rejected(reason, other=other) if other is not None:
                await self._write(message, outbox.reform(conn, message, other, now, reason))
                return Fate.REFORMATTED
            case Rejected(reason, retry_after=seconds) if seconds is not None:
                await self._write(message, outbox.postpone(conn, message, now + dt.timedelta(seconds=seconds), reason))
                self._held_back(message.chat, outcome, seconds)
                return Fate.POSTPONED
            case Rejected(gone=True):
                return await self._closed(conn, message, outcome, now)
            case Rejected(reason):
                _log.warning("delivery.rejected", extra={"fields": {"message": message.id, "reason": reason}})
                await self._write(message, outbox.mark_rejected(conn, message, reason, now))
                return Fate.REJECTED

    async def _write(self, message: OutboxMessage, change: Awaitable[bool]) -> None:
        """Another may have decided about it meanwhile, as after a long standstill; then his word stands."""
        if not await change:
            _log.error("delivery.not_ours", extra={"fields": {"message": message.id}})

    def _held_back(self, chat: str, outcome: Rejected, seconds: float) -> None:
        """One chat waits, or all of them do."""
        name, _ = parse_chat_key(chat)
        if outcome.flood:
            if self._turnstile.refused(chat, seconds):
                _log.warning("delivery.flooded", extra={"fields": {"transport": name, "seconds": seconds}})
        elif outcome.everywhere or self._weather(chat).unreached(chat):
            _log.error("delivery.stopped", extra={"fields": {"reason": outcome.reason, "seconds": seconds}})
            self._turnstile.stop_all(name, seconds)

    async def _closed(self, conn: Connection, message: OutboxMessage, outcome: Rejected, now: dt.datetime) -> Fate:
        """The chat is closed to us: it is paused, and its messages wait until it is open again. When it is one of many
        in a row, it is not the chats: those of the run are opened again, and all wait."""
        fields = {"message": message.id, "reason": outcome.reason}
        if outcome.topic_only:
            _log.warning("delivery.topic_closed", extra={"fields": fields})
            await self._write(message, outbox.postpone(conn, message, now, outcome.reason))
            await chats.pause_topic(conn, message.chat, now)
            return Fate.CLOSED
        weather = self._weather(message.chat)
        if not weather.closed(message.chat, now):
            _log.warning("delivery.closed", extra={"fields": fields})
            await self._write(message, outbox.postpone(conn, message, now, outcome.reason))
            await chats.pause(conn, message.chat, now)
            return Fate.CLOSED
        _log.error("delivery.outage", extra={"fields": fields})
        await self._write(message, outbox.postpone(conn, message, now + OUTAGE_PAUSE, outcome.reason))
        await chats.resume_closed_since(conn, weather.closing_since or now)
        self._turnstile.stop_all(parse_chat_key(message.chat)[0], OUTAGE_PAUSE.total_seconds())
        return Fate.POSTPONED

    def _weather(self, chat: str) -> Weather:
        return self._weathers.setdefault(parse_chat_key(chat)[0], Weather())
