"""To whose order a raw update belongs. Pure; the update may be any JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def order_of(update: Mapping[str, Any]) -> str:
    """The id of the chat that an update comes from, or of the person where it comes from none (an inline query).

    One that has neither belongs to nobody's order but its own.
    """
    return next(_candidates(update), f"update {update.get('update_id')}")


def _candidates(update: Mapping[str, Any]) -> Iterator[str]:
    for content in update.values():
        for place in (("chat",), ("message", "chat"), ("from",)):
            found = _at(content, place)
            if isinstance(found, Mapping) and isinstance(found.get("id"), int):
                yield str(found["id"])


def _at(content: object, place: tuple[str, ...]) -> object:
    for name in place:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content
