"""/abo import: a list of subscriptions from another chat. What it would add is shown first, and added on a tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.texts import Texts
from handlers.command import parse_command
from handlers.phrases import counted, quoted, shortened
from handlers.proposal import Proposal, proposal_of
from handlers.questions import ask, cancel_row
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.subscribe import ensure_digest_time, usual_rhythm
from handlers.subscription_arguments import LONGEST_NAME
from handlers.subscription_commands import ImportSubscriptions
from handlers.subscription_list import ASKS, without_name
from handlers.subscription_phrases import rhythm_phrase
from storage import chats, subscriptions
from storage.chats import Chat
from storage.database import Connection
from storage.subscriptions import LIMIT, query_key

_NAMED = 5
"""So many of those that are left out are named."""


@dataclass(frozen=True, slots=True)
class Planned:
    line: str
    wanted: Proposal
    name: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list adds; what is there already, not understood (as typed), or beyond what a chat may have."""

    added: tuple[Planned, ...] = ()
    known: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


async def import_subscriptions(command: ImportSubscriptions, incoming: Incoming, services: Services) -> Reply:
    if command.lines and command.confirmed:
        return await _added(command.lines, incoming, services)
    if command.confirmed:
        text = services.texts("moving.too_late")
        return Reply((plain(text),), error=text)
    return await (_previewed(command.lines, incoming, services) if command.lines else _asked(incoming, services))


async def _asked(incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        await ask(conn, ASKS, incoming)
    return Reply((plain(services.texts("moving.how")),), (cancel_row(services.texts),))


async def _previewed(lines: Sequence[str], incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        plan, chat = await _plan(conn, lines, incoming, services), await chats.get(conn, incoming.chat)
        if plan.added:
            await ask(conn, f"{ASKS} {' '.join(one.line for one in plan.added)}", incoming)
    if not plan.added:
        return Reply((plain(texts("moving.nothing")), *_left_out(plan, texts)), (_to_list(texts),))
    total = counted("count.subscription", len(plan.added), texts)
    added = tuple(_bullet(one, chat, texts) for one in plan.added)
    buttons = (Button(texts("moving.add", total=total), f"{ASKS} ja"), *cancel_row(texts))
    heading = plain(texts("moving.preview", total=total), "heading")
    return Reply((heading, *added, *_left_out(plan, texts)), (buttons,), total=len(plan.added))


async def _added(lines: Sequence[str], incoming: Incoming, services: Services) -> Reply:
    """Looked at once more: what was there to add may have been added meanwhile."""
    texts = services.texts
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        plan = await _plan(conn, lines, incoming, services)
        for one in plan.added:
            await _add(conn, one, chat, incoming)
    text = texts("moving.done", total=counted("count.subscription", len(plan.added), texts))
    return Reply((plain(text), *_left_out(plan, texts)), (_to_list(texts),), total=len(plan.added))


async def _add(conn: Connection, one: Planned, chat: Chat, incoming: Incoming) -> None:
    wanted = one.wanted
    rhythm = wanted.rhythm or usual_rhythm(chat)
    made, _ = await subscriptions.add(
        conn, chat.key, wanted.kind, wanted.query, wanted.label, rhythm, incoming.at, wanted.topic
    )
    await ensure_digest_time(conn, chat, rhythm)
    if one.name:
        await subscriptions.configure(conn, chat.key, made.id, name=shortened(one.name, LONGEST_NAME))


async def _plan(conn: Connection, lines: Sequence[str], incoming: Incoming, services: Services) -> Plan:
    held = await subscriptions.of_chat(conn, incoming.chat)
    taken = {(one.kind, query_key(one.query)) for one in held}
    added: list[Planned] = []
    known, unclear, beyond = [], [], []
    for line in lines:
        typed, name = without_name(line)
        wanted = await proposal_of(conn, parse_command(typed), services)
        if wanted is None:
            unclear.append(line)
        elif (wanted.kind, query_key(wanted.query)) in taken:
            known.append(wanted.label)
        elif len(held) + len(added) >= LIMIT:
            beyond.append(wanted.label)
        else:
            taken.add((wanted.kind, query_key(wanted.query)))
            added.append(Planned(line, wanted, name))
    return Plan(tuple(added), tuple(known), tuple(unclear), tuple(beyond))


def _bullet(one: Planned, chat: Chat | None, texts: Texts) -> Block:
    when = rhythm_phrase(one.wanted.rhythm or usual_rhythm(chat), chat, texts)
    return Block((Span(shortened(one.name or one.wanted.label, 60), "bold"), Span(f" – {when}")), "bullet")


def _left_out(plan: Plan, texts: Texts) -> tuple[Block, ...]:
    told = (("moving.known", plan.known), ("moving.unclear", plan.unclear), ("moving.beyond", plan.beyond))
    return tuple(plain(_some(key, names, texts)) for key, names in told if names)


def _some(key: str, names: Sequence[str], texts: Texts) -> str:
    more = len(names) - _NAMED
    shown = quoted([shortened(name, 60) for name in names[:_NAMED]], texts)
    behind = f" {counted('count.more', more, texts)}" if more > 0 else ""
    return texts(key, names=f"{shown}{behind}", limit=LIMIT)


def _to_list(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts("button.subscriptions"), "/abos"),)
