"""Sending to Telegram: one payload, one attempt, one of three outcomes."""

from __future__ import annotations

import base64
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.outcome import Accepted, Outcome, Rejected, Unknown
from bot.payload import Payload, compose
from bot.transports.aiohttp_request import PLACEHOLDER, AiohttpRequest
from bot.transports.channel_chooser import channel_chooser
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


class TelegramTransport:
    """Telegram's Bot API, or any server that speaks it. A forum's topic has the id “<chat>/<topic>”."""

    name = NAME

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        return compose(reply)

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        """As `Transport.send`. What is refused for its entities, or for an address behind a button, may go without;
        what replaces a message that cannot be edited may go as a new one."""
        try:
            post = self._prepared(chat_id, payload)
        except (KeyError, TypeError, ValueError) as error:
            return Rejected(f"The message itself is broken: {type(error).__name__}")
        try:
            return Accepted(_number(await post(), payload))
        except TelegramError as error:
            return _refused(payload, error)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The answer said “ok”, but what it holds is no message.
            return _unknown(Unknown(f"The answer could not be read: {type(error).__name__}"), payload)

    async def show_work(self, chat_id: str) -> None:
        whole, _, topic = chat_id.partition("/")
        try:
            await self._bot.send_chat_action(int(whole), ChatAction.TYPING, int(topic) if topic else None)
        except TelegramError as error:
            _log.info("telegram.work_not_shown", extra={"fields": {"reason": str(error)}})

    async def leave(self, chat_id: str) -> None:
        try:
            await self._bot.leave_chat(int(chat_id))
        except TelegramError as error:
            _log.info("telegram.not_left", extra={"fields": {"reason": str(error)}})

    def _prepared(self, chat_id: str, payload: Payload) -> Callable[[], Awaitable[Message | bool]]:
        """The request, ready to go; a payload that is broken itself fails here, before anything could be sent."""
        whole, _, topic = chat_id.partition("/")
        if not self._may_share():
            payload = _without_buttons(payload, ("share",))
        if "attachment" in payload:
            return self._attached(int(whole), int(topic) if topic else None, payload)
        content: dict[str, Any] = {
            "chat_id": int(whole),
            "text": payload["text"],
            "entities": as_entities(payload["entities"]),
            "reply_markup": _markup(payload),
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
        }
        if "replaces" in payload:
            return partial(self._bot.edit_message_text, message_id=int(payload["replaces"]), **content)
        return partial(
            self._bot.send_message,
            message_thread_id=int(topic) if topic else None,
            disable_notification=bool(payload.get("silent")) or None,
            **content,
        )

    def _may_share(self) -> bool:
        """Unless inline mode is known to be off (@BotFather, /setinline): a button for it would be refused."""
        try:
            return self._bot.bot.supports_inline_queries is not False
        except RuntimeError:  # nobody has asked Telegram yet
            return True

    def _attached(self, chat: int, topic: int | None, payload: Payload) -> Callable[[], Awaitable[Message]]:
        """A picture to look at or a file to keep, with the text as its caption."""
        content = payload["attachment"]
        file = InputFile(base64.b64decode(content["data"], validate=True), filename=str(content["name"]))
        about: dict[str, Any] = {
            "chat_id": chat,
            "caption": payload["text"],
            "message_thread_id": topic,
            "disable_notification": bool(payload.get("silent")) or None,
        }
        if content["kind"] == "picture":
            return partial(self._bot.send_photo, photo=file, **about)
        return partial(self._bot.send_document, document=file, disable_content_type_detection=True, **about)


def _refused(payload: Payload, error: TelegramError) -> Outcome:
    """The outcome; where another form may be accepted, with that form."""
    found = verdict(error)
    if found is Verdict.SAME and "replaces" in payload:
        return Accepted(str(payload["replaces"]))
    if (other := _in_other_form(payload, found)) is None:
        return _unknown(classify(error), payload)
    if found is not Verdict.NOT_EDITABLE:
        _log.error("telegram.form_refused", extra={"fields": {"what": found.name, "reason": str(error)}})
    return Rejected(str(error), other=other)


def _number(sent: Message | bool, payload: Payload) -> str:
    """The message's number; an edit may be answered with a mere “true”."""
    return str(payload["replaces"]) if isinstance(sent, bool) else str(sent.message_id)


def _unknown(outcome: Outcome, payload: Payload) -> Outcome:
    """An edit of unknown fate may be repeated: the message is then as it should be."""
    return replace(outcome, harmless="replaces" in payload) if isinstance(outcome, Unknown) else outcome


def _without_buttons(payload: Payload, kinds: Sequence[str]) -> Payload:
    rows = [[button for button in row if not set(kinds) & set(button)] for row in payload["buttons"]]
    return {**payload, "buttons": [row for row in rows if row]}


def _in_other_form(payload: Payload, refused: Verdict) -> Payload | None:
    """The same without what was refused; None where it does not help."""
    match refused:
        case Verdict.ENTITIES if payload["entities"]:
            return {**payload, "entities": []}
        case Verdict.ADDRESS if any("command" not in button for row in payload["buttons"] for button in row):
            return _without_buttons(payload, ("url", "share"))
        case Verdict.NOT_EDITABLE if "replaces" in payload:
            return {key: value for key, value in payload.items() if key != "replaces"}
    return None


def as_entities(entities: Sequence[Mapping[str, object]]) -> list[MessageEntity]:
    """A payload's entities as the library's."""
    return [_entity(entity) for entity in entities]


def _entity(entity: Mapping[str, object]) -> MessageEntity:
    return MessageEntity(str(entity["type"]), int(str(entity["offset"])), int(str(entity["length"])), _url(entity))


def _url(entity: Mapping[str, object]) -> str | None:
    url = entity.get("url")
    return None if url is None else str(url)


def _markup(payload: Payload) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    label = payload.get("chooses_channel")
    if label is None:
        return as_keyboard(payload["buttons"])
    return channel_chooser(label) if label else ReplyKeyboardRemove()


def as_keyboard(rows: Sequence[Sequence[Mapping[str, str]]]) -> InlineKeyboardMarkup | None:
    """A payload's buttons as the library's; None without any."""
    buttons = [[_button(button) for button in row] for row in rows]
    return InlineKeyboardMarkup(buttons) if buttons else None


def _button(button: Mapping[str, str]) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button["label"],
        callback_data=button.get("command"),
        url=button.get("url"),
        switch_inline_query=button.get("share"),
    )
