"""What a typed line would subscribe to, without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.query_language import Filter
from handlers.citation import parse_citation
from handlers.command_types import Command, Problem, Subscribe
from handlers.render_resolution import short_name
from handlers.reply import Reply
from handlers.services import Services
from handlers.show import find
from handlers.subscription_commands import Follow
from handlers.wish import wish_of
from storage.database import Connection
from storage.subscriptions import Kind, Rhythm


@dataclass(frozen=True, slots=True)
class Proposal:
    """As `storage.subscriptions.Subscription`; `rhythm` None: what the chat has chosen."""

    kind: Kind
    query: str
    label: str
    rhythm: Rhythm | None = None
    topic: str | None = None


async def proposal_of(conn: Connection, command: Command | Problem, services: Services) -> Proposal | None:
    """None for a line that is no subscription, is not understood, or means none or several of what there is."""
    if isinstance(command, Follow):
        conference = services.values.find("konferenz", command.cited)
        if conference is None:
            return await _followed(conn, command, services)
        command = Subscribe(str(Filter("konferenz", conference)), "topic", command.rhythm)
    wish = await wish_of(conn, command, services) if isinstance(command, Subscribe) else None
    if not isinstance(command, Subscribe) or wish is None or isinstance(wish, Reply):
        return None
    return Proposal(wish.kind, wish.query, wish.label, command.rhythm, wish.topic)


async def _followed(conn: Connection, command: Follow, services: Services) -> Proposal | None:
    meant = parse_citation(command.cited)
    found = await find(conn, meant) if meant else ()
    if len(found) != 1:
        return None
    return Proposal("resolution", str(found[0].id), short_name(found[0], services.texts), command.rhythm)
