"""/suche without words: how to search exactly, with examples to tap."""

from __future__ import annotations

from feeds.query_language import FILTERS
from handlers.lookup_commands import ExplainFilters
from handlers.paging import in_rows
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services

_SIGNS = ("words", "phrase", "minus")


async def explain_filters(_command: ExplainFilters, _incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    signs = [(texts(f"filter.{sign}.example"), texts(f"filter.{sign}.does")) for sign in _SIGNS]
    filters = [(texts(f"filter.{name}.example"), texts(f"filter.{name}.does")) for name in FILTERS]
    lines = tuple(Block((Span(example, "bold"), Span(f" – {does}")), "bullet") for example, does in (*signs, *filters))
    examples = [Button(example, f"/suche {example}") for example in texts("filter.examples").splitlines()]
    heading, notes = plain(texts("filter.heading"), "heading"), plain(texts("filter.notes"))
    return Reply((heading, *lines, notes), in_rows(examples, 1))
