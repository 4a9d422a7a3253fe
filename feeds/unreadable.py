"""The one error of reading."""

from __future__ import annotations


class UnreadableDocument(ValueError):
    """The bytes are no document that can be read; the message says what was found and what would be right."""
