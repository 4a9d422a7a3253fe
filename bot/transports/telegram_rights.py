"""Who may what in Telegram's groups and channels, asked when it matters and remembered for a moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.transports.transport import parse_chat_key
from handlers.rights import ChannelRights, RightsUnknownError

# Seconds: long enough for a few taps in a row, short enough that who is no longer an administrator is soon none here.
REMEMBERED = 60.0
_MOST = 1000

Answer = TypeVar("Answer")


class TelegramRights:
    """`seconds` is a clock that only goes forward."""

    def __init__(self, bot: Bot, seconds: Callable[[], float]) -> None:
        self._bot = bot
        self._seconds = seconds
        self._known: dict[tuple[int, int], tuple[float, ChatMember | None]] = {}

    async def administers(self, group: str, person: str) -> bool:
        """As `Rights.administers`."""
        return _is_administrator(await self._member(_id(group), _id(person)))

    async def of_channel(self, channel: str, person: str) -> ChannelRights | None:
        """As `Rights.of_channel`."""
        chat = await _told(self._bot.get_chat(_id(channel)))
        if chat is None or chat.type != chat.CHANNEL:
            return None
        person_may = _may_post(await self._member(chat.id, _id(person)))
        return ChannelRights(chat.title or "", person_may, _may_post(await self._member(chat.id, self._bot.id)))

    async def _member(self, chat: int, user: int) -> ChatMember | None:
        """None where the chat is closed to us: then nobody administers anything there through us. Only administrators
        are remembered: who was none a moment ago may just have become one because of our answer."""
        now = self._seconds()
        at, member = self._known.get((chat, user), (-REMEMBERED, None))
        if now - at < REMEMBERED:
            return member
        member = await _told(self._bot.get_chat_member(chat, user))
        if _is_administrator(member):
            self._remember(chat, user, member)
        return member

    def _remember(self, chat: int, user: int, member: ChatMember | None) -> None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[chat, user] = self._seconds(), member


async def _told(request: Awaitable[Answer]) -> Answer | None:
    """None for a refusal. Raises RightsUnknownError where nothing was said."""
    try:
        return await request
    except (BadRequest, Forbidden):
        return None
    except TelegramError as error:
        raise RightsUnknownError(str(error)) from error


def _is_administrator(member: ChatMember | None) -> bool:
    return member is not None and member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def _may_post(member: ChatMember | None) -> bool:
    if member is None:
        return False
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return member.status == ChatMember.OWNER


def _id(key: str) -> int:
    return int(parse_chat_key(key)[1])
