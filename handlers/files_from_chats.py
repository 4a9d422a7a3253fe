"""Files that people send along with a message."""

from __future__ import annotations

from typing import Protocol


class Files(Protocol):
    """Where the chat system keeps them."""

    async def read(self, document: str) -> bytes | None:
        """The bytes of the file of that id; None where the chat system does not give it (any more)."""
        ...


class NoFiles:
    """Without a chat system nobody sends any."""

    async def read(self, document: str) -> bytes | None:
        return None
