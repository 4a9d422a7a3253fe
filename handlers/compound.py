"""A compound that no resolution holds: where its parts stand in one sentence, the resolution speaks of the same.

"Lehrerfortbildung" is what "Fortbildung der Lehrer" says. Anywhere in a resolution the parts would meet by chance.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain

from feeds.content import heading
from feeds.query import Query
from feeds.sentences import sentences
from feeds.words import Analyser, Term
from handlers.lookup_commands import FindTopic
from handlers.phrases import shortened
from handlers.reply import Incoming, Reply
from handlers.services import Services
from handlers.topic_page import SHOWN, page_of, with_hint
from handlers.understand import understood
from storage.database import Connection
from storage.resolutions import StoredResolution


async def of_its_parts(conn: Connection, command: FindTopic, incoming: Incoming, services: Services) -> Reply | None:
    """None where the words are no compound, or where nothing says what it says."""
    halves = services.analyser.halves(command.query)
    if not halves:
        return None
    query = replace(await understood(conn, " ".join(halves), services), label=command.query)
    said = partial(_says, query=query, analyser=services.analyser)
    found = await page_of(conn, command, query, incoming, services, only=said)
    return with_hint(found, services.texts("topic.of_parts", query=shortened(command.query, SHOWN)))


def _says(stored: StoredResolution, query: Query, analyser: Analyser) -> bool:
    """Whether all parts stand in the title, or in one sentence."""
    resolution = stored.resolution
    texts = chain([heading(resolution)], (one.text for passage in resolution.passages for one in sentences(passage)))
    return any(_holds(analyser.terms(text), query) for text in texts)


def _holds(terms: tuple[Term, ...], query: Query) -> bool:
    forms = frozenset().union(*(term.forms for term in terms))
    return all(not group.isdisjoint(forms) for group in query.groups)
