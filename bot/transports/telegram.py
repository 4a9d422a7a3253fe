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
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.payload import Payload, compose
from bot.transports.aiohttp_request import PLACEHOLDER, AiohttpRequest, FloodControlError, NotSentError
from config.settings import Secret
from handlers.reply import Reply

# Seconds until the same message is tried again after a fault that is not the message's.
NETWORK_PAUSE = 30.0
TOKEN_PAUSE = 300.0

# What the Bot API says (400 and 403, observed wordings) when a chat is closed to the bot.
_GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked",
    "chat not found",
    "bot is not a member",
    "bot can't initiate conversation",
    "group chat was deleted",
    "group chat was deactivated",
)
_ENTITIES_REFUSED = "can't parse entities"

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
    """Telegram's Bot API, or any server that speaks it."""

    name = "telegram"

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
        except BadRequest as error:
            if _ENTITIES_REFUSED not in error.message.lower() or not payload["entities"]:
                return classify(error)
            _log.error("telegram.entities_refused", extra={"fields": {"reason": str(error)}})
            return await self.send(chat_id, {**payload, "entities": []})
        except TelegramError as error:
            return classify(error)
        except (KeyError, TypeError, ValueError) as error:
            # The answer said “ok”, but what it holds is no message.
            return Unknown(f"The answer could not be read: {type(error).__name__}")

    def _prepared(self, chat_id: str, payload: Payload) -> Callable[[], Awaitable[Message]]:
        """The request, ready to go; a payload that is broken itself fails here, before anything could be sent."""
        return partial(
            self._bot.send_message,
            chat_id=int(chat_id),
            text=payload["text"],
            entities=[_entity(entity) for entity in payload["entities"]],
            reply_markup=_keyboard(payload["buttons"]),
            message_thread_id=payload.get("thread"),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


def classify(error: TelegramError) -> Outcome:
    """What an error says about the message's fate. BadRequest is a NetworkError to the library, so it comes first.

    Everything not named here is unknown: 5xx, time-outs, cut connections and broken answers after the request went out.
    """
    match error:
        case FloodControlError():
            return Rejected(str(error), retry_after=error.seconds)
        case RetryAfter():
            return Rejected(str(error), retry_after=NETWORK_PAUSE)
        case ChatMigrated():
            return Rejected(str(error), moved_to=str(error.new_chat_id))
        case NotSentError():
            return Rejected(str(error), retry_after=NETWORK_PAUSE)
        case BadRequest() | Forbidden():
            return Rejected(str(error), gone=any(words in error.message.lower() for words in _GONE))
        case InvalidToken():
            return Rejected("Telegram does not accept the bot's token.", retry_after=TOKEN_PAUSE)
        case _:
            return Unknown(f"{type(error).__name__}: {error}"[:500])


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
