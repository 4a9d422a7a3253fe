"""What became of one attempt to send: accepted, rejected or unknown.

There is no idempotency key for sending, so the three must never be mixed up: only a rejected message may be sent
again, an unknown one may already stand in somebody's chat and is never repeated blindly (unless that is harmless).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Accepted:
    """The chat system took the message and gave it this number."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Certainly not delivered.

    `retry_after`: seconds after which the same message may be tried again, None if that is no use. `gone`: the chat
    is closed to us (blocked, deleted, left), so nothing further should be sent there; `topic_only`: only that topic
    of it. `moved_to`: the chat lives on under this id of the same chat system. `flood`: it was one too many, so its
    chat must wait; `everywhere`: the fault is not this chat's, and would meet every other; `other`: the payload in
    another form, which may be accepted (without its formatting, say); sending that is an attempt of its own.
    """

    reason: str
    retry_after: float | None = None
    gone: bool = False
    moved_to: str | None = None
    topic_only: bool = False
    flood: bool = False
    everywhere: bool = False
    other: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have been carried out: no answer, a broken one, or a server error after it was handed over.

    `harmless`: to repeat it changes nothing, as with editing a message that stands there already.
    """

    reason: str
    harmless: bool = False


Outcome = Accepted | Rejected | Unknown
