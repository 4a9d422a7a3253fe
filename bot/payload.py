"""A reply as the messages that go out, in the form the outbox keeps: plain JSON, the same for every transport.

One payload is `{"text": str, "entities": [{"type", "offset", "length", "url"?}], "buttons": [[{"label", "command"}]]}`,
entities counted in UTF-16 units. Buttons stand under the last part only.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.split import split
from bot.styled import Styled, entities, from_blocks, utf16_length
from handlers.reply import Button, Reply

Payload = Mapping[str, Any]

# Bot API: text of 1–4096 UTF-16 units after entity parsing, about 100 entities a message (more are ignored),
# callback data of 1–64 bytes.
LONGEST_TEXT = 4096
MOST_ENTITIES = 100
LONGEST_COMMAND = 64

# Room for "\n\n(99999/99999)".
_ROOM_FOR_NUMBER = 16

_log = logging.getLogger(__name__)


def compose(reply: Reply, limit: int = LONGEST_TEXT, most_entities: int = MOST_ENTITIES) -> tuple[Payload, ...]:
    """The reply in one or more payloads, numbered “(1/3)” when several. Raises ValueError for a reply without text."""
    parts = _parts(from_blocks(reply.blocks).stripped(), limit, most_entities)
    if not parts:
        raise ValueError("A reply without any text cannot be sent; handlers must always say something.")
    last = len(parts)
    texts = [part.text if last == 1 else f"{part.text}\n\n({n}/{last})" for n, part in enumerate(parts, 1)]
    return tuple(
        {"text": text, "entities": entities(part), "buttons": _buttons(reply) if n == last else []}
        for n, (text, part) in enumerate(zip(texts, parts, strict=True), 1)
    )


def _parts(styled: Styled, limit: int, most_entities: int) -> list[Styled]:
    fits = utf16_length(styled.text) <= limit and len(styled.marks) <= most_entities
    pieces = [styled] if fits else split(styled, limit - _ROOM_FOR_NUMBER, most_entities)
    return [piece.stripped() for piece in pieces if piece.text.strip()]


def _buttons(reply: Reply) -> list[list[dict[str, str]]]:
    rows = [[button for button in row if _pressable(button)] for row in reply.buttons]
    return [[{"label": button.label, "command": button.command} for button in row] for row in rows if row]


def _pressable(button: Button) -> bool:
    """A button that the chat system would refuse must not take the whole message down with it."""
    fine = bool(button.label.strip()) and 0 < len(button.command.encode()) <= LONGEST_COMMAND
    if not fine:
        _log.error("payload.button_left_out", extra={"fields": {"label": button.label, "most_bytes": LONGEST_COMMAND}})
    return fine
