"""Sending to Telegram: one payload, one attempt, one of three outcomes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)
from telegram.error import TelegramError

from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.payload import Payload, compose
from bot.transports.aiohttp_request import PLACEHOLDER, AiohttpRequest
from bot.transports.telegram_errors import Verdict, classify, verdict
from config.settings import Secret
from handlers.reply import Reply

NAME = "telegram"
"""The first half of its chats' keys."""

_log = logging.getLogger(__name__)


def telegram_bot(token: Secret, api_base: str) -> Bot:
    """The library's Bot on our own network back end, which alone knows the token. `api_base` is without “/bot”."""
    return Bot(
        PLACEHOLDER,
        base_url=f"{api_base.rstrip('/')}/bot",
        base_file_url=f"{api_base.rstrip('/')}/file/bot",
        request=AiohttpRequest(token),
        get_updates_request=AiohttpRequest(token),
    )


async def set_menu(bot: Bot, menu: Sequence[tuple[str, str]]) -> None:
    """Show (command, description) pairs in people's clients. Best effort: the bot works without."""
    try:
        await bot.set_my_commands([BotCommand(command, description) for command, description in menu])
    except TelegramError as error:
        _log.warning("telegram.menu_refused", extra={"fields": {"reason": str(error)}})


class TelegramTransport:
    """Telegram's Bot API, or any server that speaks it. A forum's topic has the id “<chat>/<topic>”."""

    name = NAME

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        return compose(reply)

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        """As `Transport.send`. When Telegram refuses the entities, the text goes out once more without them."""
        try:
            post = self._prepared(chat_id, payload)
        except (KeyError, TypeError, ValueError) as error:
            return Rejected(f"The message itself is broken: {type(error).__name__}")
        try:
            return Accepted(str((await post()).message_id))
        except TelegramError as error:
            if verdict(error) is not Verdict.ENTITIES or not payload["entities"]:
                return classify(error)
            _log.error("telegram.entities_refused", extra={"fields": {"reason": str(error)}})
            return await self.send(chat_id, {**payload, "entities": []})
        except (KeyError, TypeError, ValueError) as error:
            # The answer said “ok”, but what it holds is no message.
            return Unknown(f"The answer could not be read: {type(error).__name__}")

    def _prepared(self, chat_id: str, payload: Payload) -> Callable[[], Awaitable[Message]]:
        """The request, ready to go; a payload that is broken itself fails here, before anything could be sent."""
        whole, _, topic = chat_id.partition("/")
        return partial(
            self._bot.send_message,
            chat_id=int(whole),
            text=payload["text"],
            entities=[_entity(entity) for entity in payload["entities"]],
            reply_markup=_keyboard(payload["buttons"]),
            message_thread_id=int(topic) if topic else None,
            disable_notification=bool(payload.get("silent")) or None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


def _entity(entity: Mapping[str, object]) -> MessageEntity:
    return MessageEntity(str(entity["type"]), int(str(entity["offset"])), int(str(entity["length"])), _url(entity))


def _url(entity: Mapping[str, object]) -> str | None:
    url = entity.get("url")
    return None if url is None else str(url)


def _keyboard(rows: Sequence[Sequence[Mapping[str, str]]]) -> InlineKeyboardMarkup | None:
    buttons = [
        [InlineKeyboardButton(button["label"], callback_data=button["command"]) for button in row] for row in rows
    ]
    return InlineKeyboardMarkup(buttons) if buttons else None
