"""/an: what is demanded of somebody, sentence by sentence; without a name, of whom most is demanded."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.compile_request import traits_of
from feeds.query import Query
from feeds.query_language import Filter, QueryError, Request, parse
from feeds.record import Demand, SummarySentence
from feeds.sentences import ENTRY
from handlers.compiling import compiled, unknown_conference
from handlers.fact_page import Facts, facts_page
from handlers.lookup_commands import ShowDemands
from handlers.marking import marked
from handlers.paging import in_rows
from handlers.phrases import enumeration, place
from handlers.query_problem import explain_query, with_prefix
from handlers.render_list import sentence_block
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage import demands, search
from storage.resolutions import StoredResolution

_MOST = 8
"""So many sentences of one resolution are quoted; its button leads to all."""
_ADDRESSEES = 12


async def show_demands(command: ShowDemands, incoming: Incoming, services: Services) -> Reply:
    if not command.query:
        return await _overview(services)
    text, implied = with_prefix("an", command.query)
    request = parse(text, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, text, "/an", services, implied)
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, text, request, services):
            return explain_query(wrong, text, "/an", services, implied)
        query = await compiled(conn, request, services)
        facts = Facts(
            typed=f"/an {command.query}",
            first=command.first,
            heading="demands.heading",
            nothing="demands.nothing",
            label=_label(request, services),
            subscribe=str(request),
            request=request,
            query=query,
            said=lambda stored: _said(stored, request, query, services),
        )
        return await facts_page(conn, facts, incoming, services)


async def _overview(services: Services) -> Reply:
    """Of whom most is demanded, a button each."""
    texts = services.texts
    async with services.database.read() as conn:
        named = [name for name, _ in await demands.addressees(conn) if services.values.find("an", name) == name]
        counts = {name: await search.count(conn, services.index, _asked_of(name)) for name in named[:_ADDRESSEES]}
    if not counts:
        return Reply((plain(texts("latest.empty")),))
    most = sorted(counts, key=lambda name: -counts[name])
    buttons = [Button(texts("button.counted", label=name, count=counts[name]), f"/an {name}") for name in most]
    return Reply((plain(texts("demands.overview")),), in_rows(buttons, 2), total=len(counts))


def _asked_of(name: str) -> Query:
    return Query((), None, name, filters=(traits_of(Filter("an", name)),))


def _label(request: Request, services: Services) -> str:
    """For instance "Bund" or "Bund, Sprachkurse"."""
    names = [one.value for one in request.filters if one.name == "an" and not one.excluded]
    rest = str(Request(request.words, request.phrases, request.excluded, _others(request)))
    return ", ".join(filter(None, (enumeration(names, services.texts), spoken_query(rest, services))))


def _others(request: Request) -> tuple[Filter, ...]:
    return tuple(one for one in request.filters if one.name != "an" or one.excluded)


def _said(stored: StoredResolution, request: Request, query: Query, services: Services) -> tuple[Block, ...]:
    """The sentences, each once: those that hold a typed word and no other; where none does, that is said first."""
    typed = {one.value for one in request.filters if one.name == "an"}
    names = typed.union(*(services.values.addressees.parts_of(name) for name in typed))
    own = tuple({one.text: one for one in stored.resolution.demands if one.addressee in names}.values())
    chosen = tuple(one for one in _of_them_or_nobody(stored, names) if _speaks_of(one, query, services))
    before = (_italic(services.texts("demands.only_about")),) if query.groups and not chosen else ()
    shown = chosen or own
    more = len(shown) - _MOST
    behind = (_italic(services.texts("demands.more", more=more)),) if more > 0 else ()
    return (*before, *(_sentence(one, typed, query, services) for one in shown[:_MOST]), *behind)


def _of_them_or_nobody(stored: StoredResolution, names: set[str]) -> Iterable[Demand]:
    """What somebody of these is asked, and what is demanded without saying of whom; a sentence once."""
    named = {one.text: one for one in stored.resolution.demands if one.addressee in names}
    nobody = {one.text: one for one in stored.resolution.demands if one.addressee is None}
    texts = dict.fromkeys(one.text for one in stored.resolution.demands)
    return (one for text in texts if (one := named.get(text, nobody.get(text))))


def _italic(text: str) -> Block:
    return Block((Span(text, "italic"),))


def _speaks_of(demand: Demand, query: Query, services: Services) -> bool:
    forms = frozenset().union(*(term.forms for term in services.analyser.terms(demand.text)))
    return any(not group.isdisjoint(forms) for group in query.groups)


def _sentence(demand: Demand, typed: set[str], query: Query, services: Services) -> Block:
    """With its place, and with the name of who is asked where that is not who was typed."""
    text = demand.text.replace("\n", ENTRY)
    if demand.addressee in typed:
        return sentence_block(SummarySentence(text, demand.item, demand.lines), query, services)
    texts, where = services.texts, place(demand.item, demand.lines, services.texts)
    at = f"; {where}" if where else ""
    whom = demand.addressee
    behind = texts("demands.to", name=whom, place=at) if whom else texts("demands.to_nobody", place=at)
    return Block((*marked(text, query, services), Span(f" ({behind})", "italic")), "bullet")
