"""When and how a chat wants to hear of things: /pause, /weiter, /ruhe, /leise, /zeitzone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from handlers.command_arguments import unquoted
from handlers.phrases import counted, long_date, quoted, shortened, time_of_day, zone_name
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.setting_commands import GoOn, Pause, SetQuiet, SetSilent, SetZone
from storage import chats, outbox

_NEAREST = 3
GERMANY = "Europe/Berlin"
"""The zone of all sixteen Länder."""


async def pause(command: Pause, incoming: Incoming, services: Services) -> Reply:
    """Nothing is lost meanwhile: it comes as one overview afterwards."""
    texts, until = services.texts, incoming.at + dt.timedelta(days=command.days)
    chat = await _wish(incoming, services, paused_until=until)
    last = long_date(until.astimezone(ZoneInfo(chat.timezone)).date(), texts)
    text = texts("pause.set", days=counted("count.day", command.days, texts), date=last)
    return Reply((plain(text),), ((Button(texts("button.go_on"), "/weiter"),),))


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
