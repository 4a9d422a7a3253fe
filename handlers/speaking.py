"""In which language a chat is spoken to: the one that it has chosen."""

from __future__ import annotations

from dataclasses import replace

from handlers.services import Services
from storage import chats
from storage.database import Connection


async def speaking_to(conn: Connection, chat: str, services: Services) -> Services:
    """The services that speak the chat's language; as they are where it has chosen none."""
    chosen = await chats.language_of(conn, chat)
    return speaking(chosen, services) if chosen else services


def speaking(language: str | None, services: Services) -> Services:
    """In that language; None, or one there are no texts in, is the default."""
    return replace(services, language=services.languages.of(language).language)
