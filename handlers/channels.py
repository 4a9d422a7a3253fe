"""/kanal: a channel is connected and managed from a private chat, by somebody who may post there.

A command for a channel is `/kanal <number> <command>`: carried out as if it came from the channel, answered in the
private chat. The buttons under the answer carry the same beginning, so one goes on tapping.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.channel_commands import ConnectChannel, DisconnectChannel, ForChannel, ManageChannels
from handlers.deep_link import to_resolution
from handlers.phrases import counted, shortened
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.rights import RightsUnknownError
from handlers.services import Services
from storage import channels, dialogs, subscriptions
from storage.channels import Channel

_TITLE = 30
_SHOWS = re.compile(r"/beschluss #(?P<id>[0-9]+)")


async def manage_channels(command: ManageChannels, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    if (refusal := _elsewhere(incoming, services)) is not None:
        return refusal
    async with services.database.read() as conn:
        mine = await channels.of_manager(conn, incoming.chat)
        held = {one.id: len(await subscriptions.of_chat(conn, one.chat)) for one in mine}
    if command.another or not mine:
        return Reply((plain(texts("channel.choose")),), chooses_channel=texts("channel.button"))
    lines = [_line(one, held[one.id], services) for one in mine]
    rows = [
        (
            Button(texts("channel.manage", title=shortened(one.title, _TITLE)), f"/kanal {one.id} /abos"),
            Button(texts("channel.disconnect"), f"/kanal trennen {one.id}"),
        )
        for one in mine
    ]
    another = (Button(texts("channel.another"), "/kanal neu"),)
    return Reply((plain(texts("channel.heading"), "heading"), *lines, plain(texts("channel.how"))), (*rows, another))


def _line(channel: Channel, held: int, services: Services) -> Block:
    total = counted("count.subscription", held, services.texts)
    return plain(services.texts("channel.line", title=channel.title, total=total), "bullet")


async def connect_channel(command: ConnectChannel, incoming: Incoming, services: Services) -> Reply:
    """Both sides must have the right: the person, so that nobody speaks through channels of others; the bot, so that
    it can."""
    if (refusal := _elsewhere(incoming, services)) is not None:
        return refusal
    chat = f"{incoming.chat.partition(':')[0]}:{command.id}"
    try:
        rights = await services.rights.of_channel(chat, incoming.chat)
    except RightsUnknownError:
        return _wrong("rights.unknown", services)
    if rights is None or not rights.bot:
        return _wrong("channel.bot_may_not", services)
    if not rights.person:
        return _wrong("channel.person_may_not", services)
    async with services.database.begin() as conn:
        made, new = await channels.connect(
            conn, chat, incoming.chat, rights.title, services.default_timezone, incoming.at
        )
    text = services.texts("channel.connected" if new else "channel.known", title=made.title, id=made.id)
    return Reply((plain(text),), chooses_channel="")


async def disconnect_channel(command: DisconnectChannel, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        channel = await channels.get(conn, incoming.chat, command.id)
        if channel is None:
            return _wrong("channel.gone", services)
        if not command.confirmed:
            yes = Button(texts("channel.disconnect_yes"), f"/kanal trennen {channel.id} ja")
            rows = ((yes, Button(texts("button.keep"), "/kanal")),)
            return Reply((plain(texts("channel.sure", title=channel.title)),), rows)
        erased = await channels.disconnect(conn, channel)
    return Reply((plain(texts("channel.erased" if erased else "channel.left", title=channel.title)),))


async def managed(command: ForChannel, incoming: Incoming, services: Services) -> Channel | Reply:
    """The channel that a command is for; what is to be said where the person may not (any more)."""
    if (refusal := _elsewhere(incoming, services)) is not None:
        return refusal
    async with services.database.read() as conn:
        channel = await channels.get(conn, incoming.chat, command.id)
    if channel is None:
        return _wrong("channel.gone", services)
    try:
        rights = await services.rights.of_channel(channel.chat, incoming.chat)
    except RightsUnknownError:
        return _wrong("rights.unknown", services)
    return channel if rights and rights.person else _wrong("channel.person_may_not", services)


async def in_its_name(reply: Reply, channel: Channel, incoming: Incoming, services: Services) -> Reply:
    """The answer to a command for a channel: it says so, and its buttons and its question go on with the channel."""
    async with services.database.begin() as conn:
        asked = await dialogs.open_question(conn, channel.chat, incoming.chat, incoming.at)
        if asked is not None:
            await dialogs.end(conn, channel.chat, incoming.chat)
            await dialogs.ask(conn, incoming.chat, incoming.chat, f"/kanal {channel.id} {asked}", incoming.at)
    rows = tuple(tuple(_for(channel, button) for button in row) for row in reply.buttons)
    name = Block((Span(services.texts("channel.name", title=channel.title), "italic"),))
    return replace(reply, blocks=(name, *reply.blocks), buttons=rows)


def for_readers(reply: Reply, services: Services) -> Reply:
    """A message as a channel gets it: whoever reads it may not change anything there, and an answer to one of many
    readers would be in everybody's way. So its buttons lead to the private chat, or are left out."""
    rows = [[_leading_away(button, services) for button in row] for row in reply.buttons]
    kept = [tuple(button for button in row if button is not None) for row in rows]
    return replace(reply, buttons=tuple(row for row in kept if row))


def _leading_away(button: Button, services: Services) -> Button | None:
    if not button.command:
        return button
    shows = _SHOWS.match(button.command)
    if services.links is None or shows is None:
        return None
    return Button(button.label, url=services.links.private(to_resolution(int(shows["id"]))))


def _for(channel: Channel, button: Button) -> Button:
    return replace(button, command=f"/kanal {channel.id} {button.command}") if button.command else button


def _elsewhere(incoming: Incoming, services: Services) -> Reply | None:
    """The answer where no channel can be managed: outside of the private chat of a person, and at a local prompt."""
    if incoming.kind == "private" and incoming.user is None:
        return _wrong("channel.no_telegram", services)
    private = incoming.kind == "private" and incoming.user == incoming.chat
    return None if private else _wrong("channel.private", services)


def _wrong(key: str, services: Services) -> Reply:
    text = services.texts(key)
    return Reply((plain(text),), error=text)
