"""/merken: choose a demand of a resolution and watch it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.texts import Texts
from feeds.demand_deadline import deadline_of
from feeds.record import Demand
from handlers.citation import parse_citation
from handlers.cited import which
from handlers.command_types import Problem
from handlers.examples import example
from handlers.follow import found_for
from handlers.gone import gone
from handlers.lookup_commands import ShowById, ShowByNumber
from handlers.paging import in_rows
from handlers.phrases import place, shortened
from handlers.problem import explain
from handlers.reminder_dates import first_reminder
from handlers.render_resolution import button_to, heading, short_name
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.show import show_by_number
from handlers.watch_commands import ChooseDemand, MarkCited, MarkDemand
from handlers.watch_page import page
from handlers.watched_sentences import of_deadline, of_demand
from storage import chats, resolutions, watches
from storage.resolutions import StoredResolution
from storage.watches import Sentence, WatchLimitError

MOST = 40
"""So many demands are offered; a resolution hardly has more."""
_SHOWN = 160


async def mark_cited(command: MarkCited, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    if not command.cited:
        how = texts("watch.how", cited=(await example(services)).cited)
        return Reply((plain(how),), ((Button(texts("button.deadlines_all"), "/fristen"),),))
    cited = parse_citation(command.cited)
    if cited is None:
        return await explain(Problem("reference", "merken", command.cited), incoming, services)
    async with services.database.read() as conn:
        found = await found_for(conn, cited)
    if not found:
        return await _missing(cited, incoming, services)
    return _choice(found[0], texts) if len(found) == 1 else which(found, "/merken", texts)


async def choose_demand(command: ChooseDemand, _incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.resolution)
    return _choice(stored, services.texts) if stored else gone(services.texts)


async def mark_demand(command: MarkDemand, incoming: Incoming, services: Services) -> Reply:
    """Watched at once, with a reminder where there is a deadline to come."""
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.resolution)
    find = of_deadline if command.deadline else of_demand
    sentence = find(stored.resolution, command.position) if stored else None
    if stored is None or sentence is None:
        return gone(services.texts)
    try:
        return await _watched(stored, sentence, incoming, services)
    except WatchLimitError as error:
        text = services.texts("watch.limit", limit=error.limit)
        return Reply((plain(text),), ((Button(services.texts("button.watches"), "/erfolgskontrolle"),),), error=text)


async def _watched(stored: StoredResolution, sentence: Sentence, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        today = incoming.at.astimezone(ZoneInfo(chat.timezone)).date()
        remind_on = first_reminder(sentence.due_on, watches.LEAD_DAYS, today)
        one, new = await watches.add(conn, chat.key, stored.id, sentence, remind_on, incoming.at)
        return await page(conn, one.id, incoming, services, "watch.marked" if new else "watch.known")


async def _missing(cited: ShowById | ShowByNumber, incoming: Incoming, services: Services) -> Reply:
    return gone(services.texts) if isinstance(cited, ShowById) else await show_by_number(cited, incoming, services)


def _choice(stored: StoredResolution, texts: Texts) -> Reply:
    demands = stored.resolution.demands[:MOST]
    back = (button_to(stored, texts("button.whole", name=short_name(stored, texts))),)
    if not demands:
        return Reply((plain(texts("watch.no_demand", name=short_name(stored, texts))),), (back,))
    lines = tuple(_line(at, one, stored, texts) for at, one in enumerate(demands, 1))
    buttons = [Button(str(at), f"/merken #{stored.id} {at}") for at in range(1, len(demands) + 1)]
    heads = (plain(heading(stored, texts), "heading"), plain(texts("watch.choose")))
    return Reply((*heads, *lines), (*in_rows(buttons, 5), back), total=len(demands))


def _line(at: int, demand: Demand, stored: StoredResolution, texts: Texts) -> Block:
    mention = deadline_of(demand, stored.resolution)
    facts = (demand.addressee, place(demand.item, demand.lines, texts), mention.text if mention else None)
    behind = "; ".join(filter(None, facts))
    words = shortened(" ".join(demand.text.split()), _SHOWN)
    return Block((Span(f"{at}. ", "bold"), Span(words), *((Span(f" ({behind})", "italic"),) if behind else ())))
