"""Searches from within other chats: where each comes in, is let in or not, and is answered.

A client asks at every pause in typing, and only its newest question counts. An answer is worked out anew each time, so
nothing is kept, and one that is lost is simply asked for again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.gate import Gate
from bot.payload import Payload, compose
from handlers.inline import HELP, InlineCard, InlinePage, inline_page
from handlers.reply import Incoming, Reply
from handlers.services import Services
from handlers.speaking import speaking

# Seconds for which the chat system may give the same answer to the same person again.
FRESH = 60
BRIEFLY = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """One question. `incoming.chat` is the private chat of who asks; `offset` is what we gave for the next page."""

    id: str
    incoming: Incoming
    offset: str = ""


@dataclass(frozen=True, slots=True)
class InlineResult:
    id: str
    title: str
    description: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """`hint`: a line above the results that opens the bot with `opens`. `cache`: seconds."""

    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    hint: str | None = None
    opens: str = HELP
    cache: int = FRESH


Answer = Callable[[str, InlineAnswer], Awaitable[None]]
"""Sends the answer to the question of that id. Never raises for what the chat system or the network does."""


class InlineDesk:
    """The one place where searches from other chats come in. `gate` None: everybody is let in."""

    def __init__(self, services: Services, answer: Answer, gate: Gate | None = None) -> None:
        self._services = services
        self._answer = answer
        self._gate = gate
        self._newest: dict[str, str] = {}

    async def receive(self, query: InlineQuery) -> None:
        """Answer, unless the same person has asked something newer meanwhile."""
        chat = query.incoming.chat
        self._newest[chat] = query.id
        try:
            answered = await self._judged(query)
            if self._newest.get(chat) == query.id:
                await self._answer(query.id, answered)
        finally:
            if self._newest.get(chat) == query.id:
                del self._newest[chat]

    async def _judged(self, query: InlineQuery) -> InlineAnswer:
        """Strangers get one line and no result; a failure of our own is said too."""
        try:
            if self._gate is not None and not await self._gate.admits(query.incoming.chat):
                return self._said("inline.stranger", query.incoming)
            page = await inline_page(query.incoming, first_of(query.offset), self._services)
            return _composed(page)
        except Exception:
            _log.exception("inline.failed")
            return self._said("inline.failed", query.incoming)

    def _said(self, key: str, incoming: Incoming) -> InlineAnswer:
        services = speaking(self._services.languages.known(incoming.language), self._services)
        return InlineAnswer(hint=services.texts(key), cache=BRIEFLY)


def first_of(offset: str) -> int:
    """Where a page begins, counted from 1; what is no offset of ours begins at the front."""
    return max(int(offset), 1) if offset.isdecimal() and len(offset) <= 9 else 1


def _composed(page: InlinePage) -> InlineAnswer:
    results = tuple(InlineResult(card.id, card.title, card.description, _one_message(card)) for card in page.cards)
    offset = "" if page.next is None else str(page.next)
    return InlineAnswer(results, offset, page.hint, page.opens, FRESH if results else BRIEFLY)


def _one_message(card: InlineCard) -> Payload:
    """What fits into one message: of a card that does not the last blocks are left out; the link leads to the whole."""
    for shown in range(len(card.blocks), 0, -1):
        payloads = compose(Reply(card.blocks[:shown], card.buttons))
        if len(payloads) == 1:
            return payloads[0]
    return compose(Reply(card.blocks[:1], card.buttons))[-1]
