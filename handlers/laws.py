"""/gesetz: the resolutions that cite a law or one of its sections, with the sentences that do."""

from __future__ import annotations

from config.spelling import fold
from feeds.filter_values import law_of
from feeds.query_language import Filter, QueryError, Request, parse
from feeds.record import LawReference, SummarySentence
from feeds.sentences_with import sentences_with
from handlers.compiling import compiled, unknown_conference
from handlers.fact_page import Facts, facts_page
from handlers.lookup_commands import ShowLaw
from handlers.marking import marked_literally
from handlers.query_problem import explain_query, with_prefix
from handlers.render_list import quotation
from handlers.reply import Block, Incoming, Reply
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage.resolutions import StoredResolution

_MOST = 4


async def show_law(command: ShowLaw, incoming: Incoming, services: Services) -> Reply:
    text, implied = with_prefix("gesetz", command.query)
    request = parse(text, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, text, "/gesetz", services, implied)
    laws = [one for one in request.filters if one.name == "gesetz" and not one.excluded]
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, text, request, services):
            return explain_query(wrong, text, "/gesetz", services, implied)
        facts = Facts(
            typed=f"/gesetz {command.query}",
            first=command.first,
            heading="laws.heading",
            nothing="laws.nothing",
            label=", ".join(filter(None, (*(one.value for one in laws), spoken_query(_rest(request), services)))),
            subscribe=str(request),
            request=request,
            query=await compiled(conn, request, services),
            said=lambda stored: _said(stored, laws, services),
        )
        return await facts_page(conn, facts, incoming, services)


def _rest(request: Request) -> str:
    others = tuple(one for one in request.filters if one.name != "gesetz" or one.excluded)
    return str(Request(request.words, request.phrases, request.excluded, others))


def _said(stored: StoredResolution, laws: list[Filter], services: Services) -> tuple[Block, ...]:
    """The sentences that cite it; where a note does, the citation with its place."""
    cited = [one for one in stored.resolution.laws if any(_is_cited(one, law.value) for law in laws)]
    said = {one.text for one in cited}
    quoted = sentences_with(stored.resolution, said, _MOST)
    alone = tuple(SummarySentence(one.text, one.item, one.lines) for one in cited[:_MOST])
    return tuple(quotation(one, marked_literally(one.text, said), services.texts) for one in quoted or alone)


def _is_cited(reference: LawReference, value: str) -> bool:
    """A whole law by any of its sections, a paragraph by its numbers, without a law by those of any."""
    law, section = law_of(value)
    return (not law or fold(reference.law) == fold(law)) and fold(reference.section or "").startswith(fold(section))
