"""The outbox goes out.

    claim ─▶ gather ─▶ compose ─▶ turn at the limiter ─▶ freeze and begin (committed) ─▶ send ─▶ settle

No transaction is open while a message is under way, and nobody sleeps: what must wait long goes back to the outbox,
what must wait for a moment waits for its turn. Whatever goes wrong with one message stays with that message.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery_report import DeliveryReport, Fate
from bot.digest_calendar import quiet_until
from bot.group_commit import GroupCommit
from bot.limiter import Priority
from bot.outcome import Outcome, Unknown
from bot.payload import Payload
from bot.settle import Settling
from bot.transports.transport import Transport, parse_chat_key
from bot.turnstile import NoTurn, Sleep, Turnstile
from handlers import notice
from handlers.services import Services
from storage import chats, outbox, recovery
from storage.chats import Chat
from storage.database import Connection
from storage.gathering import gather
from storage.outbox import OutboxMessage

# A claimed message is free again soon after a crash; one that was begun is longer in doubt than its request can take,
# with all time-outs.
CLAIM = dt.timedelta(seconds=30)
LEASE = dt.timedelta(minutes=5)
AT_ONCE = 64
# Nobody claims for less room than this: a transaction for every single message would cost more than it gives.
ROOM = 16
# Seconds: who must wait longer than `HOLD` goes back to the outbox, a claimed one has its turn within `PATIENCE` or
# does, and the limits themselves (not a 429) make nobody wait for longer than `LONGEST_PAUSE`.
LONGEST_PAUSE = 60.0
HOLD = 2.0
PATIENCE = 20.0
# Seconds that a commit takes as a rule: what is noted before a request leaves is begun so much before its slot is free.
LEAD = 0.02
PACE = "too soon after the messages before"
# A message that cannot be composed, or has no transport here, is looked at again after the pause, for a day.
PAUSE = dt.timedelta(minutes=10)
GIVE_UP = dt.timedelta(days=1)
# Seconds between attempts to note what became of a message; shorter than the lease all together.
SETTLE_AGAIN = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 120.0)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """When notices become an overview: more than `burst` for one chat, or several that waited longer than `old`."""

    burst: int = 10
    old: dt.timedelta = dt.timedelta(hours=3)


def never() -> dt.datetime | None:
    """No round is under way."""
    return None


async def always(_conn: Connection) -> bool:
    """Nobody else sends."""
    return True


class Delivery:
    """`gathering` gives the moment of the round that is under way: what it finds is sent when it has ended.

    `may_send` is asked in every transaction that claims messages or notes that one goes out: where several programs
    share the store, one that has been deposed sends nothing more.
    """

    def __init__(
        self,
        services: Services,
        transports: Mapping[str, Transport],
        clock: Clock,
        turnstile: Turnstile,
        policy: Policy | None = None,
        gathering: Callable[[], dt.datetime | None] = never,
        sleep: Sleep = asyncio.sleep,
        may_send: Callable[[Connection], Awaitable[bool]] = always,
    ) -> None:
        self._may_send = may_send
        self._services = services
        self._transports = transports
        self._clock = clock
        self._turnstile = turnstile
        self._policy = policy or Policy()
        self._gathering = gathering
        self._sleep = sleep
        self._commits = GroupCommit(services.database)
        self._settling = Settling(self._commits, clock, turnstile)
        self._under_way: set[asyncio.Task[Fate]] = set()
        self._pauses: list[float] = []

    async def one_pass(self) -> DeliveryReport:
        """What is due, of each chat its first message, until it has ended. Raises what is wrong with the store."""
        await self._fill()
        if self._under_way:
            await asyncio.wait(self._under_way)
        return self._report()

    async def step(self, patience: float = 1.0) -> DeliveryReport:
        """As much as there is room for, until something has ended or `patience` seconds are over; the rest goes on."""
        if len(self._under_way) <= AT_ONCE - ROOM:
            await self._fill()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        return self._report()

    async def finish(self) -> None:
        """Let what is under way end."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _fill(self) -> None:
        policy, now = self._policy, self._clock.now()
        async with self._services.database.begin() as conn:
            if not await self._may_send(conn):
                return
            lost = await recovery.recover(conn, now)
            if self._turnstile.weathers.asks_again():
                await outbox.ask_again(conn, now)
            free = AT_ONCE - len(self._under_way)
            claimed = await outbox.claim(conn, now, CLAIM, free, self._gathering())
            messages = await gather(conn, claimed, now, policy.burst, policy.old)
            known = await chats.of_keys(conn, {message.chat for message in messages})
        if lost:
            _log.warning("outbox.recovered", extra={"fields": {"unknown": lost}})
        for message in messages:
            self._under_way.add(asyncio.create_task(self._deliver(message, known.get(message.chat))))

    def _report(self) -> DeliveryReport:
        ended = {task for task in self._under_way if task.done()}
        self._under_way -= ended
        pauses, self._pauses = tuple(self._pauses), []
        return _added(task.result() for task in ended).during(len(self._under_way), pauses)

    async def _deliver(self, message: OutboxMessage, chat: Chat | None) -> Fate:
        try:
            return await self._put_off(message, chat) or await self._send_out(message, chat)
        except Exception:
            _log.exception("delivery.failed", extra={"fields": {"message": message.id}})
            return Fate.FAILED

    async def _put_off(self, message: OutboxMessage, chat: Chat | None) -> Fate | None:
        """Back to the outbox, if it cannot go in the next moments."""
        name, _ = parse_chat_key(message.chat)
        if name not in self._transports:
            return await self._postpone(message, PAUSE, f"no transport {name!r} is running")
        end = quiet_until(chat, self._clock.now()) if chat and not _is_answer(message) else None
        if end is not None:
            return await self._postpone(message, end - self._clock.now(), outbox.QUIET_HOURS)
        wait = self._turnstile.chat_wait(message.chat)
        # Infinite: another message to that chat is under way, and ends soon.
        if HOLD < wait < math.inf:
            return await self._paced(message, wait)
        probe_in = 0.0 if _is_answer(message) else self._turnstile.probe_in(message.chat)
        return await self._postpone(message, dt.timedelta(seconds=probe_in), outbox.STORM) if probe_in else None

    async def _paced(self, message: OutboxMessage, wait: float) -> Fate:
        fate = await self._postpone(message, dt.timedelta(seconds=wait), self._turnstile.why(message.chat) or PACE)
        if fate is not Fate.POSTPONED or wait > LONGEST_PAUSE:
            return fate
        self._pauses.append(wait)
        return Fate.PACED

    async def _send_out(self, message: OutboxMessage, chat: Chat | None) -> Fate:
        name, chat_id = parse_chat_key(message.chat)
        transport = self._transports[name]
        parts = await self._parts(message, transport)
        if parts is None:
            return await self._not_composed(message)
        silent = {"silent": True} if chat is not None and chat.silent else {}
        try:
            async with self._turnstile.passage(message.chat, priority_of(message), PATIENCE, LEAD) as leaves:
                if not await self._begin(message, parts):
                    return Fate.TAKEN
                await leaves()
                outcome = await self._attempt(message, transport, chat_id, {**parts[0], **silent})
        except NoTurn:
            wait = self._turnstile.chat_wait(message.chat)
            return await self._paced(message, max(HOLD, wait) if wait < math.inf else HOLD)
        return await self._settle(message, outcome)

    async def _settle(self, message: OutboxMessage, outcome: Outcome) -> Fate:
        """Once Telegram has answered, a locked store or a full disk must not make that forgotten."""
        word = self._settling.judge(message, outcome)
        for pause in SETTLE_AGAIN:
            try:
                return await self._settling.settle(message, outcome, word)
            except Exception as error:
                fields = {"message": message.id, "error": type(error).__name__, "again_in": pause}
                _log.error("delivery.not_noted", extra={"fields": fields})
            await self._sleep(pause)
        return await self._settling.settle(message, outcome, word)

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

        async def begin(conn: Connection) -> bool:
            if not await self._may_send(conn):
                _log.warning("delivery.deposed", extra={"fields": {"message": message.id}})
                return False
            if message.kind != "text" and await outbox.fix_parts(conn, message, parts) is None:
                return False
            return await outbox.begin_sending(conn, message, self._clock.now(), LEASE)

        return await self._commits.run(begin)

    async def _attempt(self, message: OutboxMessage, transport: Transport, chat_id: str, payload: Payload) -> Outcome:
        try:
            return await transport.send(chat_id, payload)
        except Exception as error:
            _log.exception("delivery.broke", extra={"fields": {"message": message.id}})
            return Unknown(f"{type(error).__name__} while sending")

    async def _not_composed(self, message: OutboxMessage) -> Fate:
        """Try again later; for good only when it has been hopeless for a day."""
        reason, now = "it could not be composed", self._clock.now()
        if now - message.created_at < GIVE_UP:
            return await self._postpone(message, PAUSE, reason)
        _log.error("delivery.given_up", extra={"fields": {"message": message.id, "reason": reason}})
        async with self._services.database.begin() as conn:
            return Fate.REJECTED if await outbox.mark_rejected(conn, message, reason, now) else Fate.TAKEN

    async def _postpone(self, message: OutboxMessage, pause: dt.timedelta, reason: str) -> Fate:
        until = self._clock.now() + pause
        ours = await self._commits.run(lambda conn: outbox.postpone(conn, message, until, reason))
        return Fate.POSTPONED if ours else Fate.TAKEN


def priority_of(message: OutboxMessage) -> Priority:
    """A late answer still goes before what nobody asked for."""
    return Priority(message.priority)


def _is_answer(message: OutboxMessage) -> bool:
    return message.priority == outbox.ANSWER


def _added(fates: Iterable[Fate]) -> DeliveryReport:
    counts = Counter(fate.name.lower() for fate in fates if fate is not Fate.PACED)
    return DeliveryReport(pauses=(), **counts)
