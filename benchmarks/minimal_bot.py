"""The smallest bot that python-telegram-bot can make: it answers every message with its text, by its own polling.

python -m benchmarks.minimal_bot API_BASE TOKEN
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert update.message.text
    await update.message.reply_text(update.message.text)


def main() -> None:
    api_base, token = sys.argv[1:]
    app = Application.builder().token(token).base_url(f"{api_base}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, answer))
    app.run_polling()


if __name__ == "__main__":
    main()
