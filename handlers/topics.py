"""/themen: the topics there are, how many resolutions are filed under each, by broader topic."""

from __future__ import annotations

from collections.abc import Mapping

from config.near_words import nearest_words
from config.topics import Topic, below
from feeds.filed import filed_under
from feeds.query import topic_named
from handlers.lookup_commands import ShowTopics
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import quoted, shortened
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from storage import search
from storage.database import Connection

Counts = Mapping[str, int]
"""How many resolutions are filed under each topic, by its id; none where it is missing."""


async def show_topics(command: ShowTopics, _incoming: Incoming, services: Services) -> Reply:
    chosen = topic_named(command.name, services.analyser, services.topics) if command.name else None
    if command.name and chosen is None:
        return _unknown(command.name, services)
    async with services.database.read() as conn:
        counts = await _counts(conn, services)
    return _below(chosen, counts, services) if chosen else _all(counts, services)


async def best_filled(services: Services) -> tuple[Topic, ...]:
    """Topics that have none below them, those with most resolutions first."""
    async with services.database.read() as conn:
        counts = await _counts(conn, services)
    broader = {topic.broader for topic in services.topics}
    leaves = [topic for topic in services.topics if topic.id not in broader]
    return tuple(sorted(leaves, key=lambda topic: -counts[topic.id]))


async def _counts(conn: Connection, services: Services) -> Counts:
    topics = services.topics
    counts = await search.counts(conn, services.index, [filed_under(one, topics) for one in topics])
    return {topic.id: count for topic, count in zip(services.topics, counts, strict=True)}


def _all(counts: Counts, services: Services) -> Reply:
    """Every broadest topic with what lies under it; those without a resolution in a line at the end."""
    texts, topics = services.texts, services.topics
    tops = [topic for topic in topics if topic.broader is None]
    alive = sorted((topic for topic in tops if counts.get(topic.id)), key=lambda topic: -counts[topic.id])
    lines = tuple(_line(topic, counts, services) for topic in alive)
    silent = [topic.name for topic in topics if not counts.get(topic.id)]
    rest = (plain(texts("topics.silent", names=", ".join(silent))),) if silent else ()
    buttons = [_button(topic, counts, services) for topic in alive]
    blocks = (plain(texts("topics.heading"), "heading"), *lines, *rest, plain(texts("topics.counted")))
    return Reply(blocks, in_rows(buttons, 2), total=len(topics))


def _below(topic: Topic, counts: Counts, services: Services) -> Reply:
    """One topic: the way to its resolutions, to those of the topics below, and to a subscription."""
    texts = services.texts
    narrower = below(topic.id, services.topics)
    broader = next((one for one in services.topics if one.id == topic.broader), None)
    also = plain(texts("topics.also", words=", ".join(topic.synonyms))) if topic.synonyms else None
    buttons = [_to_resolutions(one, counts, services) for one in (topic, *narrower)]
    up = Button(broader.name, f"/themen {broader.name}") if broader else Button(texts("button.topics"), "/themen")
    subscribe = Button(texts("button.subscribe_to", label=topic.name), f"/abo topic {topic.name}")
    blocks = (_line(topic, counts, services), *((also,) if also else ()))
    return Reply(blocks, (*in_rows(buttons, 2), (subscribe,), (up,)), total=len(narrower) + 1)


def _line(topic: Topic, counts: Counts, services: Services) -> Block:
    """For instance "Integration (4): Sprachkurse (3), Sprachmittlung (1)": all that is under it, and of that below."""
    narrower = sorted(below(topic.id, services.topics), key=lambda one: -counts.get(one.id, 0))
    parts = ", ".join(_counted(one, counts) for one in narrower if counts.get(one.id))
    return Block((Span(_counted(topic, counts), "bold"), *((Span(f": {parts}"),) if parts else ())), "bullet")


def _counted(topic: Topic, counts: Counts) -> str:
    return f"{topic.name} ({counts.get(topic.id, 0)})"


def _button(topic: Topic, counts: Counts, services: Services) -> Button:
    """To the topics below, where there is something in them; else straight to the resolutions."""
    if not any(counts.get(one.id) for one in below(topic.id, services.topics)):
        return _to_resolutions(topic, counts, services)
    return Button(services.texts("button.topics_below", name=topic.name), f"/themen {topic.name}")


def _to_resolutions(topic: Topic, counts: Counts, services: Services) -> Button:
    """Exactly those that are counted; of a topic with others below it, these too."""
    label = services.texts("button.counted", label=topic.name, count=counts.get(topic.id, 0))
    return Button(label, f"/topic thema:{topic.id}")


def _unknown(typed: str, services: Services) -> Reply:
    texts, names = services.texts, _near(typed, services)
    text = texts("topics.unknown", name=shortened(typed, 60), names=quoted(names, texts))
    rows: tuple[ButtonRow, ...] = in_rows([Button(name, f"/themen {name}") for name in names], 2)
    return Reply((plain(text),), (*rows, (Button(texts("button.topics"), "/themen"),)), suggestions=names, error=text)


def _near(typed: str, services: Services) -> tuple[str, ...]:
    """Names of topics that look like it, or examples."""
    words = {term: topic.name for topic in services.topics for term in topic.terms}
    near = dict.fromkeys(words[one.word] for one in nearest_words(typed, words, 8))
    return tuple(near)[:3] or tuple(topic.name for topic in services.topics[:3])
