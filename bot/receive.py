"""One message in, its answer out, whatever the chat system: in order within a chat, side by side between chats.

Answers go out directly: who asked is waiting. Only one that cannot go now (the chat is told to wait long, the chat
system is not reached) is left to the outbox, so that what was accepted is answered, if late.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from weakref import WeakValueDictionary

from bot.answered import Answered
from bot.clock import Clock
from bot.flood import Flood, Verdict
from bot.gate import Gate, Inside, Outside
from bot.limiter import Priority
from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.payload import Payload, replacing
from bot.tap import Tap
from bot.transports.transport import Transport, chat_key, parse_chat_key
from bot.turnstile import NoTurn, Sleep, Turnstile
from bot.weather import Word
from bot.working import showing_work
from handlers.questions import situation
from handlers.reply import Incoming, Reply, plain
from handlers.router import answer
from handlers.services import Services
from handlers.speaking import speaking, speaking_to
from storage import chats, outbox
from storage.situation import Situation

# A person waits for the answer: what would take longer, in seconds or attempts, is left to the outbox.
LONGEST_PAUSE = 60.0
MOST_ATTEMPTS = 5
# Seconds before an edit of unknown fate is made once more.
AGAIN = 1.0

_log = logging.getLogger(__name__)


class Turns:
    """One lock per chat, kept only while somebody holds or awaits it; first come, first served."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, chat: str) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())


class Receiver:
    """What a transport's receiving half hands its events to. Each method begins by queueing for its chat.

    `gate` None: everybody is let in, as at a local prompt; `flood` None: however fast they write. `owner` names this
    process among all that ever used the store. `notes_end` False: whoever hands the updates over notes by itself, after
    `receive`, that they are answered. `failed` hears of each answer that could not be worked out.
    """

    def __init__(
        self,
        services: Services,
        transport: Transport,
        clock: Clock,
        turnstile: Turnstile,
        sleep: Sleep = asyncio.sleep,
        owner: str = "",
        gate: Gate | None = None,
        flood: Flood | None = None,
        notes_end: bool = True,
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        self._failed = failed
        self._notes_end = notes_end
        self._gate = gate
        self._flood = flood
        self._services = services
        self._transport = transport
        self._clock = clock
        self._turnstile = turnstile
        self._sleep = sleep
        self._turns = Turns()
        self._answered = Answered(services.database, transport.name, clock, sleep, owner)

    async def receive(self, incoming: Incoming, number: int | None = None, tap: Tap | None = None) -> None:
        """Answer one message or `tap`. Updates with a `number` are answered once, also by another process or after a
        crash; whoever's answer got lost in one is told so."""
        async with self._turns.of(incoming.chat):
            if not await self._calm(incoming, number):
                return
            match await self._judged(incoming):
                case Inside() as passage:
                    known = await self._situation(passage.incoming)
                    async with showing_work(partial(self._show_work, incoming)):
                        payloads = await self._answer(passage, tap, known)
                    await self._send_once(incoming.chat, payloads, number)
                case Outside() as refusal:
                    await self._turn_away(incoming, refusal, number, tap)

    async def _calm(self, incoming: Incoming, number: int | None) -> bool:
        """Whether the chat may be answered; who writes too fast is told once, and then there is quiet."""
        if self._flood is None:
            return True
        verdict, seconds = self._flood.judge(chats.whole(incoming.chat), incoming.at.timestamp())
        if verdict is Verdict.ASK_TO_WAIT:
            word = await self._said(incoming.chat, "problem.flood", incoming.language, seconds=math.ceil(seconds))
            await self._send_once(incoming.chat, word, number)
        return verdict is Verdict.ANSWER

    async def _turn_away(self, incoming: Incoming, refusal: Outside, number: int | None, tap: Tap | None) -> None:
        chat = incoming.chat
        if refusal.say is not None:
            await self._send_once(chat, await self._said(chat, refusal.say, incoming.language), number)
        if refusal.toast is not None and tap is not None:
            await tap.acknowledge((await self._speaking(chat, incoming.language)).texts(refusal.toast))
        if refusal.leave:
            await self._transport.leave(parse_chat_key(chats.whole(chat))[1])

    async def _show_work(self, incoming: Incoming) -> None:
        if incoming.kind != "channel":
            await self._transport.show_work(parse_chat_key(incoming.chat)[1])

    async def _judged(self, incoming: Incoming) -> Inside | Outside:
        """Nobody is let in when it cannot be said who may."""
        if self._gate is None:
            return Inside(incoming)
        try:
            return await self._gate.judge(incoming)
        except Exception:
            _log.exception("answer.not_judged")
            self._failed()
            return Outside("problem.failed")

    async def _send_once(self, chat: str, payloads: Sequence[Payload], number: int | None) -> None:
        if number is not None and not await self._answered.is_mine(number):
            if not await self._answered.take_over(number):
                return
            _log.warning("answer.interrupted", extra={"fields": {"update_id": number}})
            if not all("replaces" in payload for payload in payloads):  # to edit twice does no harm
                payloads = await self._said(chat, "problem.interrupted")
        await self._deliver_all(chat, payloads, number)
        if number is not None and self._notes_end:
            await self._answered.finish(number)

    async def closed(self, chat_id: str) -> None:
        """The bot was blocked or thrown out: nothing more is sent there."""
        chat = chat_key(self._transport.name, chat_id)
        async with self._turns.of(chat), self._services.database.begin() as conn:
            await chats.pause(conn, chat, self._clock.now())

    async def opened(self, incoming: Incoming) -> None:
        """The bot may write (again), by the doing of `incoming.user`: what waited is sent, if the chat has access."""
        async with self._turns.of(incoming.chat):
            if self._gate is not None and not await self._gate.added(incoming):
                return
            self._turnstile.weathers.of(incoming.chat).forget(incoming.chat)
            async with self._services.database.begin() as conn:
                await chats.resume(conn, incoming.chat)
                await outbox.ask_again(conn, self._clock.now(), incoming.chat)

    async def moved(self, old_id: str, new_id: str) -> None:
        """The chat lives on under a new id, and its subscriptions with it."""
        old, new = chat_key(self._transport.name, old_id), chat_key(self._transport.name, new_id)
        async with self._turns.of(old), self._services.database.begin() as conn:
            await chats.move(conn, old, new)

    async def _situation(self, incoming: Incoming) -> Situation | None:
        """How things stand with the chat. Who writes can be written to, even if the news of it was lost."""
        try:
            async with self._services.database.glance() as conn:
                known = await situation(conn, incoming)
            if known.state == "paused":
                async with self._services.database.begin() as conn:
                    await chats.resume(conn, incoming.chat)
            return known
        except Exception:  # the answer itself is what matters; if it fails too, that is said
            _log.exception("answer.not_reopened")
            return None

    async def _answer(self, passage: Inside, tap: Tap | None, known: Situation | None) -> tuple[Payload, ...]:
        """The answer in parts, none where a toast says it; an apology where the program itself has failed, for silence
        helps nobody."""
        incoming = passage.incoming
        try:
            reply = await answer(incoming, self._services, known)
            if passage.welcome:
                texts = (await self._speaking(incoming.chat, incoming.language)).texts
                reply = replace(reply, blocks=(plain(texts("access.welcome")), *reply.blocks))
            payloads = self._transport.compose(reply)
        except Exception:
            _log.exception("answer.failed")
            self._failed()
            return await self._said(incoming.chat, "problem.failed", incoming.language)
        if tap and await tap.acknowledge(reply.toast or "") and reply.toast and not reply.replaces:
            return ()
        return replacing(payloads, incoming.pressed) if reply.replaces and incoming.pressed else payloads

    async def _said(self, chat: str, key: str, client: str | None = None, **fields: object) -> tuple[Payload, ...]:
        """A text by its key. `client`: the language to turn to where none was chosen, for who cannot choose."""
        texts = (await self._speaking(chat, client)).texts
        return self._transport.compose(Reply((plain(texts(key, **fields)),)))

    async def _speaking(self, chat: str, client: str | None = None) -> Services:
        """In the chat's language; where the store does not tell which, in the usual one."""
        services = speaking(self._services.languages.known(client), self._services)
        try:
            async with services.database.read() as conn:
                return await speaking_to(conn, chat, services)
        except Exception:
            _log.exception("answer.language_unknown")
            return services

    async def _deliver_all(self, chat: str, payloads: Sequence[Payload], number: int | None) -> None:
        """Every part in order. What cannot go out now is left to the outbox, with all behind it."""
        unsure = False
        for at, payload in enumerate(payloads):
            outcome = await self._deliver(chat, payload)
            if isinstance(outcome, Accepted):
                continue
            _log.warning(
                "answer.not_sent", extra={"fields": {"outcome": type(outcome).__name__, "reason": outcome.reason}}
            )
            if isinstance(outcome, Rejected):
                await self._rejected(chat, outcome, payloads[at:], number)
                return
            unsure = True
        if unsure:
            # An unknown part may stand there already, so it is not repeated; but who got nothing should know.
            await self._leave(chat, await self._said(chat, "problem.unsure"), number)

    async def _deliver(self, chat: str, payload: Payload) -> Outcome:
        """Send one part, again only where that is safe; an edit that may have been made already is."""
        chat_id = parse_chat_key(chat)[1]
        outcome: Outcome = Rejected("it was not tried")
        for _ in range(MOST_ATTEMPTS):
            outcome = await self._attempt(chat_key(self._transport.name, chat_id), chat_id, payload)
            match outcome:
                case Rejected(moved_to=str(new_id)):
                    await self._follow(chat, new_id)
                    chat_id = new_id
                case Rejected(other=other) if other is not None:
                    payload = other
                case Rejected(retry_after=seconds) if seconds is not None and seconds <= LONGEST_PAUSE:
                    # A flood is waited for where everybody waits, before the next attempt.
                    await self._sleep(0.0 if outcome.flood else seconds)
                case Unknown(harmless=True):
                    await self._sleep(AGAIN)
                case _:
                    break
        return outcome

    async def _attempt(self, chat: str, chat_id: str, payload: Payload) -> Outcome:
        if (wait := self._turnstile.chat_wait(chat)) > LONGEST_PAUSE:
            return Rejected("the chat is to wait", retry_after=wait)
        try:
            async with self._turnstile.passage(chat, Priority.ANSWER, LONGEST_PAUSE):
                outcome = await self._transport.send(chat_id, payload)
        except NoTurn as error:
            return Rejected(str(error), retry_after=LONGEST_PAUSE)
        except Exception as error:
            _log.exception("answer.broke")
            return Unknown(f"{type(error).__name__} while sending")
        if isinstance(outcome, Accepted):
            self._turnstile.weathers.of(chat).accepted(chat)
        if isinstance(outcome, Rejected) and outcome.flood and outcome.retry_after is not None:
            self._turnstile.refused(chat, outcome.retry_after)
        return outcome

    async def _rejected(self, chat: str, outcome: Rejected, rest: Sequence[Payload], number: int | None) -> None:
        """Gone chats are paused; what may be tried again is left to the outbox, as is what a chat has refused of which
        it is not certain yet that it is gone; who cannot be given the answer is told so."""
        if outcome.gone and not self._is_doubtful(chat, outcome):
            async with self._services.database.begin() as conn:
                close = chats.pause_topic if outcome.topic_only else chats.pause
                await close(conn, chat, self._clock.now())
        elif outcome.gone or outcome.retry_after is not None:
            await self._leave(chat, rest, number)
        else:
            await self._leave(chat, await self._said(chat, "problem.failed"), number)

    def _is_doubtful(self, chat: str, outcome: Rejected) -> bool:
        if outcome.topic_only:
            return False
        return self._turnstile.weathers.of(chat).refused(chat, self._clock.seconds()) is Word.SET_ASIDE

    async def _leave(self, chat: str, payloads: Sequence[Payload], number: int | None) -> None:
        """To the outbox, which tries again for as long as it takes."""
        now = self._clock.now()
        event = f"answer:{now.isoformat() if number is None else number}"
        async with self._services.database.begin() as conn:
            for part, payload in enumerate(payloads, 1):
                await outbox.enqueue(conn, chat, event, "text", payload, now, part=part)

    async def _follow(self, chat: str, new_id: str) -> None:
        async with self._services.database.begin() as conn:
            await chats.move(conn, chats.whole(chat), chat_key(self._transport.name, new_id))
