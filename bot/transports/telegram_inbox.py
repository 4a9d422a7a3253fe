"""Telegram's updates to our receiver: what people write, tap, block and move."""

from __future__ import annotations

import logging
from functools import partial

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.clock import Clock
from bot.inline import InlineDesk, InlineQuery
from bot.limiter import Priority
from bot.receive import LONGEST_PAUSE, Receiver
from bot.tap import Tap
from bot.transports.telegram import NAME
from bot.transports.telegram_update import Closed, Event, Looked, Moved, Opened, Said, read_update
from bot.transports.transport import chat_key
from bot.turnstile import NoTurn, Turnstile
from handlers.command import spec_of
from handlers.reply import Incoming

# Characters (Bot API, answerCallbackQuery).
LONGEST_TOAST = 200

_log = logging.getLogger(__name__)


class TelegramInbox:
    """Handles one update at a time per chat; updates of one chat must be handed over in their order."""

    def __init__(
        self, bot: Bot, receiver: Receiver, turnstile: Turnstile, clock: Clock, desk: InlineDesk | None = None
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._clock = clock
        self._turnstile = turnstile
        self._receiver = receiver

    async def handle(self, update: Update) -> None:
        """Nothing is awaited before the receiver queues for the chat: the order of arrival is the order of answers."""
        event = read_update(update, self._bot.username, _is_command)
        if event is not None:
            await self._carry_out(event, update.update_id)

    async def _carry_out(self, event: Event, number: int) -> None:
        match event:
            case Said(query=str(query)):
                tap = Tap(partial(self._acknowledge, query))
                async with tap.in_time():
                    await self._receiver.receive(self._incoming(event), number, tap)
            case Said():
                await self._receiver.receive(self._incoming(event), number)
            case Closed():
                await self._receiver.closed(event.chat_id)
            case Opened():
                user = chat_key(NAME, event.user_id)
                come = Incoming(chat_key(NAME, event.chat_id), "", self._clock.now(), user=user, kind=event.kind)
                await self._receiver.opened(come)
            case Moved():
                await self._receiver.moved(event.old_id, event.new_id)
            case Looked():
                if self._desk is not None:
                    await self._desk.receive(self._asked(event))

    def _incoming(self, said: Said) -> Incoming:
        user = None if said.user_id is None else chat_key(NAME, said.user_id)
        place, now, pressed = chat_key(NAME, _place(said)), self._clock.now(), said.pressed
        return Incoming(
            place,
            said.text,
            now,
            pressed=pressed,
            user=user,
            kind=said.kind,
            language=said.language,
            document=said.document,
        )

    def _asked(self, looked: Looked) -> InlineQuery:
        user = chat_key(NAME, looked.user_id)
        incoming = Incoming(user, looked.text, self._clock.now(), user=user, language=looked.language)
        return InlineQuery(looked.query, incoming, looked.offset)

    async def _acknowledge(self, query: str, toast: str) -> bool:
        """Best effort: an old tap cannot be acknowledged any more, but still be answered. It belongs to no chat, but
        counts among the requests of all."""
        try:
            async with self._turnstile.passage(chat_key(NAME, ""), Priority.ANSWER, LONGEST_PAUSE):
                return await self._bot.answer_callback_query(query, text=toast[:LONGEST_TOAST] or None)
        except (TelegramError, NoTurn) as error:
            _log.info("telegram.tap_not_acknowledged", extra={"fields": {"reason": str(error)}})
            return False


def _place(said: Said) -> str:
    """The chat, or the topic of a forum: it has subscriptions of its own, and is answered where it asked."""
    return said.chat_id if said.thread is None else f"{said.chat_id}/{said.thread}"


def _is_command(name: str) -> bool:
    return spec_of(name) is not None
