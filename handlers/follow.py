"""/folgen: hear what becomes of one resolution, or of one conference."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.query_language import Filter
from handlers.citation import parse_citation
from handlers.cited import which
from handlers.command_types import Problem, Subscribe
from handlers.examples import example
from handlers.lookup_commands import ShowById, ShowByNumber
from handlers.paging import in_rows
from handlers.problem import explain
from handlers.render_resolution import short_name
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.show import show_by_id, show_by_number
from handlers.subscribe import said, save, subscribe, too_many
from handlers.subscription_commands import Follow
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution
from storage.subscriptions import SubscriptionLimitError

_CONFERENCES = 12


async def follow(command: Follow, incoming: Incoming, services: Services) -> Reply:
    if not command.cited:
        return await _how(services)
    if conference := services.values.find("konferenz", command.cited):
        # The standing query for it is the filter that everybody can type. That it brings much is what is wanted.
        standing = Subscribe(str(Filter("konferenz", conference)), "topic", command.rhythm, confirmed=True)
        return await subscribe(standing, incoming, services)
    cited = parse_citation(command.cited)
    if cited is None:
        return await explain(Problem("reference", "folgen", command.cited), incoming, services)
    async with services.database.read() as conn:
        found = await found_for(conn, cited)
    if not found:
        return await _missing(cited, incoming, services)
    if len(found) > 1:
        return which(found, "/folgen", services.texts)
    return await _followed(found[0], command, incoming, services)


async def found_for(conn: Connection, cited: ShowById | ShowByNumber) -> Sequence[StoredResolution]:
    """All that are meant, the newest first."""
    if isinstance(cited, ShowById):
        one = await resolutions.by_id(conn, cited.id)
        return (one,) if one else ()
    return await resolutions.by_number(conn, cited.number, cited.body, cited.session)


async def _missing(cited: ShowById | ShowByNumber, incoming: Incoming, services: Services) -> Reply:
    """As /beschluss says it, with the nearest there are."""
    if isinstance(cited, ShowById):
        return await show_by_id(cited, incoming, services)
    return await show_by_number(cited, incoming, services)


async def _followed(stored: StoredResolution, command: Follow, incoming: Incoming, services: Services) -> Reply:
    label = short_name(stored, services.texts)
    try:
        saved = await save("resolution", str(stored.id), label, command.rhythm, incoming, services)
    except SubscriptionLimitError as error:
        return too_many(error.limit, services)
    reply = said(saved, services)
    explained = (plain(services.texts("follow.explained")),) if saved.created else ()
    return Reply((*reply.blocks, *explained), reply.buttons, total=1)


async def _how(services: Services) -> Reply:
    """What can be followed, and the conferences there are."""
    async with services.database.read() as conn:
        bodies = await resolutions.conferences(conn, _CONFERENCES)
    buttons = [Button(body, f"/folgen {body}") for body in bodies]
    right = await example(services)
    how = services.texts("follow.how", cited=right.cited, session=right.session)
    return Reply((plain(how),), in_rows(buttons, 3), total=len(bodies))
