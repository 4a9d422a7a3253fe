"""The outbox goes out: one pass over what is due.

    claim ─▶ compose, freeze the text ─▶ begin_sending (committed) ─▶ send ─▶ settle

No transaction is open while a message is under way. Whatever goes wrong with one message stays with that message.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import enum
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.pacing import Pacing
from bot.payload import Payload
from bot.transports.transport import Transport, chat_key, parse_chat_key
from handlers import notice
from handlers.services import Services
from storage import chats, outbox
from storage.database import Connection
from storage.outbox import OutboxMessage

# Longer than a batch can take: each send ends within a minute (time-outs, and once more as plain text).
LEASE = dt.timedelta(minutes=5)
BATCH = 24
AT_ONCE = 8
# A message that cannot be composed, or has no transport here, is looked at again after the pause, for a day.
PAUSE = dt.timedelta(minutes=10)
GIVE_UP = dt.timedelta(days=1)

_log = logging.getLogger(__name__)


class Fate(enum.Enum):
    """What became of one message in one pass.

    MOVED: due again in its chat's new place; PACED: only too early; FAILED: see the log, the lease sets it free.
    """

    SENT = enum.auto()
    REJECTED = enum.auto()
    UNKNOWN = enum.auto()
    MOVED = enum.auto()
    POSTPONED = enum.auto()
    PACED = enum.auto()
    FAILED = enum.auto()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one pass (or several, added up) did; `pauses`: in how many seconds each paced message may go."""

    sent: int = 0
    rejected: int = 0
    unknown: int = 0
    moved: int = 0
    postponed: int = 0
    failed: int = 0
    pauses: tuple[float, ...] = ()

    @property
    def moving(self) -> bool:
        """Whether something came to an end or to a new place, so that more may be due now."""
        return self.sent + self.rejected + self.unknown + self.moved > 0


async def deliver_due(
    services: Services, transports: Mapping[str, Transport], clock: Clock, pacing: Pacing
) -> DeliveryReport:
    """One pass over at most `BATCH` messages, of each chat its first. Never raises for what one message meets."""
    async with services.database.begin() as conn:
        lost = await outbox.recover(conn, clock.now())
        messages = await outbox.claim(conn, clock.now(), LEASE, BATCH)
    if lost:
        _log.warning("outbox.recovered", extra={"fields": {"unknown": lost}})
    delivery = _Delivery(services, transports, clock, pacing)
    fates = await asyncio.gather(*(delivery.deliver(message) for message in messages))
    return _report(fates, delivery.pauses)


class _Delivery:
    """One pass: what its messages share."""

    def __init__(self, services: Services, transports: Mapping[str, Transport], clock: Clock, pacing: Pacing) -> None:
        self.pauses: list[float] = []
        self._services = services
        self._transports = transports
        self._clock = clock
        self._pacing = pacing
        self._places = asyncio.Semaphore(AT_ONCE)

    async def deliver(self, message: OutboxMessage) -> Fate:
        async with self._places:
            try:
                return await self._deliver(message)
            except Exception:
                _log.exception("delivery.failed", extra={"fields": {"message": message.id}})
                return Fate.FAILED

    async def _deliver(self, message: OutboxMessage) -> Fate:
        name, chat_id = parse_chat_key(message.chat)
        transport = self._transports.get(name)
        if transport is None:
            await self._postpone(message, PAUSE, f"no transport {name!r} is running")
            return Fate.POSTPONED
        wait = self._pacing.take(message.chat, self._clock.seconds())
        if wait:
            self.pauses.append(wait)
            await self._postpone(message, dt.timedelta(seconds=wait), "too soon after the message before")
            return Fate.PACED
        parts = await self._parts(message, transport)
        if parts is None:
            return await self._put_off(message, "it could not be composed")
        if not await self._begin(message, parts):
            return Fate.FAILED
        return await self._send(message, transport, chat_id, parts[0])

    async def _parts(self, message: OutboxMessage, transport: Transport) -> tuple[Payload, ...] | None:
        if message.kind == "text":
            return (message.payload,)
        try:
            async with self._services.database.begin() as conn:
                return transport.compose(await notice.compose(conn, message, self._services))
        except Exception:
            _log.exception("delivery.not_composed", extra={"fields": {"message": message.id}})
            return None

    async def _begin(self, message: OutboxMessage, parts: tuple[Payload, ...]) -> bool:
        """Freeze the text and note that it goes out, before it does: the same words after a crash, and never twice."""
        async with self._services.database.begin() as conn:
            if message.kind != "text" and await outbox.fix_parts(conn, message.id, parts) is None:
                return False
            return await outbox.begin_sending(conn, message.id, self._clock.now())

    async def _send(self, message: OutboxMessage, transport: Transport, chat_id: str, payload: Payload) -> Fate:
        try:
            outcome = await transport.send(chat_id, payload)
        except Exception as error:
            _log.exception("delivery.broke", extra={"fields": {"message": message.id}})
            outcome = Unknown(f"{type(error).__name__} while sending")
        async with self._services.database.begin() as conn:
            return await _settle(conn, message, outcome, self._clock.now())

    async def _put_off(self, message: OutboxMessage, reason: str) -> Fate:
        """Try again later; for good only when it has been hopeless for a day."""
        now = self._clock.now()
        if now - message.created_at < GIVE_UP:
            await self._postpone(message, PAUSE, reason)
            return Fate.POSTPONED
        _log.error("delivery.given_up", extra={"fields": {"message": message.id, "reason": reason}})
        async with self._services.database.begin() as conn:
            await outbox.mark_rejected(conn, message.id, reason, now)
        return Fate.REJECTED

    async def _postpone(self, message: OutboxMessage, pause: dt.timedelta, reason: str) -> None:
        async with self._services.database.begin() as conn:
            await outbox.postpone(conn, message.id, self._clock.now() + pause, reason)


async def _settle(conn: Connection, message: OutboxMessage, outcome: Outcome, now: dt.datetime) -> Fate:
    """Write down what became of a message that was handed over."""
    match outcome:
        case Accepted(message_id):
            await outbox.mark_sent(conn, message.id, message_id, now)
            return Fate.SENT
        case Unknown(reason):
            _log.warning("delivery.unknown", extra={"fields": {"message": message.id, "reason": reason}})
            await outbox.mark_unknown(conn, message.id, reason, now)
            return Fate.UNKNOWN
        case Rejected(reason, moved_to=str(new_id)):
            await outbox.postpone(conn, message.id, now, reason)
            await chats.move(conn, message.chat, chat_key(parse_chat_key(message.chat)[0], new_id))
            return Fate.MOVED
        case Rejected(reason, retry_after=seconds) if seconds is not None:
            await outbox.postpone(conn, message.id, now + dt.timedelta(seconds=seconds), reason)
            return Fate.POSTPONED
        case Rejected():
            return await _give_up(conn, message, outcome, now)


async def _give_up(conn: Connection, message: OutboxMessage, outcome: Rejected, now: dt.datetime) -> Fate:
    fields = {"message": message.id, "reason": outcome.reason, "gone": outcome.gone}
    _log.warning("delivery.rejected", extra={"fields": fields})
    await outbox.mark_rejected(conn, message.id, outcome.reason, now)
    if outcome.gone:
        await chats.pause(conn, message.chat)
    return Fate.REJECTED


def _report(fates: list[Fate], pauses: list[float]) -> DeliveryReport:
    counts = Counter(fate.name.lower() for fate in fates if fate is not Fate.PACED)
    return DeliveryReport(pauses=tuple(pauses), **counts)
