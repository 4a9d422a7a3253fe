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
from bot.weather import Word
from storage import chats, holds, outbox
from storage.database import Connection
from storage.outbox import OutboxMessage

_log = logging.getLogger(__name__)


class Settling:
    def __init__(self, commits: GroupCommit, clock: Clock, turnstile: Turnstile) -> None:
        self._commits = commits
        self._clock = clock
        self._turnstile = turnstile

    def judge(self, message: OutboxMessage, outcome: Outcome) -> Word | None:
        """What the outcome says about its chat, where that depends on how others fare; once for each outcome."""
        weather = self._turnstile.weathers.of(message.chat)
        match outcome:
            case Accepted():
                weather.accepted(message.chat)
            case Rejected(gone=True, topic_only=False):
                return weather.refused(message.chat, self._clock.seconds())
        return None

    async def settle(self, message: OutboxMessage, outcome: Outcome, word: Word | None) -> Fate:
        """Write it down; to be called again with the same `word` where that fails."""
        return await self._commits.run(lambda conn: self._concluded(conn, message, outcome, word, self._clock.now()))

    async def _concluded(
        self, conn: Connection, message: OutboxMessage, outcome: Outcome, word: Word | None, now: dt.datetime
    ) -> Fate:
        fate = await self._settled(conn, message, outcome, word, now)
        if isinstance(outcome, Rejected):
            await holds.keep_back(conn, message, now)
        return fate

    async def _settled(
        self, conn: Connection, message: OutboxMessage, outcome: Outcome, word: Word | None, now: dt.datetime
    ) -> Fate:
        match outcome:
            case Accepted(message_id):
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
                return await self._gone(conn, message, outcome, word, now)
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
        elif outcome.everywhere or self._turnstile.weathers.of(chat).unreached(chat):
            _log.error("delivery.stopped", extra={"fields": {"reason": outcome.reason, "seconds": seconds}})
            self._turnstile.stop_all(name, seconds, f"nothing can be sent: {outcome.reason}")

    async def _gone(
        self, conn: Connection, message: OutboxMessage, outcome: Rejected, word: Word | None, now: dt.datetime
    ) -> Fate:
        """A topic is closed at once; a whole chat only when that is certain (see `bot.weather`), till then it is set
        aside. Its messages wait in either case."""
        fields = {"message": message.id, "reason": outcome.reason}
        if word is Word.SET_ASIDE:
            weather = self._turnstile.weathers.of(message.chat)
            pause = dt.timedelta(seconds=weather.pause(message.chat))
            _log.warning("delivery.set_aside", extra={"fields": {**fields, "seconds": pause.total_seconds()}})
            why = outbox.REFUSED_AGAIN if weather.refused_again(message.chat) else outbox.SET_ASIDE
            reason = f"{why}: {outcome.reason}"
            await self._write(message, outbox.postpone(conn, message, now + pause, reason))
            return Fate.SET_ASIDE
        _log.warning("delivery.topic_closed" if outcome.topic_only else "delivery.closed", extra={"fields": fields})
        await self._write(message, outbox.postpone(conn, message, now, outcome.reason))
        close = chats.pause_topic if outcome.topic_only else chats.pause
        await close(conn, message.chat, now)
        return Fate.CLOSED
