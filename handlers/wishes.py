"""When and how a chat wants to hear of things: /pause, /weiter, /ruhe, /leise, /zeitzone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from handlers.command_arguments import unquoted
from handlers.command_types import Problem
from handlers.phrases import counted, long_date, quoted, shortened, time_of_day, zone_name
from handlers.problem import explain
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.setting_commands import GoOn, Pause, SetQuiet, SetSilent, SetZone
from handlers.typed_date import typed_date
from handlers.wish_arguments import LONGEST_PAUSE
from storage import chats, outbox

_NEAREST = 3
GERMANY = "Europe/Berlin"
"""The zone of all sixteen Länder."""


async def pause(command: Pause, incoming: Incoming, services: Services) -> Reply:
    """Nothing is lost meanwhile: it comes as one overview afterwards."""
    days = command.days if command.until is None else await _days_until(command.until, incoming, services)
    if days is None:
        return await explain(Problem("days", "pause", command.until or ""), incoming, services)
    texts, until = services.texts, incoming.at + dt.timedelta(days=days)
    chat = await _wish(incoming, services, paused_until=until)
    last = long_date(until.astimezone(ZoneInfo(chat.timezone)).date(), texts)
    text = texts("pause.set", days=counted("count.day", days, texts), date=last)
    return Reply((plain(text),), ((Button(texts("button.go_on"), "/weiter"),),))


async def _days_until(typed: str, incoming: Incoming, services: Services) -> int | None:
    """From today where the chat is; None for what is no such day, or further than a pause may last."""
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
    today = incoming.at.astimezone(ZoneInfo(chat.timezone if chat else services.default_timezone)).date()
    day = typed_date(typed, today)
    return (day - today).days if day and 1 <= (day - today).days <= LONGEST_PAUSE else None


async def go_on(_command: GoOn, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
    if chat is None or chat.paused_until is None or chat.paused_until <= incoming.at:
        none = services.texts("pause.none")
        return Reply((plain(none),), toast=none)
    await _wish(incoming, services, paused_until=None)
    return Reply((plain(services.texts("pause.ended")),))


async def set_quiet(command: SetQuiet, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    chat = await _wish(incoming, services, quiet_from=command.start, quiet_until=command.end)
    async with services.database.begin() as conn:
        await outbox.end_quiet(conn, incoming.chat, incoming.at)
    if command.start is None or command.end is None:
        return Reply((plain(texts("quiet.off")),))
    hours = {"start": time_of_day(command.start), "end": time_of_day(command.end)}
    hours["zone"] = zone_name(chat.timezone, texts)
    return Reply((plain(texts("quiet.on", **hours)),), ((Button(texts("button.quiet_off"), "/ruhe aus"),),))


async def set_silent(command: SetSilent, incoming: Incoming, services: Services) -> Reply:
    await _wish(incoming, services, silent=command.silent)
    texts = services.texts
    text = texts("silent.on" if command.silent else "silent.off")
    label, other = ("button.loud", "/leise aus") if command.silent else ("button.quiet_again", "/leise")
    return Reply((plain(text),), ((Button(texts(label), other),),), replaces=True, toast=text)


async def set_zone(command: SetZone, incoming: Incoming, services: Services) -> Reply:
    name = _zone(command.name, services)
    if name is None:
        return _unknown_zone(command.name, services)
    time = incoming.at.astimezone(ZoneInfo(name))
    async with services.database.begin() as conn:
        await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        await chats.set_zone(conn, incoming.chat, name, time.date())
        await outbox.end_quiet(conn, incoming.chat, incoming.at)
    text = services.texts("zone.set", zone=name, time=time_of_day(time.hour * 60 + time.minute))
    return Reply((plain(text),))


async def _wish(incoming: Incoming, services: Services, **wishes: object) -> chats.Chat:
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        return await chats.configure(conn, chat.key, **wishes) or chat


def _zone(typed: str, services: Services) -> str | None:
    """The zone's own spelling; a place in it is enough ("lisbon", "Bayern")."""
    known = services.zones.find(unquoted(typed))
    return known or (GERMANY if services.states.find(unquoted(typed)) else None)


def _unknown_zone(typed: str, services: Services) -> Reply:
    texts = services.texts
    near = services.zones.nearest(typed, _NEAREST) or (services.default_timezone,)
    text = texts("zone.unknown", name=shortened(typed, 60), names=quoted(near, texts))
    buttons = tuple((Button(name, f"/zeitzone {name}"),) for name in near)
    return Reply((plain(text),), buttons, suggestions=near, error=text)
