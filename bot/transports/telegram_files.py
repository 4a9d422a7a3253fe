"""Files that people have sent to the bot, fetched from Telegram (Bot API, getFile)."""

from __future__ import annotations

import logging

from telegram import Bot
from telegram.error import TelegramError

_log = logging.getLogger(__name__)


class TelegramFiles:
    """As `handlers.files_from_chats.Files`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def read(self, document: str) -> bytes | None:
        try:
            file = await self._bot.get_file(document)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            _log.info("telegram.file_not_read", extra={"fields": {"reason": str(error)}})
            return None
