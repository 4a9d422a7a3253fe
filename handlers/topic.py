"""/topic: the resolutions that fit best, with their sentences and every note.

Where nothing fits, in this order: the results of what was clearly meant (a slip of the pen), results that hold some
of the words, words that look alike, topics that exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from config.texts import Texts
from feeds.query import Query, part_named
from feeds.query_language import QueryError, Request, parse
from handlers.alternatives import Alternatives, alternatives
from handlers.citation import is_citation
from handlers.command import spoken
from handlers.command_arguments import MAX_QUERY, as_argument
from handlers.command_types import Problem
from handlers.compiling import compiled, unknown_conference
from handlers.compound import of_its_parts
from handlers.fewer_conditions import with_fewer_conditions
from handlers.lookup_commands import FindTopic
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import quoted, shortened
from handlers.problem import explain
from handlers.query_problem import explain_query
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from handlers.topic_page import SHOWN, page_of, state_row, with_hint
from handlers.understand import understood
from storage import resolutions
from storage.database import Connection

SUGGESTIONS = 5


async def find_topic(command: FindTopic, incoming: Incoming, services: Services) -> Reply:
    request = parse(command.query, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, command.query, "/topic", services)
    if len(str(request)) > MAX_QUERY:
        return await explain(Problem("too_long", "topic", command.query), incoming, services)
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, command.query, request, services):
            return explain_query(wrong, command.query, "/topic", services)
        query = await compiled(conn, request, services)
        if not query.asks:
            return _no_word(command, services)
        about = await _about(conn, request, services)
        found = await page_of(conn, replace(command, query=str(request)), query, incoming, services, chosen_by=about)
        if found is None and not await resolutions.count(conn):
            return Reply((plain(services.texts("latest.empty")),), suggestions=_topic_names(services))
        return found or await _nothing(conn, command, request, query, incoming, services)


async def _about(conn: Connection, request: Request, services: Services) -> Query | None:
    """What to choose sentences by where no word is typed but a topic: its words."""
    topics = [one.value for one in request.filters if one.name == "thema" and not one.excluded]
    if request.words or not topics:
        return None
    return await understood(conn, topics[0], services)


async def _nothing(
    conn: Connection, command: FindTopic, request: Request, query: Query, incoming: Incoming, services: Services
) -> Reply:
    """Fewer conditions, if some were set and the words find something without; else other words.

    While the index is being made nothing can be said about what there is not.
    """
    if (await services.index.view(conn)).behind:
        text = services.texts("topic.not_yet", query=_repeated(str(request), services))
        return Reply((plain(text),))
    if request.plain:
        return await _instead(conn, command, query, incoming, services)
    wider = await with_fewer_conditions(conn, request, services)
    if wider or not request.words:
        return wider or _nothing_at_all(request, services)
    return await _other_words(conn, command, request, incoming, services)


async def _other_words(
    conn: Connection, command: FindTopic, request: Request, incoming: Incoming, services: Services
) -> Reply:
    """What was clearly meant by the words, under the same conditions if that finds something; else without them."""
    near = await alternatives(conn, request.text, services, SUGGESTIONS)
    if near.clear:
        meant = replace(request, words=tuple(near.clear.split()))
        query = await compiled(conn, meant, services)
        found = await page_of(conn, replace(command, query=str(meant)), query, incoming, services)
        text = services.texts("topic.taken_as", query=_repeated(request.text, services), word=near.clear)
        if reply := _with_hint(found, text, (), near.words):
            return reply
    words = Request(request.words)
    alone = await compiled(conn, words, services)
    return await _instead(conn, replace(command, query=str(words)), alone, incoming, services)


def _nothing_at_all(request: Request, services: Services) -> Reply:
    texts = services.texts
    ways = (Button(texts("button.latest"), "/neu"), Button(texts("button.filters"), "/suche"))
    return Reply((plain(texts("topic.nothing", query=_repeated(str(request), services))),), (ways,))


def _repeated(typed: str, services: Services) -> str:
    return shortened(spoken_query(typed, services), SHOWN)


async def _instead(conn: Connection, command: FindTopic, query: Query, incoming: Incoming, services: Services) -> Reply:
    near = await alternatives(conn, command.query, services, SUGGESTIONS)
    return (
        await of_its_parts(conn, command, incoming, services)
        or await _of_the_topic(conn, command, incoming, services)
        or _empty_topic(query, near, services)
        or await _meant(conn, command, near, incoming, services)
        or await _some_words(conn, command, query, near, incoming, services)
        or _proposals(command, near, services)
    )


async def _of_the_topic(conn: Connection, command: FindTopic, incoming: Incoming, services: Services) -> Reply | None:
    """For a word beside a topic that stands nowhere the topic; None for other words."""
    named = part_named(command.query, services.analyser, services.topics)
    if named is None or named[1] not in named[0].near:
        return None
    topic = named[0].name
    query = await understood(conn, topic, services)
    found = await page_of(conn, replace(command, query=topic), query, incoming, services)
    return with_hint(found, services.texts("topic.of_topic", query=_repeated(command.query, services), topic=topic))


async def _meant(
    conn: Connection, command: FindTopic, near: Alternatives, incoming: Incoming, services: Services
) -> Reply | None:
    """The results of the word that was clearly meant, below a hint."""
    if near.clear is None:
        return None
    query = await understood(conn, near.clear, services)
    found = await page_of(conn, FindTopic(near.clear, command.first), query, incoming, services)
    text = services.texts("topic.taken_as", query=shortened(command.query, SHOWN), word=near.clear)
    others = tuple(word for word in near.words if word != near.clear)
    return _with_hint(found, text, others, near.words)


def _empty_topic(query: Query, near: Alternatives, services: Services) -> Reply | None:
    """A topic that is known and that nothing stored speaks of; None for other words."""
    if not query.topic:
        return None
    texts = services.texts
    subscribe = Button(texts("button.subscribe_to", label=query.label), f"/abo topic {as_argument(query.label)}")
    rows = ((subscribe,), (Button(texts("button.topics"), "/themen"),))
    return Reply((plain(texts("topic.empty", topic=query.label)),), rows, suggestions=near.words)


async def _some_words(
    conn: Connection,
    command: FindTopic,
    query: Query,
    near: Alternatives,
    incoming: Incoming,
    services: Services,
) -> Reply | None:
    """What holds at least one of several words, best first."""
    if len(query.groups) < 2:
        return None
    found = await page_of(conn, command, query.any_word(), incoming, services, chosen_by=query)
    text = services.texts("topic.some_words", query=shortened(command.query, SHOWN))
    return _with_hint(found, text, near.words, near.words)


def _with_hint(found: Reply | None, text: str, words: Sequence[str], suggestions: tuple[str, ...]) -> Reply | None:
    if found is None:
        return None
    buttons = (*found.buttons, *_word_buttons(words))
    return replace(found, blocks=(plain(text), *found.blocks), buttons=buttons, suggestions=suggestions)


def _proposals(command: FindTopic, near: Alternatives, services: Services) -> Reply:
    texts = services.texts
    key = "topic.nearest" if near.resembling else "topic.others"
    text = texts(key, query=shortened(command.query, SHOWN), words=quoted(near.words, texts))
    ways = (*_number_row(command.query, texts), *_word_buttons(near.words), *state_row(command.query, services))
    return Reply((plain(text),), ways, suggestions=near.words)


def _number_row(typed: str, texts: Texts) -> tuple[ButtonRow, ...]:
    """To the resolution, where what was typed can only be a number of one."""
    if not is_citation(typed):
        return ()
    return ((Button(f"{spoken('beschluss', texts)} {typed}", f"/beschluss {as_argument(typed)}"),),)


def _no_word(command: FindTopic, services: Services) -> Reply:
    text = services.texts("topic.no_word", query=shortened(command.query, SHOWN))
    names = _topic_names(services)
    return Reply((plain(text),), _word_buttons(names), suggestions=names, error=text)


def _word_buttons(words: Sequence[str]) -> tuple[ButtonRow, ...]:
    return in_rows([Button(shortened(word, 30), f"/topic {as_argument(word)}") for word in words], width=2)


def _topic_names(services: Services) -> tuple[str, ...]:
    return tuple(topic.name for topic in services.topics)[:SUGGESTIONS]
