"""In which language a chat is spoken to: the one that it has chosen, before that the one of the person's program."""

from __future__ import annotations

from dataclasses import replace

from handlers.reply import Incoming
from handlers.services import Services
from storage import chats
from storage.database import Connection


def language_for(chosen: str | None, incoming: Incoming, services: Services) -> str | None:
    """What the chat has chosen; before that, in a chat of two, what the person's chat program speaks, if we do."""
    if chosen is None and incoming.kind == "private":
        return services.languages.known(incoming.language)
    return chosen


async def remember(incoming: Incoming, services: Services) -> None:
    """A chat that has come to be known without choosing is written to later as it was spoken to first."""
    async with services.database.glance() as conn:
        chat = await chats.get(conn, incoming.chat)
    if chat is not None and chat.language is None:
        async with services.database.begin() as conn:
            await chats.configure(conn, incoming.chat, language=services.language)


async def speaking_to(conn: Connection, chat: str, services: Services) -> Services:
    """The services that speak the chat's language; as they are where it has chosen none."""
    chosen = await chats.language_of(conn, chat)
    return speaking(chosen, services) if chosen else services


def speaking(language: str | None, services: Services) -> Services:
    """In that language; None, or one there are no texts in, is the default."""
    return replace(services, language=services.languages.of(language).language)
