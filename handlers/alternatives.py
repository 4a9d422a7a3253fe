"""A search that found nothing: words that do find something, nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.near_words import Nearness, is_clear, nearness
from feeds.filed import filed_under
from feeds.query import nearest_terms, part_named
from handlers.services import Services
from handlers.understand import understood
from storage import search
from storage.database import Connection

_TRIED = 40
"""So many proposals are checked at most: each costs a search."""

_MOST_WORDS = 6
"""Longer lines are sentences: there is no use in mending each word."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`words` all give results. `clear`: the one that was surely meant. `resembling`: they look like what was typed."""

    words: tuple[str, ...]
    clear: str | None = None
    resembling: bool = True


async def alternatives(conn: Connection, typed: str, services: Services, limit: int) -> Alternatives:
    """Corrections of the whole and of its words; where nothing resembles it, topics that exist."""
    vocabulary = await search.vocabulary(conn)
    whole = _near(typed, vocabulary, services, 2 * limit)
    corrected = await _corrected(conn, typed, vocabulary, services)
    part = part_named(typed, services.analyser, services.topics)
    topic = [part[0].name] if part else []
    proposals = [*([corrected] if corrected else []), *topic, *(near.word for near in whole), *_single_words(typed)]
    words = await _giving_results(conn, proposals, services, limit)
    if not words:
        return Alternatives(await _largest_topics(conn, services, limit), resembling=False)
    sure = corrected or (whole[0].word if is_clear(whole) else None)
    return Alternatives(words, clear=sure if sure in words else None)


def _near(typed: str, vocabulary: Sequence[str], services: Services, limit: int) -> tuple[Nearness, ...]:
    """Words that look like it; of those that find the same ("Sprachkurs", "Sprachkurse") only the nearest."""
    by_key: dict[str, Nearness] = {}
    for word in nearest_terms(typed, vocabulary, services.topics, limit):
        by_key.setdefault(services.analyser.key(word), nearness(typed, word))
    return tuple(by_key.values())


async def _corrected(conn: Connection, typed: str, vocabulary: Sequence[str], services: Services) -> str | None:
    """A few words with each unknown one replaced by what was clearly meant; None if that is not possible."""
    words = typed.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    better = [await _corrected_word(conn, word, vocabulary, services) for word in words]
    kept = [word for word in better if word]
    return " ".join(kept) if len(kept) == len(words) and kept != words else None


async def _corrected_word(conn: Connection, word: str, vocabulary: Sequence[str], services: Services) -> str | None:
    query = await understood(conn, word, services)
    if not query.asks or await search.count(conn, services.index, query):
        return word
    near = _near(word, vocabulary, services, limit=4)
    return near[0].word if is_clear(near) else None


async def _giving_results(
    conn: Connection, proposals: Iterable[str], services: Services, limit: int
) -> tuple[str, ...]:
    words = list(dict.fromkeys(proposals))[:_TRIED]
    queries = [await understood(conn, word, services) for word in words]
    counts = await search.counts(conn, services.index, queries)
    return tuple(word for word, count in zip(words, counts, strict=True) if count)[:limit]


async def _largest_topics(conn: Connection, services: Services, limit: int) -> tuple[str, ...]:
    """By what is filed under them; of those that have none below them, so that they say something."""
    broader = {topic.broader for topic in services.topics}
    leaves = [topic for topic in services.topics if topic.id not in broader]
    counts = await search.counts(conn, services.index, [filed_under(topic, services.topics) for topic in leaves])
    filled = [(topic.name, count) for topic, count in zip(leaves, counts, strict=True) if count]
    return tuple(name for name, _ in sorted(filled, key=lambda one: -one[1]))[:limit]


def _single_words(typed: str) -> tuple[str, ...]:
    words = typed.split()
    return tuple(word for word in words if len(word) > 3) if len(words) > 1 else ()
