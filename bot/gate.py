"""The one gate: whatever comes in from a chat system is judged here before anything is done for it.

Who has access stands in the settings and in the store. Who opens an invitation's link gets in on the way. Of whom
something is kept may see and erase it. All others hear one polite line: in a private chat each time, so that nobody is
met with silence, elsewhere once a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.pseudonyms import Pseudonyms
from handlers.command import parse_command
from handlers.command_types import Forget, SendMyData
from handlers.reply import Incoming
from handlers.services import Services
from storage import admissions, invitations, personal, turned_away
from storage.chats import whole

_OPENED = re.compile(rf"/start\s+{invitations.WORD}(?P<token>\S*)\s*")


@dataclass(frozen=True, slots=True)
class Inside:
    """To be answered, as `incoming` says; `welcome`: access has just been given."""

    incoming: Incoming
    welcome: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """Nothing is done for it. `say`: the key of the one text it is told, None for nothing; `toast`: of words that are
    shown to who has tapped, and to nobody else; `leave`: go from there."""

    say: str | None = None
    leave: bool = False
    toast: str | None = None


class Gate:
    def __init__(self, services: Services, pseudonyms: Pseudonyms) -> None:
        self._access = services.access
        self._database = services.database
        self._pseudonyms = pseudonyms

    async def judge(self, incoming: Incoming) -> Inside | Outside:
        """Everything that asks for an answer. Raises what is wrong with the store: then nobody is let in."""
        if incoming.kind == "channel" and incoming.pressed is not None:
            return Outside(toast="channel.tap")
        opened = _OPENED.fullmatch(incoming.text)
        plain = replace(incoming, text="/start") if opened else incoming
        if await self.admits(incoming.chat):
            return Inside(plain)
        if await self._settles_own_data(incoming):
            return Inside(plain)
        if opened is None or self._access.mode != "invite":
            return await self._away(incoming, "access.stranger")
        if await self._invited(incoming, opened["token"]):
            return Inside(plain, welcome=True)
        return await self._away(incoming, "access.over")

    async def admits(self, chat: str) -> bool:
        """Whether this chat, or the private chat of this person, has access."""
        if self._access.knows(chat):
            return True
        async with self._database.read() as conn:
            return await admissions.admits(conn, chat, self._access.set_by_hand)

    async def added(self, incoming: Incoming) -> bool:
        """The bot was taken into a chat, or unblocked, by `incoming.user`: whether the chat has access.

        A group that an administrator takes it into is let in by that. Others may still be invited, so the bot only
        keeps quiet there.
        """
        if await self.admits(incoming.chat):
            return True
        if incoming.kind == "private" or incoming.user not in self._access.admins:
            return False
        async with self._database.begin() as conn:
            return await admissions.admit(conn, incoming.chat, "", incoming.at)

    async def _settles_own_data(self, incoming: Incoming) -> bool:
        """Whoever something is kept of may see and erase it, also when access has ended."""
        if incoming.kind == "channel" or not isinstance(parse_command(incoming.text), Forget | SendMyData):
            return False
        async with self._database.read() as conn:
            return bool((await personal.kept(conn, incoming.chat)).keys() - personal.PASSING)

    async def _invited(self, incoming: Incoming, token: str) -> bool:
        async with self._database.begin() as conn:
            invitation = await invitations.redeem(conn, token, incoming.at)
            if invitation is None:
                return False
            return await admissions.admit(conn, incoming.chat, invitation.note, incoming.at, invitation.id)

    async def _away(self, incoming: Incoming, say: str) -> Outside:
        if incoming.kind == "private":
            return Outside(say)
        if incoming.kind == "channel":
            return Outside(leave=True)
        who = self._pseudonyms(whole(incoming.chat))
        async with self._database.begin() as conn:
            first = await turned_away.first_today(conn, who, incoming.at.date())
        return Outside(say if first else None, leave=True)
