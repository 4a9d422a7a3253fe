"""One subscription on its page: what it is, when it comes, and every way to change it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from config.texts import Texts
from handlers.command_arguments import as_argument
from handlers.command_types import SetRhythm
from handlers.deep_link import shared, to_resolution, to_subscription
from handlers.moments import morning_of
from handlers.paging import ButtonRow
from handlers.phrases import long_date, shortened
from handlers.questions import ask, cancel_row
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.subscribe import ensure_digest_time
from handlers.subscription_commands import (
    NameSubscription,
    PauseSubscription,
    ResumeSubscription,
    ShareSubscription,
    ShowSubscription,
)
from handlers.subscription_phrases import label_of, rhythm_buttons, state_phrase
from handlers.typed_date import typed_date
from handlers.understood import is_understood
from storage import chats
from storage import subscriptions as store
from storage.chats import Chat
from storage.database import Connection
from storage.subscriptions import Subscription

FOREVER = frozenset(["immer", "auf weiteres", "bis auf weiteres", "forever"])
"""Until one takes it up again."""


async def show_subscription(command: ShowSubscription, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        return await page(conn, command.id, incoming, services)


async def set_rhythm(command: SetRhythm, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        if await store.set_rhythm(conn, incoming.chat, command.id, command.rhythm):
            chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
            await ensure_digest_time(conn, chat, command.rhythm)
        return await page(conn, command.id, incoming, services, "subscriptions.rhythm")


async def pause_subscription(command: PauseSubscription, incoming: Incoming, services: Services) -> Reply:
    if command.until is None:
        return await _ask_how_long(command.id, incoming, services)
    async with services.database.begin() as conn:
        chat = await chats.get(conn, incoming.chat)
        zone = ZoneInfo(chat.timezone) if chat else dt.UTC
        today = incoming.at.astimezone(zone).date()
        until = None if command.until.casefold() in FOREVER else typed_date(command.until, today)
        if (until is None and command.until.casefold() not in FOREVER) or (until is not None and until <= today):
            return _no_date(command.until, services.texts)
        moment = morning_of(until, zone) if until else None
        await store.configure(conn, incoming.chat, command.id, paused=True, paused_until=moment)
        return await page(conn, command.id, incoming, services, "subscriptions.paused")


async def resume_subscription(command: ResumeSubscription, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        await store.configure(conn, incoming.chat, command.id, paused=False, paused_until=None)
        return await page(conn, command.id, incoming, services, "subscriptions.resumed")


async def name_subscription(command: NameSubscription, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        one = await store.get(conn, incoming.chat, command.id)
        if one is None:
            return no_such(texts)
        if command.name is None:
            await ask(conn, f"/meinabo {one.id} name", incoming)
            return _ask_name(one, texts)
        await store.configure(conn, incoming.chat, one.id, name=command.name or None)
        return await page(conn, one.id, incoming, services, "subscriptions.named")


async def share_subscription(command: ShareSubscription, incoming: Incoming, services: Services) -> Reply:
    """The line that makes the same subscription in another chat."""
    texts = services.texts
    async with services.database.read() as conn:
        one = await store.get(conn, incoming.chat, command.id)
    if one is None:
        return no_such(texts)
    told = plain(texts("subscriptions.share", label=label_of(one, texts)))
    return Reply((told, plain(command_of(one), "quote")), (*_link_row(one, services), _back(one, texts)))


def _link_row(one: Subscription, services: Services) -> tuple[ButtonRow, ...]:
    """To send somebody a link to it; nothing where there are no links, or one cannot say what it is."""
    payload = to_resolution(int(one.query)) if one.kind == "resolution" else to_subscription(one.kind, one.label)
    link = services.links.private(payload) if services.links and payload else ""
    if not link.startswith("https://"):
        return ()
    return ((Button(services.texts("button.share_link"), url=shared(link, label_of(one, services.texts))),),)


async def page(conn: Connection, id: int, incoming: Incoming, services: Services, said: str | None = None) -> Reply:
    """The subscription as it is; `said`: the key of what has just been done."""
    texts = services.texts
    one, chat = await store.get(conn, incoming.chat, id), await chats.get(conn, incoming.chat)
    if one is None:
        return no_such(texts)
    when = state_phrase(one, chat, incoming.at, texts)
    done = (plain(texts(said, when=when)),) if said else ()
    told = Block((Span(label_of(one, texts), "bold"), Span(f"\n{_facts(one, chat, when, texts)}")))
    return Reply(
        (*done, told, *_doubt(one, services)),
        _buttons(one, incoming.at, texts),
        total=1,
    )


def command_of(one: Subscription) -> str:
    """What would be typed to have it."""
    if one.kind == "resolution":
        return f"/folgen #{one.query}"
    return f"/abo {one.kind} {as_argument(one.label if one.topic else one.query)}"


def no_such(texts: Texts) -> Reply:
    text = texts("subscriptions.no_such")
    return Reply((plain(text),), ((Button(texts("button.subscriptions"), "/abos"),),), error=text)


def _ask_name(one: Subscription, texts: Texts) -> Reply:
    nameless = ((Button(texts("button.nameless"), f"/meinabo {one.id} name -"),),) if one.name else ()
    return Reply((plain(texts("subscriptions.name", label=label_of(one, texts))),), (*nameless, cancel_row(texts)))


async def _ask_how_long(id: int, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        one = await store.get(conn, incoming.chat, id)
        if one is None:
            return no_such(texts)
        await ask(conn, f"/meinabo {id} pause", incoming)
    spans = tuple(
        Button(texts(f"button.pause_{key}"), f"/meinabo {id} pause {span}")
        for key, span in (("week", "1 Woche"), ("month", "1 Monat"), ("forever", "immer"))
    )
    return Reply((plain(texts("subscriptions.how_long", label=label_of(one, texts))),), (spans, cancel_row(texts)))


def _no_date(given: str, texts: Texts) -> Reply:
    text = texts("problem.date", given=shortened(given, 60))
    return Reply((plain(text),), (cancel_row(texts),), error=text)


def _facts(one: Subscription, chat: Chat | None, when: str, texts: Texts) -> str:
    zone = ZoneInfo(chat.timezone) if chat else dt.UTC
    return texts("subscriptions.facts", when=when, since=long_date(one.created_at.astimezone(zone).date(), texts))


def _doubt(one: Subscription, services: Services) -> tuple[Block, ...]:
    return () if is_understood(one, services) else (plain(services.texts("subscriptions.unclear")),)


def _buttons(one: Subscription, now: dt.datetime, texts: Texts) -> tuple[ButtonRow, ...]:
    to, id = f"/meinabo {one.id}", one.id
    rest = Button(texts("button.pause"), f"{to} pause")
    if one.rests(now):
        rest = Button(texts("button.go_on_with"), f"{to} weiter")
    looked_at = [Button(texts("button.test"), f"{to} test")]
    if one.kind == "resolution":
        looked_at += [Button(texts("button.followed"), f"/beschluss #{one.query}")]
    return (
        rhythm_buttons(to, "", one.rhythm, texts),
        (rest, Button(texts("button.name"), f"{to} name")),
        (*looked_at, Button(texts("button.share"), f"{to} teilen")),
        (Button(texts("button.as_calendar"), f"/kalender {_search_of(one)}"),),
        (Button(texts("button.end"), f"/ende {id}"), Button(texts("button.subscriptions"), "/abos")),
    )


def _search_of(one: Subscription) -> str:
    """What /kalender takes for it."""
    return f"#{one.query}" if one.kind == "resolution" else as_argument(one.label if one.topic else one.query)


def _back(one: Subscription, texts: Texts) -> ButtonRow:
    return (Button(texts("button.to_subscription"), f"/meinabo {one.id}"),)
