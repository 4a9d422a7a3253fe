"""Menus and profile in Telegram: per language and kind of chat, sent only where they differ from what stands there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, TelegramError

from handlers.profile import Audience, Menu, Profile

_log = logging.getLogger(__name__)

_SCOPES: Mapping[Audience, BotCommandScope] = {
    "private": BotCommandScopeAllPrivateChats(),
    "group": BotCommandScopeAllGroupChats(),
    "administrators": BotCommandScopeAllChatAdministrators(),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that is set by itself. `stands` asks for what is there now, `put` sends ours."""

    name: str
    ours: object
    stands: Callable[[], Awaitable[object]]
    put: Callable[[], Awaitable[object]]


async def show_profile(bot: Bot, profiles: Iterable[Profile]) -> int:
    """Bring Telegram up to date; how many parts were sent. Best effort: the bot works without.

    What Telegram refuses is logged and left out; when it does not answer, or not now, the rest waits for the next time
    (descriptions may be set only a few times in a while, which is why what stands there is asked for first).
    """
    sent = 0
    for part in (part for profile in profiles for part in _parts(bot, profile)):
        try:
            if await part.stands() != part.ours:
                await part.put()
                sent += 1
        except BadRequest as error:
            _log.warning("telegram.profile_refused", extra={"fields": {"part": part.name, "reason": str(error)}})
        except TelegramError as error:
            _log.warning("telegram.profile_not_shown", extra={"fields": {"part": part.name, "reason": str(error)}})
            return sent
    if sent:
        _log.info("telegram.profile_shown", extra={"fields": {"parts": sent}})
    return sent


def _parts(bot: Bot, profile: Profile) -> Iterator[_Part]:
    code = profile.language
    for audience, menu in profile.menus.items():
        yield _menu(bot, audience, menu, code)
    yield _Part(
        f"description {code or ''}".strip(),
        profile.description,
        partial(_description, bot, code),
        partial(bot.set_my_description, profile.description, code),
    )
    yield _Part(
        f"about {code or ''}".strip(),
        profile.about,
        partial(_about, bot, code),
        partial(bot.set_my_short_description, profile.about, code),
    )


def _menu(bot: Bot, audience: Audience, menu: Menu, code: str | None) -> _Part:
    scope = _SCOPES[audience]
    commands = [BotCommand(name, does) for name, does in menu]
    return _Part(
        f"menu {audience} {code or ''}".strip(),
        menu,
        partial(_commands, bot, scope, code),
        partial(bot.set_my_commands, commands, scope, code),
    )


async def _commands(bot: Bot, scope: BotCommandScope, code: str | None) -> Menu:
    return tuple((one.command, one.description) for one in await bot.get_my_commands(scope, code))


async def _description(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_description(code)).description


async def _about(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_short_description(code)).short_description
