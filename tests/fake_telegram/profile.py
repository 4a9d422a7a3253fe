"""What the bot shows of itself: its menus and its descriptions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


async def set_my_commands(world: World, given: Json) -> bool:
    commands = given["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope, code = _place_of_menu(given)
    if commands:
        world.menus[scope, code] = commands
    else:
        world.menus.pop((scope, code), None)
    return True


async def get_my_commands(world: World, given: Json) -> list[Json]:
    """Exactly what was set there: the fall back on wider scopes is the client's business."""
    return world.menus.get(_place_of_menu(given), [])


def _place_of_menu(given: Json) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})["type"]
    if scope not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        raise bad_request(f"BotCommandScope {scope} is not known to this fake")
    return scope, _language(given)


def _language(given: Json) -> str:
    code: str = given.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def set_text(name: str, longest: int) -> Callable[[World, Json], Awaitable[bool]]:
    async def run(world: World, given: Json) -> bool:
        text = given.get(name, "")
        if len(text) > longest:
            raise bad_request(f"BOT_{name.upper()}_INVALID")
        world.descriptions[name, _language(given)] = text
        return True

    return run


def get_text(name: str) -> Callable[[World, Json], Awaitable[Json]]:
    async def run(world: World, given: Json) -> Json:
        return {name: world.descriptions.get((name, _language(given)), "")}

    return run
