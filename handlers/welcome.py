"""/start: what this is in three lines, and from there to a first subscription in two more taps."""

from __future__ import annotations

from dataclasses import replace

from config.topics import Topic
from handlers.command_arguments import as_argument
from handlers.command_types import Start
from handlers.deep_link import PREVIEW
from handlers.language import offer, set_language
from handlers.paging import ButtonRow, in_rows
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.setting_commands import SetLanguage
from handlers.speaking import speaking_to
from handlers.topics import best_filled
from handlers.wish_arguments import BEGINNING
from storage import popular, subscriptions

TOPICS = 3
"""So many are offered: what fits on a telephone with all else."""

STATES, BACK = "land", BEGINNING
"""What stands behind /start to choose one's Land, and to come back from there."""


async def start(command: Start, incoming: Incoming, services: Services) -> Reply:
    """`command.payload` is what a link has brought that leads nowhere else (see `handlers.deep_link`)."""
    if command.payload == STATES:
        return _choose_state(services)
    texts = services.texts
    async with services.database.read() as conn:
        has_some = bool(await subscriptions.of_chat(conn, incoming.chat))
    lost = (plain(texts("start.lost")),) if command.payload not in ("", BACK) else ()
    return Reply(
        (*lost, plain(texts("start.hello")), plain(texts("start.ask")), plain(texts("start.tell"))),
        (
            *await offer(incoming, services, BEGINNING),
            (Button(texts("button.my_state"), f"/start {STATES}"),),
            *in_rows([*map(_to_topic, await offered_topics(services)), Button(texts("button.topics"), "/themen")], 2),
            _onwards(has_some, services),
        ),
        replaces=command.payload == BACK,
    )


async def choose_language(command: SetLanguage, incoming: Incoming, services: Services) -> Reply:
    """Who chooses a language below the welcome sees the welcome in it, in its place."""
    reply = await set_language(command, incoming, services)
    if not command.begins or reply.error is not None:
        return reply
    async with services.database.read() as conn:
        spoken = await speaking_to(conn, incoming.chat, services)
    return await start(Start(BACK), incoming, spoken)


def with_introduction(reply: Reply, services: Services) -> Reply:
    """A reply to who may never have heard of the bot: below it the way to what this is."""
    row = (Button(services.texts("button.introduce"), "/start"),)
    return replace(reply, buttons=(*reply.buttons, row))


async def offered_topics(services: Services) -> tuple[Topic, ...]:
    """Those that most chats have subscribed to, then those with most resolutions."""
    async with services.database.read() as conn:
        wanted = await popular.topics(conn, TOPICS)
    by_id = {topic.id: topic for topic in services.topics}
    chosen = [by_id[id] for id in wanted if id in by_id]
    if len(chosen) < TOPICS:
        chosen += [topic for topic in await best_filled(services) if topic not in chosen]
    return tuple(chosen[:TOPICS])


def _choose_state(services: Services) -> Reply:
    """Sixteen buttons; each leads to what a subscription would bring."""
    states, texts = services.states, services.texts
    buttons = [Button(states.on_button(name), f"{PREVIEW} state {name}") for name in states.names]
    back = (Button(texts("button.back"), f"/start {BACK}"),)
    return Reply((plain(texts("start.state")),), (*in_rows(buttons, 2), back), replaces=True)


def _to_topic(topic: Topic) -> Button:
    return Button(topic.name, f"{PREVIEW} topic {as_argument(topic.name)}")


def _onwards(has_some: bool, services: Services) -> ButtonRow:
    """What is new, for who has subscriptions these, and help."""
    texts = services.texts
    own = (Button(texts("button.subscriptions"), "/abos"),) if has_some else ()
    return (Button(texts("button.latest"), "/neu"), *own, Button(texts("button.help"), "/hilfe"))
