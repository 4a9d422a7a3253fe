"""A reply as the messages that go out, in the form the outbox keeps: plain JSON, the same for every transport.

One payload is `{"text": str, "entities": [{"type", "offset", "length", "url"?}], "buttons": [[button]]}`, entities
counted in UTF-16 units, a button `{"label", "command"}`, `{"label", "url"}` or `{"label", "share"}`. Buttons stand
under the last part of the text only. With `"attachment": {"kind", "name", "data": base64}` it is a picture or a file
with the text as its caption. With `"replaces": message id` it takes the place of that message where it still can.
`"chooses_channel": label` is a button below the chat, "" takes it away again.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.split import split
from bot.styled import Styled, entities, from_blocks, utf16_length
from handlers.reply import Attachment, Button, Reply

Payload = Mapping[str, Any]

# Bot API: text of 1–4096 UTF-16 units after entity parsing, about 100 entities a message (more are ignored),
# callback data of 1–64 bytes, inline queries of at most 256 characters.
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100
LONGEST_COMMAND = 64
LONGEST_SHARE = 256
LONGEST_ADDRESS = 2048

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
    below = {} if reply.chooses_channel is None else {"chooses_channel": reply.chooses_channel}
    said = tuple(
        {"text": text, "entities": entities(part), "buttons": _buttons(reply) if n == last else [], **below}
        for n, (text, part) in enumerate(zip(texts, parts, strict=True), 1)
    )
    return (*said, *map(_attached, reply.attachments))


def _attached(attachment: Attachment) -> Payload:
    """A message of its own behind the text; its words are cut to what a caption holds."""
    text = shorten(attachment.words, LONGEST_CAPTION)
    data = base64.b64encode(attachment.data).decode("ascii")
    content = {"kind": attachment.kind, "name": attachment.name, "data": data}
    return {"text": text, "entities": [], "buttons": [], "attachment": content}


def shorten(text: str, most: int) -> str:
    """At most so many UTF-16 units, with “…” where something is missing."""
    if utf16_length(text) <= most:
        return text
    kept = text[: most - 1]
    while utf16_length(kept) > most - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def replacing(payloads: tuple[Payload, ...], message: str) -> tuple[Payload, ...]:
    """The same in the place of that message; several parts cannot take the place of one, so they stay new."""
    return ({**payloads[0], "replaces": message},) if len(payloads) == 1 else payloads


def _parts(styled: Styled, limit: int, most_entities: int) -> list[Styled]:
    fits = utf16_length(styled.text) <= limit and len(styled.marks) <= most_entities
    pieces = [styled] if fits else split(styled, limit - _ROOM_FOR_NUMBER, most_entities)
    return [piece.stripped() for piece in pieces if piece.text.strip()]


def _buttons(reply: Reply) -> list[list[dict[str, str]]]:
    rows = [[button for button in row if _pressable(button)] for row in reply.buttons]
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"label": button.label, "url": button.url}
    if button.share is not None:
        return {"label": button.label, "share": button.share}
    return {"label": button.label, "command": button.command}


def _pressable(button: Button) -> bool:
    """A button that the chat system would refuse must not take the whole message down with it."""
    fine = bool(button.label.strip()) and _does_something(button)
    if not fine:
        _log.error("payload.button_left_out", extra={"fields": {"label": button.label, "most_bytes": LONGEST_COMMAND}})
    return fine


def _does_something(button: Button) -> bool:
    if button.url is not None:
        return is_web_address(button.url)
    if button.share is not None:
        return len(button.share) <= LONGEST_SHARE
    return 0 < len(button.command.encode()) <= LONGEST_COMMAND


def is_web_address(url: str) -> bool:
    """Whether a button may open it: Telegram wants HTTP and a host with a dot (or an IPv6 address)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    short = len(url) <= LONGEST_ADDRESS and not any(char.isspace() for char in url)
    return short and parts.scheme in ("http", "https") and ("." in host.strip(".") or ":" in host)
