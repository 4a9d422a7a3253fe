"""What somebody wants to hear about: words typed behind /abo, understood, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.query import Query
from feeds.query_language import QueryError, parse
from handlers.command_arguments import as_argument, unquoted
from handlers.command_types import Subscribe, SubscriptionKind
from handlers.compiling import compiled, unknown_conference
from handlers.phrases import shortened
from handlers.query_problem import explain_query
from handlers.reply import Button, Reply, plain
from handlers.services import Services
from handlers.spoken_query import with_topic_names
from handlers.state import state_buttons, unknown_state
from storage.database import Connection
from storage.matching import of_state


@dataclass(frozen=True, slots=True)
class Wish:
    """`query` is what is stored, `asked` what it means; `topic`: the id, where the words name one."""

    kind: SubscriptionKind
    query: str
    label: str
    asked: Query
    topic: str | None = None

    @property
    def typed(self) -> str:
        """So that it reads back as itself behind /abo."""
        return f"{self.kind} {as_argument(self.query)}"


async def wish_of(conn: Connection, command: Subscribe, services: Services) -> Wish | Reply:
    """The wish, or what was wrong with the words."""
    state = services.states.find(unquoted(command.query)) if command.kind != "topic" else None
    if state:
        return Wish("state", state.name, state.name, of_state(state.name))
    typed = f"land:{command.query}" if command.kind == "state" else command.query
    request = parse(typed, services.values)
    if isinstance(request, QueryError):
        unknown = command.kind == "state" and request.start == 0
        return _unknown_state(command.query, services) if unknown else explain_query(request, typed, "/abo", services)
    if wrong := await unknown_conference(conn, typed, request, services):
        return explain_query(wrong, typed, "/abo", services)
    query = await compiled(conn, request, services)
    if not query.asks:
        text = services.texts("subscribe.no_word", query=shortened(command.query, 60))
        return Reply((plain(text),), error=text)
    if request.plain and query.topic:
        # The id of a topic outlasts its name.
        return Wish("topic", query.topic, query.label, query, query.topic)
    return Wish(
        "topic", str(request), query.label if request.plain else with_topic_names(str(request), services), query
    )


def _unknown_state(name: str, services: Services) -> Reply:
    texts, near = services.texts, services.states.nearest(name)
    names = near or services.states.names
    text = unknown_state(name, near, services)
    as_topic = Button(texts("button.subscribe_to", label=shortened(name, 30)), f"/abo topic {as_argument(name)}")
    return Reply((plain(text),), (*state_buttons(names, "/abo state"), (as_topic,)), suggestions=names, error=text)
