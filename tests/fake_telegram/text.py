"""What a message's text and entities must be like. Positions and lengths count UTF-16 units, as Telegram does.

Stricter than the original where that one silently changes what was sent (more than 100 entities, white space at the
ends, entities out of place): what a test reads in a chat is then exactly what was composed.
"""

from __future__ import annotations

from itertools import pairwise

from tests.fake_telegram.answers import Json, bad_request

LONGEST_TEXT = 4096
MOST_ENTITIES = 100
_TYPES = {"bold", "italic", "underline", "strikethrough", "code", "pre", "text_link", "blockquote"}
_FIELDS = {"type", "offset", "length", "url"}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The stretch an entity covers. Raises UnicodeDecodeError when it begins or ends inside a character."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def check_text(text: str) -> None:
    if not text.strip():
        raise bad_request("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    if text != text.strip():
        raise bad_request("white space at the ends of a text is lost in Telegram and moves the entities")


def check_entities(text: str, entities: list[Json]) -> None:
    if len(entities) > MOST_ENTITIES:
        raise bad_request(f"can't parse entities: {len(entities)} of them, everything after the 100th is lost")
    for entity in entities:
        _check_entity(text, entity)
    spans = sorted((entity["offset"], -entity["length"]) for entity in entities)
    for (start, minus_length), (next_start, next_minus_length) in pairwise(spans):
        if next_start < start - minus_length < next_start - next_minus_length:
            raise bad_request(f"can't parse entities: those at {start} and {next_start} overlap without nesting")


def _check_entity(text: str, entity: Json) -> None:
    if unknown := set(entity) - _FIELDS:
        raise bad_request(f"can't parse entities: unknown field {sorted(unknown)[0]}")
    if entity.get("type") not in _TYPES:
        raise bad_request(f"can't parse entities: unsupported type {entity.get('type')}")
    if (entity["type"] == "text_link") != bool(entity.get("url")):
        raise bad_request("can't parse entities: a text_link, and nothing else, needs a url")
    offset, length = entity.get("offset"), entity.get("length")
    if not (isinstance(offset, int) and isinstance(length, int)) or offset < 0 or length < 1:
        raise bad_request("can't parse entities: offset and length must be whole numbers, length at least 1")
    if offset + length > units(text):
        raise bad_request(f"can't parse entities: one ends at {offset + length}, beyond the text's {units(text)}")
    _check_boundaries(text, offset, length)


def _check_boundaries(text: str, offset: int, length: int) -> None:
    try:
        covered = cut(text, offset, length)
        cut(text, 0, offset)
    except UnicodeDecodeError:
        raise bad_request(f"can't parse entities: one at {offset} cuts a character in two") from None
    if covered != covered.strip():
        raise bad_request(f"can't parse entities: one at {offset} begins or ends with white space")
