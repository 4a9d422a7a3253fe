"""Answers to Telegram's inline queries: cards to choose from, each with the message that choosing it sends."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import TelegramError

from bot.inline import InlineAnswer, InlineResult
from bot.limiter import Priority
from bot.transports.telegram import NAME, as_entities, as_keyboard
from bot.transports.transport import chat_key
from bot.turnstile import NoTurn, Turnstile

# Seconds: a client does not wait longer for what is to be shown while somebody types.
LONGEST_WAIT = 8.0

_log = logging.getLogger(__name__)


class TelegramInline:
    def __init__(self, bot: Bot, turnstile: Turnstile) -> None:
        self._bot = bot
        self._turnstile = turnstile

    async def answer(self, query: str, given: InlineAnswer) -> None:
        """Best effort: a question that is too old is asked again by the next letter."""
        button = InlineQueryResultsButton(given.hint, start_parameter=given.opens) if given.hint else None
        try:
            async with self._turnstile.passage(chat_key(NAME, ""), Priority.ANSWER, LONGEST_WAIT):
                await self._bot.answer_inline_query(
                    query,
                    [_article(result) for result in given.results],
                    cache_time=given.cache,
                    is_personal=True,
                    next_offset=given.next_offset,
                    button=button,
                )
        except (TelegramError, NoTurn) as error:
            _log.warning("telegram.inline_not_answered", extra={"fields": {"reason": str(error)}})


def _article(result: InlineResult) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        result.payload["text"],
        entities=as_entities(result.payload["entities"]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(
        result.id,
        result.title,
        content,
        reply_markup=as_keyboard(result.payload["buttons"]),
        description=result.description or None,
    )
